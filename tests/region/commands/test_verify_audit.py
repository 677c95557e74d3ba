"""``manage verify_audit``."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from region.domain import audit_proof
from region.domain.audit_seals import seal_new_events
from region.models import AuditEvent, AuditSeal
from tests.factories.events import event

pytestmark = pytest.mark.django_db


def said(**options: object) -> str:
    out = StringIO()
    call_command("verify_audit", stdout=out, **options)
    return out.getvalue()


def test_empty_trail_holds() -> None:
    assert said() == "The audit trail holds: 0 links, 0 new events not sealed yet.\n"


def test_printed_digest_serves_as_anchor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_proof, "PROGRESS_EVERY", 1)
    event()
    seal_new_events(now=timezone.now())
    noted = tmp_path / "noted.txt"
    noted.write_text(said())
    assert said(anchor=noted) == (
        "  1 links hold …\nThe audit trail holds: 1 links, 0 new events not sealed yet.\n"
        f"Note this down elsewhere: 1 {AuditSeal.objects.get().digest}\n"
    )


def test_broken_link_ends_with_one_and_is_named() -> None:
    one = event()
    seal_new_events(now=timezone.now())
    AuditSeal.objects.bulk_create([AuditSeal(number=3, event_id=event().pk, sealed_at=timezone.now(), digest="0" * 64)])
    with pytest.raises(CommandError) as caught, translation.override("cs"):
        said()
    assert caught.value.returncode == 1
    assert str(caught.value) == "The audit trail does not hold: link 2: the seal is missing. 1 links before it hold."
    assert AuditEvent.objects.filter(pk=one.pk).exists()


def test_event_without_seal_is_named() -> None:
    one = event(at=timezone.now() - timezone.timedelta(hours=1))
    with pytest.raises(CommandError, match=f"event {one.pk}: the event waits for its seal longer than 5 minutes"):
        said()


@pytest.mark.parametrize(("text", "reason"), [(None, "cannot be read"), ("nothing", "holds no line")])
def test_anchor_that_says_nothing_is_refused(text: str | None, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "noted.txt"
    if text:
        path.write_text(text)
    with pytest.raises(CommandError, match=reason):
        said(anchor=path)
