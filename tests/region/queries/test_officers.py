from __future__ import annotations

from datetime import date, timedelta

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file

from region.enums import OfficerRole
from region.models import Officer
from region.queries.officers import RoleGroup, everyone_in, person_by_assignment, responsible_for
from tests.conftest import QueryCounter
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def names(groups: tuple[RoleGroup, ...]) -> list[tuple[str, list[str]]]:
    return [(group.role, [person.name for person in group.people]) for group in groups]


def named(name: str, **fields: object) -> Officer:
    return officer(name=name, rank="", **fields)


def test_responsible_for_a_district_are_its_people_and_those_of_the_town() -> None:
    here = district(code="1")
    assignment(district=here, officer=named("Okrskář"))
    assignment(town=here.town, role=OfficerRole.FIRE_SERVICE, officer=named("Hasič"))
    assignment(town=here.town, role=OfficerRole.TOWN_HALL, officer=named("Úředník"))
    assignment(district=district(town=here.town, code="2"), officer=named("Soused"))
    assignment(officer=named("Odjinud"))
    found = responsible_for(town_id=here.town_id, district_id=here.pk, on=TODAY)
    assert names(found) == [("state_police", ["Okrskář"]), ("town_hall", ["Úředník"]), ("fire_service", ["Hasič"])]
    town_wide = responsible_for(town_id=here.town_id, district_id=None, on=TODAY)
    assert names(town_wide) == [("town_hall", ["Úředník"]), ("fire_service", ["Hasič"])]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 12, 31), []),
        (date(2020, 1, 1), ["První"]),
        (date(2024, 6, 30), ["První"]),
        (date(2024, 7, 1), ["Druhý"]),
        (date(2030, 1, 1), ["Druhý"]),
    ],
)
def test_responsible_on_a_day_are_those_in_force(day: date, expected: list[str]) -> None:
    here = district()
    assignment(district=here, officer=named("První"), since=date(2020, 1, 1), until=date(2024, 6, 30))
    assignment(district=here, officer=named("Druhý"), since=date(2024, 7, 1))
    groups = responsible_for(town_id=here.town_id, district_id=here.pk, on=day)
    assert [person.name for group in groups for person in group.people] == expected


def test_everyone_in_a_town_is_ordered_by_district_number_then_whole_town() -> None:
    place = town()
    for code in ("10", "2"):
        assignment(district=district(town=place, code=code), officer=named(f"Pan {code}"))
    assignment(town=place, officer=named("Paní Celá"))
    found = everyone_in(town_id=place.pk, on=TODAY)
    assert names(found) == [("state_police", ["Pan 2", "Pan 10", "Paní Celá"])]


def test_person_shows_the_substitute_without_any_address_of_mail() -> None:
    here = district(code="7", name="Střed")
    row = assignment(district=here, officer=named("Hlavní"), substitute=named("Zástup", phone="+420 1"))
    person = person_by_assignment(row.pk, TODAY)
    assert person is not None
    assert person.substitute is not None
    assert (person.district_code, person.district_name, person.substitute.name) == ("7", "Střed", "Zástup")
    assert "@" not in repr(person)


@pytest.mark.parametrize(
    ("email", "example", "town_email", "expected"),
    [("a@b.cz", False, "", True), ("", True, "", True), ("", False, "c@d.cz", True), ("", False, "", False)],
)
def test_person_can_be_written_to_when_somebody_reads_it(
    email: str, example: bool, town_email: str, expected: bool
) -> None:
    row = assignment(town=town(email=town_email), officer=officer(email=email, is_example=example))
    person = person_by_assignment(row.pk, TODAY)
    assert person is not None
    assert person.can_be_written_to is expected


def test_person_of_an_ended_assignment_is_none() -> None:
    row = assignment(until=TODAY - timedelta(days=1))
    assert person_by_assignment(row.pk, TODAY) is None


@pytest.mark.parametrize("people", [1, 3, 30])
def test_responsible_for_makes_the_same_queries_however_many_people(people: int, count_queries: QueryCounter) -> None:
    here = district()
    photo = get_image_model().objects.create(title="Portrét", file=get_test_image_file())
    for _ in range(people):
        assignment(district=here, officer=officer(photo=photo), substitute=officer())
    with count_queries() as made:
        groups = responsible_for(town_id=here.town_id, district_id=here.pk, on=TODAY)
    assert (len(groups[0].people), len(made)) == (people, 3)
