"""Events as calendar files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from icalendar import Calendar

from tests.factories import places, trees
from tests.factories.trees import Tree, moment

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.fixture
def tree(county: RegionProfile) -> Tree:
    """A Czech site."""
    return trees.trees("cs")["cs"]


def events(client: Client, address: str) -> list[Any]:
    """Events of a calendar file."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


def test_event_is_written_with_its_hours_in_utc(tree: Tree, client: Client) -> None:
    page = trees.event(
        tree,
        title="Beseda, kafe; čaj",
        start=moment("2026-07-01T15:00:00+02:00"),
        end=moment("2026-07-01T17:30:00+02:00"),
    )
    (found,) = events(client, page.calendar_url().replace("/en/", "/cs/"))
    assert found.decoded("dtstart") == datetime(2026, 7, 1, 13, 0, tzinfo=UTC)
    assert found.decoded("dtend") == datetime(2026, 7, 1, 15, 30, tzinfo=UTC)
    assert str(found["summary"]) == "Beseda, kafe; čaj"
    assert str(found["uid"]) == f"{page.translation_key}@safe-county"
    assert str(found["url"]).endswith(f"/cs/akce/{page.slug}/")


def test_whole_day_ends_on_the_day_after(tree: Tree, client: Client) -> None:
    page = trees.event(
        tree, all_day=True, start=moment("2026-10-24T00:00:00+02:00"), end=moment("2026-10-25T00:00:00+02:00")
    )
    (found,) = events(client, page.calendar_url().replace("/en/", "/cs/"))
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (date(2026, 10, 24), date(2026, 10, 26))


def test_event_without_an_end_lasts_an_hour(tree: Tree, client: Client) -> None:
    page = trees.event(tree, start=moment("2026-07-01T15:00:00+00:00"), end=None)
    (found,) = events(client, page.calendar_url().replace("/en/", "/cs/"))
    assert found.decoded("dtend") - found.decoded("dtstart") == timedelta(hours=1)


def test_calendar_to_subscribe_to_holds_what_comes_and_the_last_month(tree: Tree, client: Client) -> None:
    now = timezone.now()
    trees.event(tree, title="Coming")
    trees.event(tree, title="Last week", start=now - timedelta(days=7))
    trees.event(tree, title="Long ago", start=now - timedelta(days=90))
    trees.event(tree, title="Draft", live=False)
    assert [str(one["summary"]) for one in events(client, "/cs/feeds/events.ics")] == ["Last week", "Coming"]


def test_calendar_of_a_town_holds_its_events(tree: Tree, client: Client) -> None:
    trees.event(tree, title="Here", town=places.town(slug="stribro"))
    trees.event(tree, title="Elsewhere", town=places.town())
    assert [str(one["summary"]) for one in events(client, "/cs/feeds/events/town/stribro.ics")] == ["Here"]


def test_unknown_event_is_not_found(tree: Tree, client: Client) -> None:
    assert client.get("/cs/feeds/event/00000000-0000-0000-0000-000000000000.ics").status_code == 404
