"""``manage erase_person`` and ``manage export_person``."""

from __future__ import annotations

import json
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from region.models import AuditEvent, RegionProfile, User
from tests.factories.accounts import new_user
from tests.factories.people import officer
from tests.factories.roles import with_role
from tests.factories.security import security_lines

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_erasing_shows_first_and_does_it_when_told(county: RegionProfile) -> None:
    user = new_user(email="eva@example.org")
    shown = said("erase_person", "EVA@example.org")
    assert "     1 users: emptied\n" in shown
    assert shown.endswith("Nothing was changed. Add --yes to do it.\n")
    assert said("erase_person", "eva@example.org", "--yes").endswith("Erased: 1 rows emptied or deleted.\n")
    assert User.objects.get(pk=user.pk).erased_at is not None


def test_what_is_kept_is_shown_with_its_ground(county: RegionProfile) -> None:
    user = new_user()
    AuditEvent.objects.create(actor_id=str(user.pk), action="a", target_type="t", target_id="1", target="")
    assert "     1 audit events: kept (Who did what must stay provable" in said("erase_person", user.email)


def test_officer_is_erased_by_record(county: RegionProfile) -> None:
    one = officer(name="Jan Novák")
    assert "Erased: 1 rows" in said("erase_person", "--officer", str(one.pk), "--yes")
    one.refresh_from_db()
    assert one.name == "—"


def test_refusal_is_an_error_of_the_command(county: RegionProfile) -> None:
    with pytest.raises(CommandError, match="last person who administers"):
        said("erase_person", with_role("administrator").email, "--yes")


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (["nobody@example.org"], "Nobody is known by nobody@example.org"),
        (["--officer", str(uuid.uuid4())], "Nobody is known by"),
        (["--officer", "nonsense"], "Nobody is known by nonsense"),
        ([], "Name one person"),
        (["a@example.org", "--officer", "1"], "Name one person"),
    ],
)
def test_nobody_meant_is_an_error(words: list[str], reason: str, county: RegionProfile) -> None:
    with pytest.raises(CommandError, match=reason):
        said("erase_person", *words)


def test_copy_is_printed_as_json(county: RegionProfile) -> None:
    user = new_user()
    assert json.loads(said("export_person", user.email))["about"] == user.email


@pytest.mark.parametrize(
    ("words", "events"),
    [
        (["erase_person"], ["personal_data.view"]),
        (["erase_person", "--yes"], ["personal_data.view", "personal_data.erase"]),
        (["export_person"], ["personal_data.export"]),
    ],
)
def test_commands_are_noted_in_the_security_log(words: list[str], events: list[str], county: RegionProfile) -> None:
    user = new_user(email="eva@example.org")
    with security_lines() as noted:
        said(*words, "eva@example.org")
    told = [(line["event.action"], line["safe_county.what"], line["safe_county.target_id"]) for line in noted]
    assert told == [(event, "region.user", str(user.pk)) for event in events]
    assert "eva@" not in str(noted)
