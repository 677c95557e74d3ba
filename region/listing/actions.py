"""Bulk actions: which records will change, which will not and why; then each on its own, with its result."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext

from region.domain.transition import IllegalTransition
from region.messages import Problem
from region.rules import can, require
from region.wording import problem_words

if TYPE_CHECKING:
    from django import forms
    from django.db.models import QuerySet

    from region.models import User

Text = Any
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something done to many records of a list at once.

    ``check(record, user)`` says in words why a record cannot change, or nothing; it must not ask the database per
    record (the list's rows bring what it needs). ``apply(record, by)`` is a domain function or a thin call of one: it
    locks, checks and writes for itself. With ``form`` the preview asks for its fields, and ``apply`` gets them as
    keyword arguments.
    """

    code: str
    label: Text
    permission: str
    check: Callable[[Any, User], Text | None]
    apply: Callable[..., object]
    explanation: Text = ""
    form: type[forms.Form] | None = None
    is_danger: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What will happen to one record; with a problem nothing."""

    record: Any
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an action will do."""

    verdicts: tuple[Verdict, ...]

    @property
    def changing(self) -> list[Any]:
        """Records that will change."""
        return [verdict.record for verdict in self.verdicts if not verdict.problem]

    @property
    def refused(self) -> list[Verdict]:
        """Records that will not, with the reason."""
        return [verdict for verdict in self.verdicts if verdict.problem]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one record: nothing, if there is a problem."""

    key: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What happened to all of them."""

    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def changed(self) -> list[Outcome]:
        """What changed."""
        return [outcome for outcome in self.outcomes if not outcome.problem]

    @property
    def failed(self) -> list[Outcome]:
        """What did not, with the reason."""
        return [outcome for outcome in self.outcomes if outcome.problem]


def permitted(actions: Iterable[Action], user: Any) -> list[Action]:
    """Actions that ``user`` may take."""
    return [action for action in actions if can(user, action.permission)]


def preview(action: Action, records: Iterable[Any], user: User) -> Preview:
    """Each record with what would happen to it; changes nothing. Raises PermissionDenied."""
    require(user, action.permission)
    return Preview(tuple(Verdict(record, str(action.check(record, user) or "")) for record in records))


def apply_to_each(
    *, action: Action, rows: QuerySet[Any], keys: Iterable[Any], by: User, values: Mapping[str, Any] | None = None
) -> Report:
    """Apply an action to the records with ``keys`` among ``rows``, each in a savepoint of its own.

    One that has gone, may no longer change or fails takes back only its own changes and does not hold up the others.
    The screen calls this inside one transaction, that of the form sent once: what changed is committed together at its
    end. Raises PermissionDenied.
    """
    require(by, action.permission)
    return Report(tuple(Outcome(str(key), _applied(action, rows, key, by, values or {})) for key in keys))


def _applied(action: Action, rows: QuerySet[Any], key: Any, by: User, values: Mapping[str, Any]) -> str:
    """Apply to one; the problem in words, or nothing when it changed."""
    try:
        with transaction.atomic():
            record = rows.filter(pk=key).first()
            if record is None:
                return gettext("It is no longer here, or you may no longer see it.")
            problem = str(action.check(record, by) or "")
            if not problem:
                action.apply(record, by, **values)
            return problem
    except Problem as problem_found:
        return problem_words(problem_found)
    except (ValidationError, IllegalTransition) as refused:
        return " ".join(refused.messages)
    except PermissionDenied:
        return gettext("You may not do this.")
    except Exception:
        log.exception("The action %s failed for %s", action.code, key)
        return gettext("A fault in the system. It was noted; nothing was changed here.")
