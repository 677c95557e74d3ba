"""Erasing a person leaves nothing that names him or her."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from wagtail.images import get_image_model

from portal.search.indexing import refresh_everything
from region.domain.erasure import erase_officer, erase_person, forget_what_is_old
from region.domain.users import system_user
from region.models import (
    AuditEvent,
    Invitation,
    Notice,
    Officer,
    OfficerAssignment,
    OutboxMessage,
    RegionProfile,
    RoleGrant,
    User,
)
from region.personal_data import declared
from tests.factories.accounts import new_user
from tests.factories.held import EMAIL, MARK, held_officer, held_user, places_that_say
from tests.factories.people import assignment, officer
from tests.factories.places import town
from tests.factories.roles import give_role, with_role

pytestmark = pytest.mark.django_db
# What belongs to people shown on the public site, not to accounts.
OF_OFFICERS = {"region.Officer"}


@pytest.fixture
def administrator(county: RegionProfile) -> User:
    return with_role("administrator")


def files_that_say(word: str) -> set[Path]:
    return set(Path(settings.MEDIA_ROOT).rglob(f"*{word}*"))


def test_every_kind_of_row_is_emptied_and_nothing_is_left(
    administrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    files = files_that_say(MARK)
    user = held_user()
    assert len(places_that_say(MARK)) > 20
    assert len(files_that_say(MARK)) == len(files) + 2
    with django_capture_on_commit_callbacks(execute=True):
        counts = erase_person(user=user, by=administrator)
    assert set(counts) == {label for label, data in declared().items() if data.is_emptied} - OF_OFFICERS
    assert places_that_say(MARK, "Žofie", "192.0.2.7") == set()
    assert files_that_say(MARK) == files


def test_account_stays_as_a_row_that_says_nothing(administrator: User) -> None:
    user = held_user()
    erase_person(user=user, by=administrator)
    row = User.objects.get(pk=user.pk)
    assert (row.email, row.get_full_name(), row.is_active) == (f"erased-{row.pk}@erased.invalid", "", False)
    assert row.erased_at is not None
    assert str(row) == "erased account"
    assert not row.has_usable_password()
    assert not RoleGrant.objects.active(timezone.now()).filter(user=row).exists()


def test_erasing_is_told_without_the_data(administrator: User) -> None:
    user = held_user()
    counts = erase_person(user=user, by=administrator)
    event = AuditEvent.objects.get(action="person.erase")
    assert (event.actor_id, event.target_id, event.target) == (str(administrator.pk), str(user.pk), "")
    assert event.after == {"emptied": counts}


def test_erasing_again_does_nothing(administrator: User) -> None:
    user = held_user()
    erase_person(user=user, by=administrator)
    before = User.objects.values().get(pk=user.pk)
    assert erase_person(user=user, by=administrator) == {}
    assert AuditEvent.objects.filter(action="person.erase").count() == 1
    assert {**User.objects.values().get(pk=user.pk), "password": ""} == {**before, "password": ""}


def test_waiting_letter_to_another_is_sent_before_it_goes(administrator: User) -> None:
    user = new_user(first_name="Eva", last_name="Malá")
    waiting = OutboxMessage.objects.create(to="a@example.org", subject="Eva Malá invites you", body="")
    erase_person(user=user, by=administrator)
    assert OutboxMessage.objects.filter(pk=waiting.pk).exists()


def test_open_invitation_is_withdrawn(administrator: User) -> None:
    user = held_user()
    erase_person(user=user, by=administrator)
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.withdrawn_at is None) == ("", False)


def test_role_to_come_never_begins(administrator: User) -> None:
    user = with_role("editor")
    later = timezone.now() + timedelta(days=9)
    RoleGrant.objects.filter(user=user).update(valid_from=later)
    erase_person(user=user, by=administrator)
    assert RoleGrant.objects.values_list("valid_from", "valid_until").get(user=user) == (later, later)


def test_other_people_keep_what_is_theirs(administrator: User) -> None:
    other = new_user(first_name="Žofie", last_name="Jiná")
    Notice.objects.create(user=other, kind="k", text="Žofie")
    before = places_that_say("Jiná", other.email)
    erase_person(user=held_user(), by=administrator)
    assert places_that_say("Jiná", other.email) == before
    assert Notice.objects.filter(user=other).exists()


def test_nobody_erases_himself(administrator: User) -> None:
    give_role(new_user(), "administrator")
    with pytest.raises(ValidationError, match="Nobody erases himself"):
        erase_person(user=administrator, by=administrator)


def test_last_administrator_is_not_erased(administrator: User) -> None:
    with pytest.raises(ValidationError, match="last person who administers"):
        erase_person(user=administrator, by=system_user())
    give_role(new_user(), "administrator")
    assert erase_person(user=administrator, by=system_user())["region.User"] == 1


def test_own_account_of_the_programme_is_not_erased(administrator: User) -> None:
    with pytest.raises(ValidationError, match="belongs to the programme"):
        erase_person(user=system_user(), by=administrator)


@pytest.mark.parametrize("role", ["coordinator", "auditor", "editor"])
def test_others_may_not_erase(role: str, county: RegionProfile) -> None:
    with pytest.raises(PermissionDenied):
        erase_person(user=new_user(), by=with_role(role))
    with pytest.raises(PermissionDenied):
        erase_officer(officer=officer(), by=with_role(role))


def test_officer_leaves_nothing_behind(administrator: User, django_capture_on_commit_callbacks: Any) -> None:
    one = held_officer()
    assignment(officer=one, town=town(), since=date(2020, 1, 1))
    refresh_everything()
    words = (MARK, "999 888 777")
    assert {"portal_searchentry.title", "region_officer.name"} < places_that_say(*words)
    with django_capture_on_commit_callbacks(execute=True):
        counts = erase_officer(officer=one, by=administrator)
    assert counts["region.Officer"] == 1
    assert places_that_say(*words) == set()
    assert not get_image_model().objects.exists()
    assert AuditEvent.objects.get(action="person.erase").target_id == str(one.pk)


def test_officer_answers_for_nothing_any_more(administrator: User) -> None:
    today = timezone.localdate()
    one = officer()
    old = assignment(officer=one, since=date(2020, 1, 1), until=date(2021, 1, 1))
    lasting = assignment(officer=one, since=date(2022, 1, 1))
    assignment(officer=one, since=today + timedelta(days=3))
    stands_in = assignment(substitute=one)
    erase_officer(officer=one, by=administrator)
    ends = {row.pk: row.until for row in OfficerAssignment.objects.filter(officer=one)}
    assert ends == {old.pk: date(2021, 1, 1), lasting.pk: today - timedelta(days=1)}
    stands_in.refresh_from_db()
    assert stands_in.substitute is None


@pytest.mark.references
def test_photo_shown_elsewhere_stays(administrator: User) -> None:
    one = held_officer()
    other = officer(photo=one.photo)
    erase_officer(officer=one, by=administrator)
    other.refresh_from_db()
    assert other.photo is not None
    assert erase_officer(officer=one, by=administrator) == {}


def test_address_shared_by_officers_is_no_mark_of_one(administrator: User) -> None:
    one, other = officer(email="station@example.org"), officer(email="station@example.org")
    letter = OutboxMessage.objects.create(to="station@example.org", subject="s", body="b")
    erase_officer(officer=one, by=administrator)
    assert OutboxMessage.objects.filter(pk=letter.pk).exists()
    assert Officer.objects.get(pk=other.pk).email == "station@example.org"


def test_officer_without_an_address_or_surname_is_erased(administrator: User) -> None:
    one = officer(email="", name="Bob")
    assert erase_officer(officer=one, by=administrator) == {"region.Officer": 1}


def test_what_is_old_goes_by_itself(administrator: User) -> None:
    now = timezone.now()
    old = Invitation.objects.create(
        email=EMAIL, role="editor", token_hash="1", invited_by=administrator, expires_at=now - timedelta(days=91)
    )
    new = Invitation.objects.create(
        email=EMAIL, role="editor", token_hash="2", invited_by=administrator, expires_at=now - timedelta(days=89)
    )
    Notice.objects.create(user=administrator, kind="k", text="t", digested_at=now - timedelta(days=91))
    Notice.objects.create(user=administrator, kind="k", text="t", digested_at=now - timedelta(days=89))
    assert (forget_what_is_old(now=now), forget_what_is_old(now=now)) == (2, 0)
    assert [Invitation.objects.get(pk=one.pk).email for one in (old, new)] == ["", EMAIL]
    assert Notice.objects.count() == 1
