from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from region.clock import today
from region.domain.transition import GuardRefused, IllegalTransition, StaleRecord, transition
from region.models import AuditEvent, Notice, User
from reports.camera_work import waiting_accesses
from reports.domain.remote_access import (
    ACCESSES,
    expire_accesses,
    note_view,
    remind_of_accesses,
    request_access,
    step,
)
from reports.enums.cameras import AccessState
from reports.models import RemoteAccess
from reports.queries.remote_access import accesses_for, ending_accesses, granted_counts, orphaned_accesses
from tests.factories.cameras import camera_system, remote_access
from tests.factories.roles import give_role, one_of_each_role, with_role
from tests.states import People, Step, steps, walk

pytestmark = pytest.mark.django_db
FAR = date(2199, 1, 1)


@pytest.fixture
def people() -> People:
    return one_of_each_role()


# Requests are always one's own, so the guard lets the role through that the table names.
@pytest.mark.once
@pytest.mark.parametrize("one", steps(ACCESSES), ids=str)
def test_every_step_from_every_state_for_every_role(one: Step, people: People) -> None:
    days: dict[str, Any] = {"valid_from": date(2020, 1, 1), "valid_until": date(2020, 12, 31)}
    is_dated = one.state in {"granted", "reviewed", "renewed", "expired", "revoked"}
    if is_dated and one.name == "review":
        days = {"valid_from": date(2020, 1, 1), "valid_until": FAR}
    access = remote_access(
        state=one.state, by=people["services"], **(days if is_dated else {}), asked_until=date(2027, 12, 30)
    )
    if one.name == "renew":
        RemoteAccess.objects.filter(pk=remote_access(state="granted").pk).update(renews=access)
    today = timezone.now().date()
    changes = {"grant": {"valid_from": today, "valid_until": today + timedelta(days=30)}}
    walk(one, record=access, people=people, changes=changes.get(one.name, {}))


def test_states_of_the_table_are_those_of_accesses() -> None:
    assert ACCESSES.states.all == set(AccessState.values)


def values(**changed: Any) -> dict[str, Any]:
    day = timezone.now().date()
    known = {
        "system": camera_system(),
        "body": "Police, Zkušebnice",
        "purpose": "Missing people",
        "legal_basis": "§ 66 of Act 273/2008",
        "asked_from": day,
        "asked_until": day + timedelta(days=300),
    }
    return {**known, **changed}


def granted(
    *, by: User, registrar: User, head: User, renews: RemoteAccess | None = None, **changed: Any
) -> RemoteAccess:
    access = request_access(values=values(**changed), by=by, renews=renews)
    access = step(access=access, name="approve_technically", by=registrar, changes={"technical_note": "VPN"})
    access = step(access=access, name="approve_financially", by=head)
    return step(access=access, name="grant", by=registrar)


def test_whole_way_to_a_renewal() -> None:
    by, registrar, head = with_role("services"), with_role("camera_registrar"), with_role("head")
    first = granted(by=by, registrar=registrar, head=head)
    assert (first.state, first.valid_from, first.valid_until) == ("granted", first.asked_from, first.asked_until)
    assert (first.technical_by, first.financial_by, first.granted_by) == (registrar, head, registrar)
    second = request_access(values=values(system=first.system), by=by, renews=first)
    for name, who in (("approve_technically", registrar), ("approve_financially", head)):
        step(access=second, name=name, by=who)
    with pytest.raises(GuardRefused, match="reviewed first"):
        step(access=second, name="grant", by=registrar)
    step(access=first, name="review", by=registrar, changes={"review_note": "Used 12 times."})
    step(access=second, name="grant", by=registrar)
    assert list(RemoteAccess.objects.order_by("requested_at").values_list("state", flat=True)) == ["renewed", "granted"]
    with pytest.raises(ValidationError, match="in force"):
        request_access(values=values(), by=by, renews=first)


def test_same_person_does_not_approve_both_sides_unless_the_system_lets_one_body() -> None:
    both = give_role(with_role("camera_registrar"), "head")
    access = remote_access()
    step(access=access, name="approve_technically", by=both)
    with pytest.raises(GuardRefused, match="somebody else"):
        step(access=access, name="approve_financially", by=both)
    access.system.same_body_may_approve = True
    access.system.save()
    done = step(access=access, name="approve_financially", by=both)
    assert (done.technical_by, done.financial_by, done.was_one_body) == (both, both, True)


