"""When an event is coming and when it is past."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from portal.models import EventPage
from portal.pages.events import place_words, when_words
from tests.factories import places, trees
from tests.factories.trees import Tree, moment

if TYPE_CHECKING:
    from region.models import RegionProfile

EVENING = moment("2026-06-10T20:00:00+02:00")


@pytest.fixture
def tree(county: RegionProfile) -> Tree:
    """A Czech site."""
    return trees.trees("cs")["cs"]


@pytest.mark.parametrize(
    ("start", "fields", "coming"),
    [
        ("2026-06-10T19:00:00+02:00", {"end": moment("2026-06-10T20:30:00+02:00")}, True),
        ("2026-06-10T18:00:00+02:00", {"end": moment("2026-06-10T19:30:00+02:00")}, False),
        ("2026-06-10T08:00:00+02:00", {"end": None}, True),
        ("2026-06-09T23:59:00+02:00", {"end": None}, False),
        ("2026-06-10T00:00:00+02:00", {"end": moment("2026-06-10T01:00:00+02:00"), "all_day": True}, True),
        ("2026-06-08T00:00:00+02:00", {"end": moment("2026-06-10T00:00:00+02:00"), "all_day": True}, True),
        ("2026-06-08T00:00:00+02:00", {"end": moment("2026-06-09T23:00:00+02:00"), "all_day": True}, False),
        ("2026-06-11T08:00:00+02:00", {"end": None}, True),
    ],
)
def test_event_is_coming_until_it_has_ended(start: str, fields: dict[str, Any], coming: bool, tree: Tree) -> None:
    page = trees.event(tree, start=moment(start), **fields)
    assert list(EventPage.objects.coming(EVENING)) == ([page] if coming else [])
    assert list(EventPage.objects.past(EVENING)) == ([] if coming else [page])


def test_event_that_would_end_before_it_begins_is_refused(tree: Tree) -> None:
    page = trees.event(tree)
    page.end = page.start.replace(year=2000)
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert list(refused.value.message_dict) == ["end"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Wednesday 10\u00a0June\u00a02026, 20:00\u201321:00"),
        ({"all_day": True}, "Wednesday 10\u00a0June\u00a02026"),
        ({"end": None}, "Wednesday 10\u00a0June\u00a02026, 20:00"),
        ({"end": moment("2026-06-12T12:00:00+02:00")}, "10\u201312\u00a0June\u00a02026"),
    ],
)
def test_time_is_said_in_words(fields: dict[str, Any], words: str, tree: Tree) -> None:
    page = trees.event(tree, start=EVENING, **{"end": moment("2026-06-10T21:00:00+02:00"), **fields})
    with timezone.override("Europe/Prague"):
        assert when_words(page) == words


@pytest.mark.parametrize(
    ("town", "place", "words"),
    [("Stříbro", "Library", "Stříbro, Library"), ("Stříbro", "Library, Stříbro", "Library, Stříbro"), (None, "", "")],
)
def test_place_says_the_town_once(town: str | None, place: str, words: str) -> None:
    assert place_words(town, place) == words


@pytest.mark.parametrize("slug", ["\x00", "a\x00b", "a b"])
def test_text_that_is_no_part_of_an_address_never_reaches_the_database(slug: str) -> None:
    assert EventPage.objects.in_town(slug).query.is_empty()


def test_events_are_narrowed_by_town(tree: Tree) -> None:
    trees.event(tree)
    page = trees.event(tree, town=places.town(slug="stribro"))
    assert list(EventPage.objects.in_town("stribro")) == [page]
