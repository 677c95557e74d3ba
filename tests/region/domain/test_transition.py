"""The kernel tried on imports, with a table of states made for the test."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from region.domain.transition import (
    Act,
    Flow,
    GuardRefused,
    IllegalTransition,
    StaleRecord,
    obstacle,
    possible,
    transition,
)
from region.models import AuditEvent, Heartbeat, ImportBatch, PrivateDocument, User
from region.states import States, Transition
from tests.factories.accounts import new_user
from tests.factories.roles import one_of_each_role, with_role
from tests.races import race
from tests.states import People, Step, steps, walk

pytestmark = pytest.mark.django_db

TABLE = States(
    initial="uploaded",
    transitions=(
        Transition(
            "write", ("uploaded", "checked"), "applied", "region.import_registers", guard="has_rows", changes=("rows",)
        ),
        Transition("check", "uploaded", "checked", "region.view_imports", by_clock=True),
        Transition("drop", "checked", "dropped", "region.import_registers", needs_reason=True),
    ),
)


def has_rows(batch: ImportBatch, act: Act) -> Iterable[str]:
    if not act.changes.get("rows", batch.rows):
        yield "There are no rows."


def beat(batch: ImportBatch, act: Act) -> None:
    Heartbeat.objects.create(name=f"{batch.status} {act.name}", at=act.at)


FLOW = Flow(TABLE, guards={"has_rows": has_rows}, notices={"write": (beat,)})


def new_batch(**fields: Any) -> ImportBatch:
    user = new_user()
    file = PrivateDocument.objects.create(
        rule="import", name="a.csv", stored_as=str(user.pk), content_type="text/csv", size=1, sha256="0" * 64
    )
    return ImportBatch.objects.create(**{"importer": "towns", "file": file, "created_by": user, "rows": 3, **fields})


@pytest.fixture
def coordinator() -> User:
    return with_role("coordinator")


@pytest.fixture
def people() -> People:
    return one_of_each_role()


@pytest.mark.once
@pytest.mark.parametrize("step", steps(FLOW), ids=str)
def test_every_state_transition_and_role(step: Step, people: People) -> None:
    walk(step, record=new_batch(status=step.state), people=people)


def test_transition_changes_its_fields_and_tells_the_trail(coordinator: User) -> None:
    batch = new_batch()
    done = transition(record=batch, flow=FLOW, name="write", by=coordinator, reason=" By hand. ", changes={"rows": 7})
    stored = ImportBatch.objects.get()
    assert (done.status, done.rows, stored.status, stored.rows, batch.status) == (
        "applied",
        7,
        "applied",
        7,
        "uploaded",
    )
    event = AuditEvent.objects.get()
    assert (event.action, event.actor_id, event.actor_roles) == (
        "importbatch.write",
        str(coordinator.pk),
        "coordinator",
    )
    assert event.before == {"status": "uploaded", "rows": 3}
    assert event.after == {"status": "applied", "rows": 7, "reason": "By hand."}
    assert [beat.name for beat in Heartbeat.objects.all()] == ["applied write"]


def test_facts_are_reckoned_from_the_locked_record_and_told(coordinator: User) -> None:
    def facts(batch: ImportBatch, act: Act) -> dict[str, Any]:
        return {"applied_at": act.at, "done": batch.rows}

    batch, flow, at = new_batch(), replace(FLOW, facts={"write": facts}), datetime(2026, 3, 1, tzinfo=UTC)
    ImportBatch.objects.update(rows=9)
    transition(record=batch, flow=flow, name="write", by=coordinator, at=at)
    stored = ImportBatch.objects.get()
    assert (stored.status, stored.applied_at, stored.done) == ("applied", at, 9)
    assert AuditEvent.objects.get().after == {"status": "applied", "applied_at": "2026-03-01T00:00:00Z", "done": 9}


def test_other_fields_changed_meanwhile_stay(coordinator: User) -> None:
    batch = new_batch()
    ImportBatch.objects.update(error="meanwhile")
    transition(record=batch, flow=FLOW, name="check", by=coordinator)
    assert ImportBatch.objects.get().error == "meanwhile"


def test_state_is_read_anew(coordinator: User) -> None:
    batch = new_batch()
    ImportBatch.objects.update(status="dropped")
    with pytest.raises(IllegalTransition, match="no “check” from “dropped”"):
        transition(record=batch, flow=FLOW, name="check", by=coordinator)


def test_guard_refuses_in_sentences(coordinator: User) -> None:
    with pytest.raises(GuardRefused) as refused:
        transition(record=new_batch(rows=0), flow=FLOW, name="write", by=coordinator)
    assert refused.value.messages == ["There are no rows."]
    assert (ImportBatch.objects.get().status, AuditEvent.objects.count(), Heartbeat.objects.count()) == (
        "uploaded",
        0,
        0,
    )


@pytest.mark.parametrize("reason", ["", "  "])
def test_reason_that_is_needed_is_asked_for(coordinator: User, reason: str) -> None:
    with pytest.raises(GuardRefused) as refused:
        transition(record=new_batch(status="checked"), flow=FLOW, name="drop", by=coordinator, reason=reason)
    assert refused.value.messages == ["Give a reason."]


def test_field_that_the_transition_does_not_change_is_a_mistake(coordinator: User) -> None:
    with pytest.raises(TypeError, match="“write” does not change: error"):
        transition(record=new_batch(), flow=FLOW, name="write", by=coordinator, changes={"error": "", "rows": 1})


def test_clock_does_only_what_it_may() -> None:
    batch = new_batch()
    with pytest.raises(PermissionDenied):
        transition(record=batch, flow=FLOW, name="write", by=None)
    transition(record=batch, flow=FLOW, name="check", by=None)
    assert AuditEvent.objects.get().actor_id == "clock"


def test_failing_notice_undoes_everything(coordinator: User) -> None:
    def fail(_batch: ImportBatch, _act: Act) -> None:
        raise LookupError

    flow = replace(FLOW, notices={"check": (beat, fail)})
    with pytest.raises(LookupError):
        transition(record=new_batch(), flow=flow, name="check", by=coordinator)
    assert (ImportBatch.objects.get().status, AuditEvent.objects.count(), Heartbeat.objects.count()) == (
        "uploaded",
        0,
        0,
    )


def test_version_counts_changes_and_refuses_a_stale_one(coordinator: User) -> None:
    flow = replace(FLOW, version="done")
    batch = new_batch(done=4)
    changed = transition(record=batch, flow=flow, name="check", by=coordinator, expected_version=4)
    assert (changed.done, ImportBatch.objects.get().done) == (5, 5)
    with pytest.raises(StaleRecord):
        transition(record=batch, flow=flow, name="write", by=coordinator, expected_version=4)


def test_buttons_are_what_somebody_may_try_now(coordinator: User) -> None:
    batch = new_batch()
    names = {by: [way.name for way in possible(record=batch, flow=FLOW, by=by)] for by in (coordinator, new_user())}
    assert list(names.values()) == [["write", "check"], []]
    auditor = with_role("auditor")
    assert [way.name for way in possible(record=batch, flow=FLOW, by=auditor)] == ["check"]


def test_obstacle_is_told_in_words(coordinator: User) -> None:
    late = "Somebody was faster, or the page was open for too long. Nothing was done."
    table = replace(
        TABLE, transitions=(*TABLE.transitions[:2], replace(TABLE.transitions[2], refusal="Check it first."))
    )
    flow, auditor = replace(FLOW, states=table), with_role("auditor")

    def told(name: str, by: User, **fields: Any) -> str:
        return obstacle(record=new_batch(**fields), flow=flow, name=name, by=by)

    assert (told("write", coordinator), told("check", auditor)) == ("", "")
    assert told("write", coordinator, rows=0) == "There are no rows."
    assert told("write", auditor) == "You may not do this."
    assert (told("drop", coordinator), told("check", coordinator, status="checked")) == ("Check it first.", late)
    with pytest.raises(IllegalTransition) as refused:
        transition(record=new_batch(), flow=flow, name="drop", by=coordinator, reason="Why not.")
    assert refused.value.messages == ["Check it first."]


def test_name_that_no_transition_has_is_a_mistake(coordinator: User) -> None:
    with pytest.raises(LookupError, match="No transition is called “burn”"):
        transition(record=new_batch(), flow=FLOW, name="burn", by=coordinator)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"guards": {}}, r"Guards .* differ: \['has_rows'\]"),
        ({"guards": {"has_rows": has_rows, "odd": has_rows}}, r"Guards .* differ: \['odd'\]"),
        ({"notices": {"burn": (beat,)}}, r"Facts or notices .*: \['burn'\]"),
        ({"facts": {"burn": beat}}, r"Facts or notices .*: \['burn'\]"),
    ],
)
def test_flow_whose_names_do_not_meet_the_table_is_refused(parts: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(FLOW, **parts)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_have_one_effect(coordinator: User, settings: Any) -> None:
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        pytest.skip("SQLite lets one transaction write at a time; rows are locked on PostgreSQL.")
    batch = new_batch()
    done = race(lambda _number: transition(record=batch, flow=FLOW, name="write", by=coordinator), threads=8)
    assert sum(isinstance(result, ImportBatch) for result in done) == 1
    assert sum(isinstance(result, IllegalTransition) for result in done) == 7
    assert AuditEvent.objects.count() == 1
