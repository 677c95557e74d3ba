"""What importing any register has in common: faulty and doubled rows, running a resource, report and audit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DatabaseError, transaction
from django.db.models import Model
from import_export.results import RowResult

from region.domain import audit
from region.domain.imports import Change, ImportReport, Rejection, Run, Values
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import User
from region.resources import CheckedResource
from region.tables.headers import Column, Headers
from region.tables.reading import Recognised, Row, Table
from region.tables.spots import LAT, LON, SPOT
from region.wording import in_words

# Rows in memory as records at a time; also how often progress is told.
ROWS_AT_ONCE = 500
# Columns passed over that are named; of wider tables the others are counted.
_MOST_COLUMNS = 30
# A row and the cells to use of it.
Prepared: TypeAlias = "tuple[Row, Mapping[str, str]]"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is being imported: its headings as written, who imports it and how, where to report."""

    table: Table
    report: ImportReport
    by: User
    run: Run

    def heading(self, column: str) -> str:
        """How a column is called in the file."""
        written = self.table.headers.written
        return written.get(column) or (column in (LON, LAT) and written.get(SPOT)) or column

    def reject(self, row: Row, column: str, reason: Message | str, value: str | None = None) -> None:
        """Report that a row is not taken."""
        shown = row.cells.get(column, "") if value is None else value
        text = in_words(reason) if isinstance(reason, Message) else reason
        self.report.reject(Rejection(row.number, self.heading(column), shown, text))


def tell_recognised(sheet: Sheet) -> None:
    """Say how the file was read."""
    note_reading(sheet.report, sheet.table.recognised, sheet.table.headers)


def note_reading(report: ImportReport, found: Recognised, headers: Headers) -> None:
    """Note format, encoding, separator and sheet of a file, its header row, and columns passed over."""
    separator = in_words(Message(found.separator)) if found.separator else ""
    what = ", ".join(part for part in (found.format, found.encoding, separator, found.sheet) if part)
    report.note(say(_("Read as %(what)s; the header is in row %(row)s."), what=what, row=found.header_row))
    if found.other_sheets:
        text = _("The workbook has other sheets, which are imports of their own: %(sheets)s.")
        report.note(say(text, sheets=", ".join(found.other_sheets)))
    if headers.unknown:
        more = len(headers.unknown) - _MOST_COLUMNS
        columns = ", ".join(headers.unknown[:_MOST_COLUMNS]) + (f"… (+{more})" if more > 0 else "")
        report.note(say(_("Passed over: %(columns)s."), columns=columns))


@dataclass(frozen=True, slots=True)
class Remaining:
    """Rows of a table without those that were turned down; read anew by every loop, so that none are held."""

    rows: Sequence[Row]
    refused: set[int]

    def __iter__(self) -> Iterator[Row]:
        return (row for row in self.rows if row.number not in self.refused)

    def __len__(self) -> int:
        return len(self.rows) - len(self.refused)


def readable_rows(
    sheet: Sheet, columns: Sequence[Column], key: Callable[[Row], tuple[str, ...]], *, named: str = ""
) -> Remaining:
    """Rows without faulty cells, with everything required, whose key stands in the file once; the rest is rejected.

    A doubled key is told at the column `named`, else at the first required one.
    """
    needed = [column.name for column in columns if column.required]
    rows = Remaining(sheet.table.rows, set())
    first: dict[tuple[str, ...], int] = {}
    doubled: dict[tuple[str, ...], list[int]] = {}
    for row in sheet.table.rows:
        if not _is_readable(sheet, row, needed):
            rows.refused.add(row.number)
        elif (earlier := first.setdefault(key(row), row.number)) != row.number:
            doubled.setdefault(key(row), [earlier]).append(row.number)
    lines = {number: numbers for numbers in doubled.values() for number in numbers}
    for row in rows if lines else ():
        if row.number in lines:
            text = _("The same stands in rows %(rows)s; keep only one.")
            sheet.reject(row, named or needed[0], say(text, rows=", ".join(map(str, lines[row.number]))))
    rows.refused.update(lines)
    return rows


def _is_readable(sheet: Sheet, row: Row, needed: Sequence[str]) -> bool:
    for fault in row.faults:
        sheet.reject(row, fault.column, fault.message, fault.value)
    empty = [] if row.faults else [name for name in needed if not row.cells.get(name)]
    for name in empty:
        sheet.reject(row, name, say(_("This cell must not be empty.")))
    return not row.faults and not empty


