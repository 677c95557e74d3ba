"""Writing values of figures from a statistical crosstab: chosen rows and columns, areas or periods."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from region.domain.imports import ImportReport, Rejection, Run
from region.messages import Problem, say
from region.messages import gettext_noop as _
from region.models import Town, User
from region.queries.profile import current_profile
from region.tables.crosstab_picks import AREAS, Cell, cells_of, timeless
from region.tables.crosstabs import Crosstab
from region.tables.values import folded
from region.wording import in_words
from reports.domain.figure_import import Draft, write_drafts
from reports.domain.figure_values import parse_value
from reports.domain.figures import may_manage
from reports.models import Metric, SourceDocument

_LONGEST_PLACE, _LONGEST_NAMES = 80, 400
# A mark that may stand before thousands or decimals, and one that is surely before decimals.
_THREE_DIGITS = re.compile(r"-?[1-9]\d{0,2}[.,]\d{3}")
_DECIMALS = re.compile(r"-?(?:\d+[.,](?:\d{1,2}|\d{4,})|0[.,]\d+|\d{4,}[.,]\d+)")


@dataclass(frozen=True, slots=True)
class Pick:
    """A figure and the row and column (by their keys) where its value stands."""

    metric: Metric
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Order:
    """What is taken from a crosstab, and what holds for all of it. Without a town: the whole region."""

    source: SourceDocument
    picks: tuple[Pick, ...]
    period: tuple[date, date] | None = None
    town: UUID | None = None
    status: str = "final"
    precision: str = "exact"
    sheet: str = ""


@dataclass(slots=True)
class _Work:
    order: Order
    report: ImportReport
    towns: dict[str, list[UUID]]
    region: frozenset[str]
    timeless: dict[str, None] = field(default_factory=dict)
    passed: set[int] = field(default_factory=set)
    summed: set[int] = field(default_factory=set)


def import_crosstab(*, table: Crosstab, order: Order, by: User, run: Run | None = None) -> ImportReport:
    """Add and change the chosen values, each with the cell that it stands in and what is written there.

    An empty cell says nothing. Where each row is an area, rows that sum up others are left out, and so are those that
    name no town of ours. Raises PermissionDenied.
    """
    may_manage(by=by)
    chosen_run = run or Run()
    report = chosen_run.report()
    work = _Work(order, report, _towns(), _names_of_region())
    with transaction.atomic():
        _tell_reading(report, table)
        drafts = list(_drafts(work, table))
        _tell_passed(work)
        return write_drafts(drafts=drafts, report=report, by=by, run=chosen_run, total=len(drafts))


def _towns() -> dict[str, list[UUID]]:
    """Towns by code and by name; a name that several have leads to several."""
    found: dict[str, list[UUID]] = {}
    for key, code, name in Town.objects.values_list("pk", "code", "name"):
        for word in {folded(code), folded(name)}:
            found.setdefault(word, []).append(key)
    return found


def _names_of_region() -> frozenset[str]:
    profile = current_profile()
    return frozenset(folded(name) for name in (profile.name_cs, profile.name_pl, profile.name_en) if name)


def _tell_reading(report: ImportReport, table: Crosstab) -> None:
    rows = (_("the heading takes row %(last)s"), _("the headings take rows %(first)s to %(last)s"))
    first = table.header_row - table.header_depth + 1
    report.note(say(rows[table.header_depth > 1], first=first, last=table.header_row))
    sums = sum(line.is_total for line in table.lines)
    report.note(say(_("%(rows)s rows of numbers, %(sums)s of them sums of others."), rows=len(table.lines), sums=sums))


def _tell_passed(work: _Work) -> None:
    if work.timeless:
        names = ", ".join(work.timeless)[:_LONGEST_NAMES]
        work.report.note(say(_("Rows and columns that say no period, passed over: %(names)s."), names=names))
    if work.summed:
        work.report.note(say(_("Sums of other rows, left out: %(count)s."), count=len(work.summed)))
    if work.passed:
        work.report.note(say(_("Rows that name no town of ours, passed over: %(count)s."), count=len(work.passed)))


def _drafts(work: _Work, table: Crosstab) -> Iterator[Draft]:
    for pick in work.order.picks:
        work.timeless |= dict.fromkeys(timeless(table, pick.row, pick.column))
        for cell in cells_of(table, pick.row, pick.column):
            if not cell.text:
                continue
            try:
                place = _place(work, cell) if pick.row == AREAS else {"town_id": work.order.town}
                if place is not None:
                    _check_thousands(work, table, cell)
                    yield _draft(work, pick, cell, place)
            except Problem as problem:
                reason = in_words(problem.message)
                work.report.reject(Rejection(cell.line.number, cell.heading, cell.text, reason))


def _check_thousands(work: _Work, table: Crosstab, cell: Cell) -> None:
    """Raise `Problem` for "1.200" in a text file when its whole column is so: thousands as likely as decimals."""
    if work.order.sheet or not _THREE_DIGITS.fullmatch(cell.text.strip()):
        return
    texts = (line.cells.get(cell.place, "").strip() for line in table.lines)
    if not any(_DECIMALS.fullmatch(text) for text in texts):
        raise Problem(_("The number is ambiguous: write thousands with spaces or without any separator."))


def _place(work: _Work, cell: Cell) -> dict[str, Any] | None:
    """The area that a row names: a town of ours, or the whole region; None for a sum and for any other place."""
    words = [folded(word) for word in (cell.line.code, cell.line.label) if word]
    if work.region & {*words}:
        return {"town_id": None}
    found = next((work.towns[word] for word in words if word in work.towns), [])
    if len(found) > 1:
        raise Problem(_("Several towns have this name: the file needs a column with their codes."))
    if not found:
        (work.summed if cell.line.is_total else work.passed).add(cell.line.number)
        return None
    return {"town_id": found[0]}


def _draft(work: _Work, pick: Pick, cell: Cell, place: dict[str, Any]) -> Draft:
    order = work.order
    period = cell.period or order.period
    if period is None:
        raise Problem(_("Say of which period the value is, here or for the whole file."))
    values = {
        "metric_id": pick.metric.pk,
        "source_id": order.source.pk,
        "period_from": period[0],
        "period_until": period[1],
        "status": order.status,
        "precision": order.precision,
        "page": ", ".join(filter(None, (order.sheet, cell.address)))[-_LONGEST_PLACE:],
        "quote": f"{cell.line.code} {cell.line.label} – {cell.heading}: {cell.text}".strip(),
        **place,
        **parse_value(cell.text),
    }
    item = f"{pick.metric}: {cell.line.label}, {period[0]:%Y-%m-%d}"
    return Draft(cell.line.number, cell.heading, cell.text, item, values)
