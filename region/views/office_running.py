"""What runs by itself: tasks of the queue, and signs of life of the minute tick and the workers."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import lazy
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django_tasks_db.models import DBTaskResult

from region.domain.queue import MANAGE, next_attempt, run_again, set_aside
from region.domain.tick import words_of
from region.listing import Action, Kind, ListFilters, Listing, View
from region.listing import Column as ListColumn
from region.navigation import trail_from
from region.office import Place
from region.parts import Cell, Column, Link
from region.processes import number_of
from region.queries.running import DUTY, LATE_AFTER, SEE_TASKS, WORKER, signs_of_life, tasks_for
from region.running_words import task_error, task_name, task_state
from region.views.guards import permission_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from region.models import Heartbeat
    from region.queries.running import Signs

Row = DBTaskResult[..., Any]
_STATES = (
    ("waiting", pgettext_lazy("tasks", "waiting"), Q(status="READY")),
    ("running", pgettext_lazy("tasks", "running"), Q(status="RUNNING")),
    ("failed", pgettext_lazy("tasks", "failed"), Q(status="FAILED", is_set_aside=False)),
    ("set-aside", pgettext_lazy("tasks", "set aside"), Q(status="FAILED", is_set_aside=True)),
    ("done", pgettext_lazy("tasks", "done"), Q(status="SUCCESSFUL")),
)
_CHOICES = tuple((code, label) for code, label, _where in _STATES)
_WHERE = {code: where for code, _label, where in _STATES}
_TONES = {"READY": "run", "RUNNING": "run", "SUCCESSFUL": "done", "FAILED": "late"}


capped = lazy(capfirst, str)


class TaskFilters(ListFilters):
    """What narrows the list."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=_CHOICES, empty_label=_("Any"), method="in_state")

    def in_state(self, rows: Any, _name: str, value: str) -> Any:
        """Tasks in the state."""
        return rows.filter(_WHERE[value])


def _reason(row: Any) -> str:
    """Why it failed, and what comes next by itself."""
    if row.status != "FAILED":
        return ""
    again = None if row.is_set_aside else next_attempt(row)
    words = task_error(row.exception_class_path)
    if again is None:
        return words
    return f"{words} {gettext('It is tried again by itself.')}"


def _tone(row: Any) -> str:
    return "neutral" if row.is_set_aside else _TONES[row.status]


def _only_failed(row: Any, _user: Any) -> Any:
    return None if row.status == "FAILED" else _("It has not failed.")


def _may_be_set_aside(row: Any, user: Any) -> Any:
    return _("It is set aside already.") if row.is_set_aside else _only_failed(row, user)


TASKS = Listing(
    url_name="region:office-tasks",
    title=_("Tasks in the background"),
    permissions=SEE_TASKS,
    rows=tasks_for,
    columns=(
        ListColumn(key="task", label=_("Task"), value=lambda row: task_name(row.task_path), sort="task_path"),
        ListColumn(
            key="state",
            label=_("State"),
            value=lambda row: task_state(row.status, is_set_aside=row.is_set_aside),
            kind=Kind.STATUS,
            tone=_tone,
        ),
        ListColumn(key="queued", label=_("Asked for"), value="enqueued_at", kind=Kind.DATETIME, sort="enqueued_at"),
        ListColumn(key="started", label=_("Began"), value="started_at", kind=Kind.DATETIME, sort="started_at"),
        ListColumn(key="ended", label=_("Ended"), value="finished_at", kind=Kind.DATETIME, sort="finished_at"),
        ListColumn(key="attempts", label=_("Attempts"), value=lambda row: len(row.worker_ids), kind=Kind.NUMBER),
        ListColumn(key="why", label=_("Why it failed"), value=_reason),
    ),
    order="-queued",
    filters=TaskFilters,
    views=(
        View(label=_("All")),
        *(View(label=capped(label), query=f"state={code}", is_counted=code != "done") for code, label in _CHOICES),
    ),
    actions=(
        Action(
            code="run-again",
            label=_("Run again"),
            permission=MANAGE,
            check=_only_failed,
            apply=lambda row, by: run_again(task_id=row.pk, by=by),
            explanation=_("Tasks bear being run again: what they did already is not done twice."),
        ),
        Action(
            code="set-aside",
            label=_("Set aside"),
            permission=MANAGE,
            check=_may_be_set_aside,
            apply=lambda row, by: set_aside(task_id=row.pk, by=by),
            explanation=_("The failure stays in the list, but waits for nobody any more."),
        ),
    ),
    is_exported=False,
    empty_title=_("No task yet"),
    empty_text=_("Imports, e-mail and the search index work here in the background."),
)


@require_safe
@permission_required(*SEE_TASKS)
def running(request: HttpRequest) -> HttpResponse:
    """Signs of life in plain words."""
    signs = signs_of_life(now=timezone.now())
    context = {
        "is_well": not (signs.is_tick_late or signs.is_worker_late or signs.failing),
        "columns": (Column(gettext("What")), Column(gettext("Last sign of life")), Column(gettext("State"))),
        "processes": _processes(signs),
        "duty_columns": (
            Column(gettext("What")),
            Column(gettext("Last done")),
            Column(gettext("Took"), numeric=True),
            Column(gettext("Things done"), numeric=True),
            Column(gettext("State")),
        ),
        "duties": tuple(_duty(duty, signs.now) for duty in sorted(signs.duties, key=lambda row: words_of(_name(row)))),
        "trail": trail_from(Place.OFFICE, Link(gettext("What runs by itself"))),
    }
    return render(request, "region/running.html", context)


def _processes(signs: Signs) -> tuple[tuple[Cell, ...], ...]:
    """The tick and each worker; a missing one is said."""
    tick = signs.tick
    rows = [_process(gettext("Minute tick"), tick.at if tick else None, signs.now)]
    rows += [
        _process(gettext("Worker %(number)s") % {"number": number_of(row.name.removeprefix(WORKER))}, row.at, signs.now)
        for row in signs.workers
    ]
    if not signs.workers:
        rows.append(_process(gettext("Worker"), None, signs.now))
    return tuple(rows)


def _process(name: str, at: datetime | None, now: datetime) -> tuple[Cell, ...]:
    is_late = at is None or at < now - LATE_AFTER
    state = pgettext("sign of life", "late") if is_late else pgettext("sign of life", "runs")
    return Cell(name), Cell(_ago(at, now)), Cell(state, tag="late" if is_late else "done")


def _duty(duty: Heartbeat, now: datetime) -> tuple[Cell, ...]:
    if duty.failures:
        times = ngettext("failed %(count)d time in a row", "failed %(count)d times in a row", duty.failures)
        state = Cell(f"{times % {'count': duty.failures}} ({duty.last_error})", tag="late")
    else:
        state = Cell(pgettext("duty of the tick", "well"), tag="done")
    took = gettext("%(seconds)s s") % {"seconds": number_format(duty.seconds, 2)}
    return Cell(words_of(_name(duty))), Cell(_ago(duty.at, now)), Cell(took), Cell(str(duty.changed)), state


def _name(duty: Heartbeat) -> str:
    return duty.name.removeprefix(DUTY)


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return gettext("no sign")
    if (now - at).total_seconds() < 60:
        return gettext("less than a minute ago")
    # Translators: %(time)s is a length of time such as "5 minutes"
    return gettext("%(time)s ago") % {"time": timesince(at, now, depth=1)}