def test_database_refuses_one_approver_of_both_sides_too() -> None:
    access = remote_access(state="financially_approved")
    with pytest.raises(IntegrityError, match="two_approvers"), transaction.atomic():
        RemoteAccess.objects.filter(pk=access.pk).update(financial_by=access.technical_by)
    with pytest.raises(IntegrityError, match="by_another"), transaction.atomic():
        RemoteAccess.objects.filter(pk=access.pk).update(financial_by=access.requested_by)


def test_nobody_decides_about_his_own_request() -> None:
    asker = give_role(give_role(with_role("services"), "camera_registrar"), "head")
    access = remote_access(by=asker)
    for name in ("approve_technically", "return_technically"):
        with pytest.raises(GuardRefused, match="You asked"):
            step(access=access, name=name, by=asker, reason="x")
    mine = remote_access(by=asker, state="technically_approved")
    with pytest.raises(GuardRefused, match="You asked"):
        step(access=mine, name="approve_financially", by=asker)


def test_second_of_two_approvers_at_once_is_told() -> None:
    access = remote_access()
    seen = access.version
    step(access=access, name="approve_technically", by=with_role("camera_registrar"), expected_version=seen)
    with pytest.raises(StaleRecord):
        step(
            access=access,
            name="return_technically",
            by=with_role("camera_registrar"),
            expected_version=seen,
            reason="x",
        )
    with pytest.raises(IllegalTransition):
        step(access=access, name="approve_technically", by=with_role("camera_registrar"))


def test_returned_request_is_mended_by_its_writer_alone_and_decided_anew() -> None:
    by = with_role("services")
    access = remote_access(by=by, state="technically_approved")
    step(access=access, name="return_financially", by=with_role("head"), reason="Who pays for the line?")
    assert RemoteAccess.objects.get().reason == "Who pays for the line?"
    with pytest.raises(GuardRefused, match="Only whoever asked"):
        step(access=access, name="ask_again", by=with_role("services"))
    with pytest.raises(GuardRefused, match="24 months"):
        step(access=access, name="ask_again", by=by, changes={"asked_until": date(2030, 1, 1)})
    done = step(access=access, name="ask_again", by=by, changes={"purpose": "Missing children"})
    assert (done.state, done.purpose, done.technical_by, done.reason) == ("requested", "Missing children", None, "")


@pytest.mark.parametrize(
    ("until", "what"),
    [(date(2028, 1, 1), "24 months"), (date(2025, 1, 1), "before"), (date(2026, 1, 2), "over already")],
)
def test_access_is_granted_for_a_time_that_is_allowed(until: date, what: str) -> None:
    access = remote_access(state="financially_approved")
    changes = {"valid_from": date(2026, 1, 1), "valid_until": until}
    with pytest.raises(GuardRefused, match=what):
        step(access=access, name="grant", by=with_role("camera_registrar"), changes=changes)


def test_request_for_too_long_is_refused_and_so_is_a_stranger() -> None:
    with pytest.raises(ValidationError, match="24 months"):
        request_access(values=values(asked_until=date(2099, 1, 1)), by=with_role("services"))
    with pytest.raises(PermissionDenied):
        request_access(values=values(), by=with_role("camera_registrar"))


def test_renewal_is_asked_for_once_and_of_ones_own() -> None:
    by = with_role("services")
    access = remote_access(by=by, state="granted")
    with pytest.raises(ValidationError, match="your own"):
        request_access(values=values(), by=with_role("services"), renews=access)
    request_access(values=values(), by=by, renews=access)
    with pytest.raises(ValidationError, match="asked for already"):
        request_access(values=values(), by=by, renews=access)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def test_access_expires_the_day_after_its_last(county: object) -> None:
    access = remote_access(state="granted")
    assert expire_accesses(now=at(date(2026, 12, 31))) == 0
    assert expire_accesses(now=at(date(2027, 1, 1))) == 1
    assert expire_accesses(now=at(date(2027, 1, 1))) == 0
    assert RemoteAccess.objects.get().state == "expired"
    assert list(RemoteAccess.objects.in_force(date(2026, 12, 31))) == []
    event = AuditEvent.objects.get(action="remoteaccess.expire")
    assert (event.actor_id, event.target_id) == ("clock", str(access.pk))


