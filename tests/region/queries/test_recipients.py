from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from region.queries.recipients import Recipient, person_recipient, town_recipient
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def test_person_recipient_says_who_reads_and_where() -> None:
    here = district(town=town(name="Stříbro", slug="stribro"), code="3", name="Východ")
    row = assignment(district=here, officer=officer(rank="prap.", name="Jana Nová", organisation="Policie ČR"))
    expected = Recipient(
        name="prap. Jana Nová",
        role_label="state police officer",
        organisation="Policie ČR",
        district_code="3",
        district_name="Východ",
        town_name="Stříbro",
        town_slug="stribro",
        is_example=False,
        through_town_hall=False,
    )
    assert person_recipient(row.pk, TODAY) == expected


def test_person_without_an_address_is_reached_through_the_town_hall() -> None:
    found = person_recipient(assignment(officer=officer(email="")).pk, TODAY)
    assert found is not None
    assert found.through_town_hall is True


def test_invented_person_is_reached_through_nobody() -> None:
    found = person_recipient(assignment(officer=officer(email="", is_example=True)).pk, TODAY)
    assert found is not None
    assert (found.is_example, found.through_town_hall) == (True, False)


def test_person_without_any_address_has_no_reader() -> None:
    row = assignment(town=town(email=""), officer=officer(email=""))
    assert person_recipient(row.pk, TODAY) is None


def test_person_of_an_ended_or_unknown_assignment_has_no_reader() -> None:
    row = assignment(until=date(2025, 1, 1))
    assert (person_recipient(row.pk, TODAY), person_recipient(uuid4(), TODAY)) == (None, None)


def test_town_recipient_is_the_town_hall() -> None:
    town(name="Stříbro", slug="stribro")
    found = town_recipient("stribro")
    assert found is not None
    assert (found.name, found.role_label, found.town_slug, found.is_example) == ("Stříbro", "", "stribro", False)


def test_town_without_an_address_has_no_reader() -> None:
    town(slug="stribro", email="")
    assert (town_recipient("stribro"), town_recipient("neni")) == (None, None)
