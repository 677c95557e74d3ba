"""Each record of a bulk action on its own: every way to refuse has its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.domain.transition import IllegalTransition
from region.listing import Action
from region.listing.actions import apply_to_each, preview
from region.messages import Problem
from region.models import Organisation
from tests.factories.roles import new_organisation, with_role

if TYPE_CHECKING:
    from region.models import User

RAISED = {
    "A": (Problem("Somebody was quicker."), "Somebody was quicker."),
    "B": (ValidationError(["One thing.", "Another."]), "One thing. Another."),
    "C": (PermissionDenied("projects.sign"), "You may not do this."),
    "D": (IllegalTransition("no “sign” from “signed”", "It is signed already."), "It is signed already."),
    "E": (None, ""),
}


def fail(record: Organisation, by: User) -> None:
    record.place = "changed"
    record.save()
    error = RAISED[record.name][0]
    if error:
        raise error


def action(**fields: Any) -> Action:
    known = {"code": "x", "label": "X", "permission": "region.manage_organisations", "apply": fail}
    return Action(**{**known, "check": lambda _record, _user: None, **fields})


@pytest.mark.django_db
def test_refusals_are_told_and_undone() -> None:
    keys = [new_organisation(name=name).pk for name in RAISED]
    rows = Organisation.objects.all()
    report = apply_to_each(action=action(), rows=rows, keys=keys, by=with_role("coordinator"))
    assert [outcome.problem for outcome in report.outcomes] == [words for _error, words in RAISED.values()]
    assert len(report.changed) == 1
    assert list(rows.filter(place="changed").values_list("name", flat=True)) == ["E"]


@pytest.mark.django_db
def test_action_needs_its_permission() -> None:
    person = with_role("auditor")
    with pytest.raises(PermissionDenied):
        preview(action(), [], person)
    with pytest.raises(PermissionDenied):
        apply_to_each(action=action(), rows=Organisation.objects.all(), keys=[], by=person)
