"""Walks every state × transition × role of a flow: what the table does not allow must be refused, the rest must work.

    @pytest.mark.once
    @pytest.mark.parametrize("step", steps(FLOW), ids=str)
    def test_every_step(step: Step, people: People) -> None:
        walk(step, record=new_call(status=step.state), people=people, changes=CHANGES.get(step.name, {}))

``people`` is everybody who might try, by role (``tests.factories.roles.one_of_each_role``); the record must satisfy the
guards. Records are put back after each attempt.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction as database

from region.domain.transition import Flow, IllegalTransition, transition
from region.models import AuditEvent, User
from region.roles import holders

if TYPE_CHECKING:
    from django.db.models import Model

People = Mapping[str, User]
REASON = "Because the walk says so."


@dataclass(frozen=True)
class Step:
    """One name of a transition tried from one state."""

    flow: Flow
    state: str
    name: str

    def __str__(self) -> str:
        return f"{self.name} from {self.state}"


def steps(flow: Flow) -> list[Step]:
    """Every name from every state."""
    return [Step(flow, state, name) for state in sorted(flow.states.all) for name in flow.states.names]


def walk(step: Step, *, record: Model, people: People, changes: Mapping[str, Any] | None = None) -> None:
    """Have every role, and the clock, try the step; compare with what the table says."""
    tried: dict[str, User | None] = {**people, "clock": None}
    found = {who: _outcome(step, record, by, changes or {}) for who, by in tried.items()}
    assert found == {who: _expected(step, who) for who in tried}


def _expected(step: Step, who: str) -> str:
    way = step.flow.states.find(step.name, step.state)
    if way is None:
        return "illegal"
    allowed = way.by_clock if who == "clock" else who in holders(way.permission)
    return way.target if allowed else "denied"


def _outcome(step: Step, record: Model, by: User | None, changes: Mapping[str, Any]) -> str:
    """The state after the attempt, or how it was refused; everything is rolled back."""
    with database.atomic():
        before = AuditEvent.objects.count()
        try:
            done = transition(record=record, flow=step.flow, name=step.name, by=by, reason=REASON, changes=changes)
            outcome = str(getattr(done, step.flow.state_field))
        except IllegalTransition:
            outcome = "illegal"
        except PermissionDenied:
            outcome = "denied"
        stored = type(record)._base_manager.get(pk=record.pk)
        changed = outcome not in {"illegal", "denied"}
        assert getattr(stored, step.flow.state_field) == (outcome if changed else step.state)
        assert AuditEvent.objects.count() == before + changed
        database.set_rollback(True)
    return outcome
