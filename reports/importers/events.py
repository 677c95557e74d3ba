"""Files of events on the import screen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from region.importers import POINT_LIMITS, Importer, Task
from region.messages import Problem, gettext_noop
from reports.domain.events_columns import EVENT_COLUMNS, EVENT_WORDS
from reports.domain.events_loading import MANAGE, load_events
from reports.domain.events_reading import event_rows, look_at_events, open_events
from reports.domain.events_undoing import undo_load
from reports.forms.events import EventValuesForm, load_options

if TYPE_CHECKING:
    from region.domain.imports import ImportReport
    from region.models import User


def _run(task: Task) -> ImportReport:
    register = task.values["register"]
    table = open_events(task.path, task.options)
    options = load_options(dict(task.values))
    return load_events(table=table, register=register, by=task.by, options=options, run=task.run)


def _undo(kept: str, by: User) -> int:
    """Take the load of a batch back; a batch that changed nothing made none."""
    if not kept:
        raise Problem(gettext_noop("This import changed nothing, so there is nothing to undo."))
    return undo_load(load_id=UUID(kept), by=by)


# Events are too many to be copied before each import: a load knows by itself how it is undone.
EVENTS = Importer(
    key="events",
    title=_("Intervention events"),
    description=_(
        "Records of a register: one row for each event, with its time, what happened and where. Free text is not read."
    ),
    columns=EVENT_COLUMNS,
    words=EVENT_WORDS,
    look=look_at_events,
    run=_run,
    rows=event_rows,
    tables=(),
    form=EventValuesForm,
    own_values=("reason", "since", "until"),
    undo=_undo,
    limits=POINT_LIMITS,
    leads_to=(
        (_("Sort what happened into categories"), "reports:office-event-spellings"),
        (_("Registers of events"), "reports:office-event-registers"),
    ),
    audits_rows=False,
    order=60,
    permission=MANAGE,
)