def test_time_that_runs_does_not_expire_by_hand() -> None:
    with pytest.raises(GuardRefused, match="still runs"):
        step(access=remote_access(state="granted", valid_until=FAR), name="expire", by=with_role("camera_registrar"))


def test_everybody_concerned_is_reminded_once_at_60_and_once_at_30_days(county: object) -> None:
    by, registrar = with_role("services"), with_role("camera_registrar")
    remote_access(by=by, state="granted", technical_by=registrar, granted_by=registrar)
    end = date(2026, 12, 31)
    told = [remind_of_accesses(now=at(end - timedelta(days=left))) for left in (61, 60, 59, 31, 30, 29, 0)]
    assert told == [0, 2, 0, 0, 2, 0, 0]
    found = Notice.objects.filter(kind="access.ends")
    assert {(notice.user, notice.key.split()[1]) for notice in found} == {
        (user, days) for user in (by, registrar) for days in ("60", "30")
    }
    assert remind_of_accesses(now=at(end + timedelta(days=1))) == 0


def test_late_reminder_is_the_nearer_one_alone(county: object) -> None:
    registrar = with_role("camera_registrar")
    remote_access(state="granted", technical_by=registrar, granted_by=registrar)
    assert remind_of_accesses(now=at(date(2026, 12, 20))) == 2
    assert {notice.key.split()[1] for notice in Notice.objects.filter(kind="access.ends")} == {"30"}


def test_whoever_decides_next_and_the_requester_get_a_notice() -> None:
    by, registrar, head = with_role("services"), with_role("camera_registrar"), with_role("head")
    granted(by=by, registrar=registrar, head=head)
    found = sorted(Notice.objects.values_list("user__grants__role", "kind"))
    assert found == sorted(
        [
            ("camera_registrar", "access.waits"),
            ("camera_registrar", "access.waits"),
            ("head", "access.waits"),
            ("services", "access.step"),
            ("services", "access.step"),
            ("services", "access.step"),
        ]
    )


def test_each_view_is_noted() -> None:
    access, auditor = remote_access(), with_role("auditor")
    for _time in range(2):
        note_view(access=access, by=auditor)
    events = AuditEvent.objects.filter(action="remoteaccess.view", target_id=str(access.pk), actor_id=str(auditor.pk))
    assert events.count() == 2


def test_services_see_their_own_accesses_and_deciders_all() -> None:
    by = with_role("services")
    mine, other = remote_access(by=by), remote_access()
    assert set(accesses_for(by)) == {mine}
    for role in ("camera_registrar", "head", "auditor"):
        assert set(accesses_for(with_role(role))) == {mine, other}
    for role in ("coordinator", "administrator"):
        assert set(accesses_for(with_role(role))) == set()


def test_ending_accesses_are_those_in_force() -> None:
    registrar = with_role("camera_registrar")
    soon = remote_access(state="granted")
    remote_access(state="expired")
    remote_access(state="granted", valid_until=date(2027, 6, 1))
    assert list(ending_accesses(registrar, on=date(2026, 11, 1), until=date(2026, 12, 31))) == [soon]


def test_only_numbers_by_body_and_year_are_told() -> None:
    system = camera_system()
    for state in ("granted", "expired", "requested"):
        remote_access(state=state, system=system)
    assert [(one.body, one.year, one.count) for one in granted_counts(system)] == [("Police, Zkušebnice", 2026, 2)]


def test_renewed_access_holds_until_the_new_one_begins(county: object) -> None:
    by, registrar, head = with_role("services"), with_role("camera_registrar"), with_role("head")
    first = granted(by=by, registrar=registrar, head=head)
    step(access=first, name="review", by=registrar, changes={"review_note": "Used 12 times."})
    assert first.valid_until is not None
    begins = first.valid_until + timedelta(days=1)
    second = granted(
        by=by,
        registrar=registrar,
        head=head,
        renews=first,
        system=first.system,
        asked_from=begins,
        asked_until=begins + timedelta(days=30),
    )
    in_force = RemoteAccess.objects.in_force
    assert [list(in_force(day)) for day in (today(), first.valid_until, begins)] == [[first], [first], [second]]
    assert expire_accesses(now=at(first.valid_until)) == 0
    assert expire_accesses(now=at(begins)) == 1
    assert expire_accesses(now=at(begins)) == 0
    assert list(RemoteAccess.objects.order_by("requested_at").values_list("state", flat=True)) == ["renewed", "granted"]