def import_rows(
    sheet: Sheet,
    resource: CheckedResource,
    rows: Iterable[Prepared],
    action: str,
    *,
    total: int,
    keys: dict[int, Any] | None = None,
) -> None:
    """Run the rows (with the cells to use) through a resource inside the caller's transaction, some hundreds at a time.

    Reports every change, and audits it unless this is a dry run. ``keys`` gets the keys of records by row number,
    rejected ones left out. Sends no signals: the caller says `public_content_changed`.
    """
    waiting, done = iter(rows), 0
    while piece := list(islice(waiting, ROWS_AT_ONCE)):
        for row, record in _import_piece(sheet, resource, piece, action):
            if keys is not None:
                keys[row.number] = record.pk
        done += len(piece)
        sheet.run.tell(done, total)


def _import_piece(
    sheet: Sheet, resource: CheckedResource, rows: Sequence[Prepared], action: str
) -> list[tuple[Row, Model]]:
    """Some rows: read and checked one by one, written together; gives the records of those that were taken."""
    columns = list(rows[0][1])
    data = tablib.Dataset(*([cells[name] for name in columns] for _row, cells in rows), headers=columns)
    resource.made.clear()
    result = resource.import_data(data, use_transactions=False)
    _raise_unexpected(result, rows)
    taken: list[tuple[Row, Model]] = []
    differing: list[tuple[Row, Any]] = []
    for (row, cells), outcome in zip(rows, result.rows, strict=True):
        if outcome.import_type == RowResult.IMPORT_TYPE_INVALID:
            _reject_invalid(sheet, row, cells, outcome.validation_error)
            continue
        taken.append((row, outcome.instance))
        if outcome.import_type == RowResult.IMPORT_TYPE_SKIP:
            sheet.report.unchanged_count += 1
        else:
            differing.append((row, outcome))
    _write(resource, [(row, outcome.instance) for row, outcome in differing])
    _tell(sheet, resource, differing, action)
    return taken


def _tell(sheet: Sheet, resource: CheckedResource, rows: Sequence[tuple[Row, Any]], action: str) -> None:
    """Report and audit what was written; values are compared only where somebody will read them."""
    changes: list[tuple[Model, Values, Values]] = []
    for row, outcome in rows:
        is_new = outcome.import_type == RowResult.IMPORT_TYPE_NEW
        if not sheet.run.apply and sheet.report.is_full(is_new=is_new):
            sheet.report.count(is_new=is_new)
            continue
        before, after = _differing(resource, outcome)
        change = Change(row.number, label_of(outcome.instance), before, after)
        (sheet.report.add if is_new else sheet.report.change)(change)
        changes.append((outcome.instance, before, after))
    if sheet.run.apply:
        audit.record_all(action=action, by=sheet.by, changes=changes)


def _write(resource: CheckedResource, records: Sequence[tuple[Row, Model]]) -> None:
    """Save the records of some rows; when that fails, find the row at fault for the message."""
    try:
        with transaction.atomic():
            resource.write([record for _row, record in records])
    except DatabaseError as error:
        for row, record in records:
            _write_one(resource, row, record)
        raise Problem(_("The rows could not be saved: %(error)s"), error=error) from error


def _write_one(resource: CheckedResource, row: Row, record: Model) -> None:
    try:
        resource.write([record])
    except DatabaseError as error:
        raise Problem(_("Row %(row)s could not be saved: %(error)s"), row=row.number, error=error) from error


def _raise_unexpected(result: Any, rows: Sequence[Prepared]) -> None:
    """Faults that no check foresaw end the import: nothing of it may stay."""
    errors = [(0, error.error) for error in result.base_errors]
    errors += [(rows[number - 1][0].number, error.error) for number, found in result.row_errors() for error in found]
    if errors:
        line, error = errors[0]
        raise Problem(_("Row %(row)s could not be saved: %(error)s"), row=line, error=error) from error


def _reject_invalid(sheet: Sheet, row: Row, cells: Mapping[str, str], error: ValidationError) -> None:
    """One rejection for every faulty cell."""
    for name, messages in error.message_dict.items():
        column = "" if name == NON_FIELD_ERRORS else name
        for message in messages:
            sheet.reject(row, column, message, cells.get(column, ""))


def _differing(resource: CheckedResource, outcome: Any) -> tuple[Values, Values]:
    """Values of a row's record that differ, before and after; nothing before for a new one."""
    before = _values(resource, outcome.original) if outcome.import_type == RowResult.IMPORT_TYPE_UPDATE else {}
    after = _values(resource, outcome.instance)
    differing = [name for name in after if before.get(name, "") != after[name]]
    return {name: before[name] for name in differing if name in before}, {name: after[name] for name in differing}


def _values(resource: CheckedResource, record: Model) -> dict[str, str]:
    return {field.column_name: str(field.export(record)) for field in resource.get_import_fields()}


def label_of(record: Any) -> str:
    """Code and name of a record; some say their code themselves."""
    code, text = str(getattr(record, "code", "") or ""), str(record)
    return text if text.startswith(code) else f"{code} {text}"
