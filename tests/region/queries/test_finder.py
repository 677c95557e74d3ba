from __future__ import annotations

from datetime import date

import pytest

from region.domain.address_index import rebuild
from region.models import RegionProfile, Street
from region.queries.finder import Kind, Outcome, for_address, for_point, for_street
from region.queries.location import Where
from tests.factories.places import district, square, street, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def places(county: RegionProfile) -> None:
    """Two districts; a street in one of them, a street through both and out of them."""
    place = town(name="Stříbro", slug="stribro", boundary=square(13, 49, 1))
    district(town=place, code="10", boundary=square(13.2, 49.1, 0.1))
    district(town=place, code="2", boundary=square(13.1, 49.1, 0.1))
    street(place="Stříbro", name="Krátká", houses={"1": (13.15, 49.15), "2": (13.15, 49.16)})
    street(
        place="Stříbro",
        name="Dlouhá",
        houses={"1": (13.15, 49.15), "10": (13.25, 49.15), "9": (13.25, 49.16), "50": (13.5, 49.5)},
    )
    street(place="Stříbro", name="Prázdná")
    rebuild()


def code(outcome: Outcome) -> str:
    answer = outcome.answer
    return answer.district.code if answer and answer.district else ""


def grouped(outcome: Outcome) -> list[tuple[str, list[str]]]:
    return [
        (group.district.code if group.district else "", [house.label for house in group.houses])
        for group in outcome.groups
    ]


def test_point_leads_to_its_district() -> None:
    assert code(for_point(lon=13.15, lat=49.15, on=TODAY)) == "2"


def test_address_leads_to_its_district() -> None:
    assert code(for_address("Dlouhá 10, Stříbro", on=TODAY)) == "10"


def test_address_between_districts_leads_to_its_town() -> None:
    outcome = for_address("Dlouhá 50", on=TODAY)
    assert outcome.answer is not None
    assert outcome.answer.kind is Where.TOWN


def test_address_without_a_number_in_one_district_needs_none() -> None:
    assert code(for_address("Krátká", on=TODAY)) == "2"


def test_address_without_a_number_in_several_districts_offers_houses() -> None:
    outcome = for_address("Dlouhá", on=TODAY)
    assert (outcome.kind, outcome.street) == (Kind.HOUSES, "Dlouhá, Stříbro")
    assert grouped(outcome) == [("2", ["1"]), ("10", ["9", "10"]), ("", ["50"])]


def test_address_with_an_unknown_number_offers_the_houses_of_the_street() -> None:
    outcome = for_address("Dlouhá 77", on=TODAY)
    assert (outcome.kind, outcome.street) == (Kind.NUMBER_UNKNOWN, "Dlouhá, Stříbro")
    assert grouped(outcome) == [("2", ["1"]), ("10", ["9", "10"]), ("", ["50"])]


def test_address_with_an_unknown_number_in_several_streets_offers_them() -> None:
    street(place="Sušice", name="Dlouhá", houses={"2": (15.0, 49.0)})
    rebuild()
    outcome = for_address("Dlouhá 77", on=TODAY)
    assert (outcome.kind, outcome.groups) == (Kind.NUMBER_UNKNOWN, ())
    assert [hit.label for hit in outcome.hits] == ["Dlouhá, Stříbro", "Dlouhá, Sušice"]


def test_address_of_a_town_leads_to_its_page() -> None:
    assert for_address("Stříbro", on=TODAY) == Outcome(Kind.TOWN, slug="stribro")


def test_address_begun_offers_choices() -> None:
    outcome = for_address("Krát", on=TODAY)
    assert (outcome.kind, [hit.label for hit in outcome.hits]) == (Kind.CHOICES, ["Krátká, Stříbro"])


def test_address_unknown_leads_nowhere() -> None:
    assert for_address("Neznámá 5", on=TODAY) == Outcome(Kind.NOTHING)


def test_street_without_houses_leads_nowhere() -> None:
    assert for_street(Street.objects.get(name="Prázdná").pk, on=TODAY) == Outcome(Kind.NOTHING)


def test_street_unknown_leads_nowhere() -> None:
    assert for_street(0, on=TODAY) == Outcome(Kind.NOTHING)
