from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from region.models import RegionProfile
from region.queries.towns import (
    WaveDate,
    former_towns,
    numbered_towns,
    town_by_id,
    town_by_slug,
    town_shapes,
    towns_in_preparation,
    wave_dates,
)
from tests.conftest import QueryCounter
from tests.factories.places import former_town, square, town, town_in_preparation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)
FIRST, SECOND, THIRD, FOURTH = date(2010, 7, 1), date(2010, 12, 1), date(2011, 6, 1), date(2012, 1, 1)


@pytest.fixture(autouse=True)
def towns(county: RegionProfile) -> None:
    """Five members in four joining dates, one that joins later, one in preparation, one that left."""
    town(name="Sušice", slug="susice", member_since=SECOND)
    town(name="Chodov", slug="chodov", member_since=FIRST)
    town(name="Horažďovice", slug="horazdovice", member_since=FIRST)
    town(name="Stod", slug="stod", member_since=THIRD, member_since_precision="month")
    town(name="Zbiroh", slug="zbiroh", member_since=FOURTH)
    town(name="Budoucí", slug="budouci", member_since=date(2027, 1, 1))
    town_in_preparation(name="Aš", slug="as")
    former_town(name="Bývalá", slug="byvala", member_since=FIRST)


def test_towns_are_numbered_by_joining_date_and_alphabet() -> None:
    assert [(found.number, found.name, found.wave) for found in numbered_towns(TODAY)] == [
        (1, "Horažďovice", 1),
        (2, "Chodov", 1),
        (3, "Sušice", 2),
        (4, "Stod", 3),
        (5, "Zbiroh", 3),
    ]


def test_towns_are_members_from_the_first_to_the_last_day() -> None:
    assert "Bývalá" in [found.name for found in numbered_towns(date(2020, 12, 31))]
    assert "Bývalá" not in [found.name for found in numbered_towns(date(2021, 1, 1))]
    assert [found.name for found in numbered_towns(date(2010, 6, 30))] == []


def test_towns_in_preparation_are_alphabetical_with_those_to_come() -> None:
    assert [(found.name, found.number, found.wave) for found in towns_in_preparation(TODAY)] == [
        ("Aš", None, None),
        ("Budoucí", None, None),
    ]


def test_former_towns_are_those_that_left() -> None:
    assert [found.name for found in former_towns(TODAY)] == ["Bývalá"]
    assert former_towns(date(2020, 12, 31)) == ()


def test_town_by_slug_has_the_number_of_its_plate() -> None:
    found = town_by_slug("susice", TODAY)
    assert found is not None
    assert (found.name, found.number, found.wave, found.has_email) == ("Sušice", 3, 2, True)


def test_town_by_id_is_the_same_as_by_slug() -> None:
    found = town_by_slug("susice", TODAY)
    assert found is not None
    assert town_by_id(found.id, TODAY) == found


def test_town_unknown_is_none() -> None:
    assert (town_by_slug("neni", TODAY), town_by_id(uuid4(), TODAY)) == (None, None)


def test_wave_dates_say_the_numbers_of_each_joining_date() -> None:
    assert wave_dates(numbered_towns(TODAY)) == (
        WaveDate(1, 1, 2, FIRST, "day"),
        WaveDate(2, 3, 3, SECOND, "day"),
        WaveDate(3, 4, 4, THIRD, "month"),
        WaveDate(3, 5, 5, FOURTH, "day"),
    )


def test_wave_dates_of_towns_in_preparation_are_none() -> None:
    assert wave_dates(towns_in_preparation(TODAY)) == ()


def test_town_shapes_follow_the_numbers() -> None:
    town(name="Nová", slug="nova", member_since=FOURTH, boundary=square(13, 49), boundary_is_schematic=True)
    shapes = town_shapes(TODAY)
    assert [(shape.number, shape.slug) for shape in shapes[-2:]] == [("5", "nova"), ("6", "zbiroh")]
    assert (shapes[-2].boundary, shapes[-2].schematic, shapes[-1].boundary) == (square(13, 49), True, None)


def test_numbered_towns_are_one_query_however_many(count_queries: QueryCounter) -> None:
    numbered_towns(TODAY)
    with count_queries() as made:
        numbered_towns(TODAY)
    assert len(made) == 1
