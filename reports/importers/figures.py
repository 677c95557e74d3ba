"""The importers of values of figures: one row a value, and statistical crosstabs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from region.importers import Importer, Task
from region.tables.crosstab_files import CROSSTAB_COLUMNS, crosstab_of, crosstab_rows, look_at_crosstab
from region.tables.looking import look_at
from region.tables.reading import Options, read_table, written_rows
from reports.domain.crosstab_import import import_crosstab
from reports.domain.figure_import import undo_values
from reports.domain.figures import MANAGE
from reports.domain.observation_import import OBSERVATION_COLUMNS, ValueDefaults, import_observations
from reports.enums.figures import MissingReason, ObservationPrecision, ObservationStatus
from reports.forms.crosstab_import import CrosstabValuesForm
from reports.forms.figure_import import ObservationValuesForm

if TYPE_CHECKING:
    from region.domain.imports import ImportReport

VALUE_WORDS = {
    "metric": _("key of the figure"),
    "town": _("register code of the town"),
    "district": _("number of the district"),
    "period": _("period"),
    "period_from": _("period from"),
    "period_until": _("period until"),
    "value": _("value"),
    "missing": _("why there is no value"),
    "precision": _("precision"),
    "status": _("how final it is"),
    "as_of_earliest": _("as of: not before"),
    "as_of_latest": _("as of: not after"),
    "source": _("key of the source document"),
    "page": _("page or place in the document"),
    "quote": _("quote, word for word"),
    "note_cs": _("note (Czech)"),
    "note_pl": _("note (Polish)"),
    "note_en": _("note (English)"),
}
CODES: dict[str, type[TextChoices]] = {
    "missing": MissingReason,
    "precision": ObservationPrecision,
    "status": ObservationStatus,
}
CROSSTAB_WORDS = {
    **VALUE_WORDS,
    "label": _("what the row is of"),
    "code": _("code of the row"),
}


def _run_values(task: Task) -> ImportReport:
    defaults = ValueDefaults(task.values["source"], task.values["period"])
    table = read_table(task.path, OBSERVATION_COLUMNS, task.options)
    return import_observations(table=table, by=task.by, defaults=defaults, run=task.run)


def _crosstab_form(path: Path, options: Options) -> Callable[..., CrosstabValuesForm]:
    table, opened = crosstab_of(path, options)
    return partial(CrosstabValuesForm, table=table, sheet=opened.recognised.get("sheet", ""))


def _run_crosstab(task: Task) -> ImportReport:
    table, _opened = crosstab_of(task.path, task.options)
    return import_crosstab(table=table, order=task.values["order"], by=task.by, run=task.run)


def _undo(kept: str, by: Any) -> int:
    return undo_values(kept=kept, by=by)


_LEADS_TO = ((_("Figures"), "reports:figures"),)
VALUES = Importer(
    key="values",
    title=_("Values of figures"),
    description=_("One row for each value: which figure, of what area and period, from which source and page."),
    columns=OBSERVATION_COLUMNS,
    words=VALUE_WORDS,
    codes=CODES,
    look=lambda path, options: look_at(path, OBSERVATION_COLUMNS, options),
    run=_run_values,
    rows=lambda path, options: written_rows(path, OBSERVATION_COLUMNS, options),
    tables=(),
    form=ObservationValuesForm,
    own_values=("period_from", "period_until"),
    undo=_undo,
    leads_to=_LEADS_TO,
    order=70,
    permission=MANAGE,
)
CROSSTAB = Importer(
    key="crosstab",
    title=_("Statistical table"),
    description=_(
        "A table of a statistical office or the police, with headings in several rows: chosen rows and columns of it."
    ),
    columns=CROSSTAB_COLUMNS,
    words=CROSSTAB_WORDS,
    codes=CODES,
    look=look_at_crosstab,
    run=_run_crosstab,
    rows=crosstab_rows,
    tables=(),
    form_of_file=_crosstab_form,
    own_values=("period_from", "period_until", "source"),
    rest=_("numbers"),
    leads_to=_LEADS_TO,
    undo=_undo,
    order=80,
    permission=MANAGE,
)
