"""Writing values of figures from a table: one row says one value of one figure, with its place in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from region.domain.imports import ImportReport, Run
from region.domain.registers import Sheet, readable_rows, tell_recognised
from region.messages import Problem
from region.messages import gettext_noop as _
from region.models import SecurityDistrict, Town, User
from region.tables.headers import Column
from region.tables.periods import parse_period
from region.tables.reading import Row, Table
from region.tables.values import parse_date
from reports.domain.figure_import import Draft, write_drafts
from reports.domain.figure_values import parse_precision, parse_status, value_of
from reports.domain.figures import may_manage
from reports.models import Metric, SourceDocument

OBSERVATION_COLUMNS = (
    Column("metric", ("ukazatel", "klíč", "wskaźnik", "klucz", "figure", "key", "metric key"), required=True),
    Column("town", ("kód obce", "obec", "gmina", "kod gminy", "town code", "městská část", "dzielnica")),
    Column("district", ("okrsek", "číslo okrsku", "rejon", "numer rejonu", "district code")),
    Column("period", ("období", "rok", "okres", "year", "měsíc", "miesiąc", "month")),
    Column("period_from", ("od", "období od", "okres od", "from")),
    Column("period_until", ("do", "období do", "okres do", "until", "to")),
    Column("value", ("hodnota", "wartość", "počet", "liczba", "number")),
    Column("missing", ("proč chybí", "dlaczego brak", "why missing")),
    Column("precision", ("přesnost", "dokładność")),
    Column("status", ("stav", "status wartości")),
    Column("as_of_earliest", ("k datu", "stan na", "as of", "as of earliest", "k datu od", "stan na od")),
    Column("as_of_latest", ("as of latest", "k datu do", "stan na do")),
    Column("source", ("zdroj", "źródło", "source key")),
    Column("page", ("strana", "strona", "místo", "miejsce")),
    Column("quote", ("citát", "cytat", "doslova")),
    Column("note_cs", ("poznámka",)),
    Column("note_pl", ("uwaga",)),
    Column("note_en", ("note",)),
)  # fmt: skip
_TEXTS = ("page", "quote", "note_cs", "note_pl", "note_en")
_READERS: dict[str, Callable[[str], Any]] = {
    "precision": parse_precision,
    "status": parse_status,
    "as_of_earliest": lambda text: parse_date(text)[0],
    "as_of_latest": lambda text: parse_date(text)[0],
}


@dataclass(frozen=True, slots=True)
class ValueDefaults:
    """What holds for every row that does not say it: the source, a period."""

    source: SourceDocument | None = None
    period: tuple[date, date] | None = None


@dataclass(slots=True)
class _Known:
    """Metrics, sources and areas by their keys."""

    metrics: dict[str, Metric] = field(default_factory=lambda: {one.key: one for one in Metric.objects.all()})
    sources: dict[str, SourceDocument] = field(
        default_factory=lambda: {one.key: one for one in SourceDocument.objects.all()}
    )
    towns: dict[str, Any] = field(default_factory=lambda: dict(Town.objects.values_list("code", "pk")))
    districts: dict[tuple[str, str], Any] = field(
        default_factory=lambda: {
            (town, code): pk for town, code, pk in SecurityDistrict.objects.values_list("town__code", "code", "pk")
        }
    )


class _Fault(Exception):
    """A cell that cannot be taken: its column, and why."""

    def __init__(self, column: str, problem: Problem) -> None:
        self.column, self.problem = column, problem
        super().__init__(column)


def import_observations(
    *, table: Table, by: User, defaults: ValueDefaults | None = None, run: Run | None = None
) -> ImportReport:
    """Add and change values, matched by figure, area, period and source; a second source never overwrites the first.

    A row without an area holds for the whole region. Raises PermissionDenied.
    """
    may_manage(by=by)
    chosen, chosen_run = defaults or ValueDefaults(), run or Run()
    sheet = Sheet(table, chosen_run.report(), by, chosen_run)
    with transaction.atomic():
        tell_recognised(sheet)
        rows = readable_rows(sheet, OBSERVATION_COLUMNS, lambda row: (str(row.number),))
        drafts = _drafts(sheet, rows, chosen)
        return write_drafts(drafts=drafts, report=sheet.report, by=by, run=chosen_run, total=len(rows))


def _drafts(sheet: Sheet, rows: Any, defaults: ValueDefaults) -> Iterator[Draft]:
    known = _Known()
    for row in rows:
        try:
            values = _values(row, known, defaults)
        except _Fault as fault:
            sheet.reject(row, fault.column, fault.problem.message)
            continue
        item = f"{row.cells['metric']} {values['period_from']:%Y-%m-%d}"
        yield Draft(row.number, sheet.heading("value"), row.cells.get("value", ""), item, values)


def _values(row: Row, known: _Known, defaults: ValueDefaults) -> dict[str, Any]:
    cells = dict(row.cells)
    source = _found(known.sources, cells, "source", _("No source document has this key."), defaults.source)
    metric = _found(known.metrics, cells, "metric", _("No figure has this key."), None)
    if source is None:
        raise _Fault("source", Problem(_("Say which document the value comes from, here or for the whole file.")))
    first, last = _period(cells, defaults)
    told = {
        "metric_id": metric.pk,
        "source_id": source.pk,
        "period_from": first,
        "period_until": last,
        **_area(cells, known),
        **_read("value", lambda _text: value_of(cells), "value"),
        **{name: cells[name] for name in _TEXTS if cells.get(name)},
    }
    for name, reader in _READERS.items():
        if cells.get(name):
            told[name] = _read(name, reader, cells[name])
    # One day alone is both ends.
    if "as_of_earliest" in told:
        told.setdefault("as_of_latest", told["as_of_earliest"])
    return told


def _read(column: str, reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except Problem as problem:
        raise _Fault(column, problem) from problem


def _found(known: dict[str, Any], cells: dict[str, str], name: str, unknown: str, default: Any) -> Any:
    """A record by its key in a cell, or the default for an empty cell."""
    key = cells.get(name, "")
    if not key:
        return default
    if key not in known:
        raise _Fault(name, Problem(unknown))
    return known[key]


def _area(cells: dict[str, str], known: _Known) -> dict[str, Any]:
    """Town or district of a row; neither: the whole region."""
    town, district = cells.get("town", ""), cells.get("district", "")
    if town and town not in known.towns:
        raise _Fault("town", Problem(_("No town has this code.")))
    if not district:
        return {"town_id": known.towns.get(town)}
    if (town, district) not in known.districts:
        raise _Fault("district", Problem(_("The town has no district of this number.")))
    return {"district_id": known.districts[town, district]}


def _period(cells: dict[str, str], defaults: ValueDefaults) -> tuple[date, date | None]:
    """First and last day of a row's period; only a beginning: to date."""
    if cells.get("period_from"):
        first = _read("period_from", lambda text: parse_date(text)[0], cells["period_from"])
        until = cells.get("period_until", "")
        return first, _read("period_until", lambda text: parse_period(text)[1], until) if until else None
    if cells.get("period"):
        return _read("period", parse_period, cells["period"])
    if defaults.period is None:
        raise _Fault("period", Problem(_("Say of which period the value is, here or for the whole file.")))
    return defaults.period
