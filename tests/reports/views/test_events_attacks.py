"""Screens of events against the wrong people, forms sent twice, and the public reading what only the office may."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from region.roles import ROLES
from reports.domain.events_undoing import KEPT
from reports.models import EventCategory, EventLabel, EventLoad, EventRegister
from tests.factories.event_registers import category, loaded, register, two_districts, written
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from region.models import RegionProfile

pytestmark = pytest.mark.django_db
EVIL = "<script>alert(1)</script>"
FIGURES = ("by-year", "by-month", "by-category", "by-district", "per-inhabitants")


@pytest.fixture
def hostile(county: RegionProfile, settings: SettingsWrapper, tmp_path: Path) -> EventRegister:
    """A published register whose every text is hostile, with spellings that nobody has sorted."""
    settings.SECOND_FACTOR_REQUIRED = False
    two_districts(inhabitants=1000, inhabitants_year=2021)
    texts = {"name_en": EVIL, "definition_en": EVIL, "unit_en": EVIL, "licence": EVIL, "issuer": EVIL}
    into = register(key="evil", is_published=True, **texts)
    category("evil", name_en=EVIL)
    rows = "".join(f"1.{month}.2013;=cmd|' {EVIL} jan novák 1u2 3456;13,45;49,75\n" for month in range(1, 13))
    loaded(written(tmp_path, f"datum;druh;lon;lat\n{rows}", name="<b>evil.csv"), into)
    return into


def test_nothing_of_what_a_register_writes_is_public(hostile: EventRegister, client: Client) -> None:
    pages = ["/en/figures/", "/en/figures/interventions/", "/en/figures/corrections/"]
    for name in FIGURES:
        pages += [f"/en/figures/interventions-{name}/{part}" for part in ("", "embed/", "data.json", "data.csv")]
    for url in pages:
        answer = client.get(url)
        if answer.status_code == 404:
            assert "embed" not in url
            continue
        page = answer.content.decode()
        assert "novák" not in page
        assert "1u2" not in page
        if "data" not in url:
            assert EVIL not in page
        assert ",=cmd" not in page


def test_the_office_shows_hostile_spellings_as_texts(hostile: EventRegister, client: Client) -> None:
    client.force_login(with_role("analyst"))
    for url in (reverse("reports:office-event-spellings"), reverse("reports:office-event-register", args=["evil"])):
        assert EVIL not in client.get(url).content.decode()
    rows = client.get(f"{reverse('reports:office-event-spellings')}?export=csv")
    assert rows.status_code == 200


def test_others_neither_undo_nor_sort(hostile: EventRegister, client: Client) -> None:
    load = EventLoad.objects.get()
    undo = reverse("reports:office-event-undo", args=[load.pk])
    for code in sorted(ROLES):
        client.force_login(with_role(code))
        may = client.get(undo).status_code == 200
        assert may == (code in {"analyst", "camera_registrar"}), code
    client.logout()
    assert client.post(undo, {"form_key": str(uuid4())}).status_code == 302
    load.refresh_from_db()
    assert load.state == "applied"


def test_undoing_sent_twice_is_done_once(hostile: EventRegister, client: Client) -> None:
    client.force_login(with_role("analyst"))
    undo = reverse("reports:office-event-undo", args=[EventLoad.objects.get().pk])
    form = {"form_key": str(uuid4())}
    assert client.post(undo, form).status_code == 302
    assert client.post(undo, form).status_code in {302, 404}
    assert EventLoad.objects.get().state == "undone"


def test_what_can_no_longer_be_undone_is_not_offered(hostile: EventRegister, client: Client) -> None:
    client.force_login(with_role("analyst"))
    page = reverse("reports:office-event-register", args=["evil"])
    undo = reverse("reports:office-event-undo", args=[EventLoad.objects.get().pk])
    assert undo in client.get(page).content.decode()
    EventLoad.objects.update(at=timezone.now() - KEPT - timedelta(days=1))
    assert undo not in client.get(page).content.decode()


def test_a_renamed_category_keeps_its_counts_and_one_in_use_is_kept(hostile: EventRegister, client: Client) -> None:
    kind = EventCategory.objects.get()
    EventLabel.objects.update(category=kind)
    person = with_role("analyst")
    person.is_superuser = True
    person.save()
    client.force_login(person)
    delete = reverse(EventCategory.snippet_viewset.get_url_name("delete"), args=[kind.pk])
    assert client.post(delete).status_code in {200, 302, 403}
    bulk = reverse("wagtail_bulk_action", args=["reports", "eventcategory", "delete"])
    assert client.post(f"{bulk}?id={kind.pk}").status_code in {200, 302, 403}
    assert EventCategory.objects.filter(pk=kind.pk).exists()
