"""The audit trail keeps no personal value for ever."""

from __future__ import annotations

import pytest

from region.domain.audit import CLOCK, record, record_all
from region.models import AuditEvent, RegionProfile
from region.personal_data import MASK, masked
from tests.factories.accounts import new_user
from tests.factories.people import assignment, officer
from tests.factories.places import town
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db


def test_personal_values_are_kept_as_filled_or_empty() -> None:
    one = officer()
    event = record(
        action="officer.change",
        target=one,
        by=None,
        before={"name": "Jan Novák", "phone": "", "organisation": "Police", "photo_id": 7},
        after={"name": "Jan Nový", "phone": "777", "organisation": "Fire", "photo_id": None},
    )
    assert event.before == {"name": MASK, "phone": "", "organisation": "Police", "photo_id": MASK}
    assert event.after == {"name": MASK, "phone": MASK, "organisation": "Fire", "photo_id": None}
    assert (event.target, event.actor_id, event.actor_roles) == ("", CLOCK, "")


def test_references_and_harmless_values_are_kept() -> None:
    one = assignment()
    values = {"officer_id": str(one.officer_id), "role": "state_police"}
    assert masked("region.OfficerAssignment", values) == values
    assert masked("region.Town", {"email": "hall@example.org"}) == {"email": "hall@example.org"}


@pytest.mark.parametrize("label", ["region.RoleGrant", "unknown.Model"])
def test_suspicious_names_are_masked_whatever_they_stand_in(label: str) -> None:
    assert masked(label, {"email": "a@example.org", "kind": "x"}) == {"email": MASK, "kind": "x"}


def test_secrets_are_masked() -> None:
    assert masked("region.User", {"password": "argon2…", "language": "cs"}) == {"password": MASK, "language": "cs"}


def test_label_of_a_thing_is_kept_that_of_a_person_is_not(county: RegionProfile) -> None:
    by = with_role("editor")
    place, person = town(name="Stříbro"), new_user(first_name="Eva")
    record_all(
        action="x.y", by=by, changes=[(place, {"phone": "1"}, {"phone": "2"}), (person, {}, {"first_name": "E"})]
    )
    told = {event.target_type: event for event in AuditEvent.objects.all()}
    assert (told["region.Town"].target, told["region.Town"].after) == ("Stříbro", {"phone": "2"})
    assert (told["region.User"].target, told["region.User"].after) == ("", {"first_name": MASK})
    assert {event.actor_roles for event in told.values()} == {"editor"}