def test_access_is_not_granted_by_its_requester_nor_for_longer_than_was_approved() -> None:
    by = give_role(with_role("services"), "camera_registrar")
    mine = remote_access(by=by, state="financially_approved", asked_until=FAR)
    with pytest.raises(GuardRefused, match="You asked"):
        step(access=mine, name="grant", by=by)
    other = remote_access(state="financially_approved", asked_from=today(), asked_until=today() + timedelta(days=9))
    for changes in ({"valid_from": today() - timedelta(days=1)}, {"valid_until": today() + timedelta(days=10)}):
        with pytest.raises(GuardRefused, match="fewer of them"):
            step(access=other, name="grant", by=with_role("camera_registrar"), changes=changes)
    fewer = {"valid_from": today(), "valid_until": today()}
    assert step(access=other, name="grant", by=with_role("camera_registrar"), changes=fewer).state == "granted"


def test_withdrawn_renewal_leaves_room_for_another() -> None:
    by = with_role("services")
    access = remote_access(by=by, state="granted")
    first = request_access(values=values(), by=by, renews=access)
    step(access=first, name="withdraw", by=by)
    assert request_access(values=values(), by=by, renews=access).renews == access


def test_revoked_access_is_not_renewed() -> None:
    by, registrar, head = with_role("services"), with_role("camera_registrar"), with_role("head")
    first = granted(by=by, registrar=registrar, head=head)
    step(access=first, name="review", by=registrar, changes={"review_note": "Used 12 times."})
    second = request_access(values=values(system=first.system), by=by, renews=first)
    for name, who in (("approve_technically", registrar), ("approve_financially", head)):
        step(access=second, name=name, by=who)
    step(access=first, name="revoke", by=registrar, reason="Pictures were passed on.")
    with pytest.raises(GuardRefused, match="was revoked"):
        step(access=second, name="grant", by=registrar)


def test_registrar_is_told_of_an_access_whose_requester_has_gone(county: object) -> None:
    by, registrar = with_role("services"), with_role("camera_registrar")
    access = remote_access(by=by, state="granted")
    now = at(date(2026, 11, 20))
    assert list(orphaned_accesses(registrar, on=now.date())) == []
    User.objects.filter(pk=by.pk).update(is_active=False)
    assert list(orphaned_accesses(registrar, on=now.date())) == [access]
    words = [str(card.what) for card in waiting_accesses(registrar, now)]
    assert words[0] == "Whoever asked for this remote access no longer may: " + str(access)
    # The reminder goes to those who are still there.
    remind_of_accesses(now=now)
    told = set(Notice.objects.filter(kind="access.ends").values_list("user", flat=True))
    assert (by.pk in told, registrar.pk in told) == (False, True)
    step(access=access, name="revoke", by=registrar, reason="Nobody answers for it.")
    assert not Notice.objects.filter(user=by).exists()


def test_days_before_the_end_are_said_with_their_form(county: object) -> None:
    registrar = with_role("camera_registrar")
    User.objects.filter(pk=registrar.pk).update(language="en")
    remote_access(state="granted", technical_by=registrar, granted_by=registrar)
    remind_of_accesses(now=at(date(2026, 12, 30)))
    assert {notice.text.split(":")[0] for notice in Notice.objects.filter(user=registrar)} == {
        "Remote access to cameras ends in 1 day"
    }


def test_the_last_day_of_an_access_is_a_day_of_it() -> None:
    access = remote_access(state="granted", valid_from=today() - timedelta(days=9), valid_until=today())
    with pytest.raises(GuardRefused, match="still runs"):
        transition(record=access, flow=ACCESSES, name="expire", by=None)
    reviewed = step(access=access, name="review", by=with_role("camera_registrar"))
    assert reviewed.state == "reviewed"
    RemoteAccess.objects.update(valid_until=today() - timedelta(days=1))
    with pytest.raises(GuardRefused, match="is over"):
        step(access=reviewed, name="review", by=with_role("camera_registrar"))
