"""A person's card as every page shows it."""

from __future__ import annotations

from datetime import date

import pytest

from region.cards import PersonCard, person_cards
from region.models import RegionProfile, Town
from region.queries.districts import districts_of
from region.queries.officers import everyone_in
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

TODAY = date(2026, 3, 1)


def cards(place: Town, *, is_today: bool = True) -> tuple[PersonCard, ...]:
    """Cards of everybody in the town."""
    groups = everyone_in(town_id=place.pk, on=TODAY)
    people = [person for group in groups for person in group.people]
    return person_cards(people, districts_of(place.pk), is_today=is_today)


def test_person_has_one_card_for_all_districts(county: RegionProfile) -> None:
    place, jana = town(), officer(rank="", name="Jana Nová")
    for code, name in (("1", "Sever"), ("2", "Jih")):
        assignment(district=district(town=place, code=code, name=name), officer=jana)
    assert [(card.name, card.plate, card.area) for card in cards(place)] == [("Jana Nová", "1, 2", "Sever, Jih")]


@pytest.mark.parametrize(
    ("any_profile", "area"),
    [("county", "the whole town"), ("city", "the whole city district")],
    indirect=["any_profile"],
)
def test_area_of_all_districts_is_named_by_the_kind_of_region(any_profile: RegionProfile, area: str) -> None:
    place = town()
    for code in ("1", "2"):
        district(town=place, code=code)
    assignment(town=place)
    assert [(card.plate, card.area) for card in cards(place)] == [("1–2", area)]


def test_nobody_is_written_to_on_another_day(county: RegionProfile) -> None:
    place = town()
    row = assignment(town=place)
    assert [[bool(card.href) for card in cards(place, is_today=today)] for today in (True, False)] == [[True], [False]]
    assert str(row.pk) in cards(place)[0].href


def test_note_names_the_substitute_as_far_as_known(county: RegionProfile) -> None:
    place = town()
    assignment(town=place, substitute=officer(rank="", name="Petr Zástup", organisation="", phone="+420974111222"))
    assert cards(place)[0].note == "Stands in when away: Petr Zástup, +420\u00a0974\u00a0111\u00a0222"
