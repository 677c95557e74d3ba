"""What importing any register has in common: faulty and doubled rows, running a resource, report and audit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import tablib
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from import_export.resources import ModelResource
from import_export.results import RowResult

from region.domain import audit
from region.domain.imports import Change, ImportReport, Rejection, Run
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import User
from region.tables.headers import Column
from region.tables.reading import Row, Table
from region.wording import in_words


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that is being imported: its headings as written, who imports it and how, where to report."""

    table: Table
    report: ImportReport
    by: User
    run: Run

    def heading(self, column: str) -> str:
        """How a column is called in the file."""
        return self.table.headers.written.get(column, column)

    def reject(self, row: Row, column: str, reason: Message | str, value: str | None = None) -> None:
        """Report that a row is not taken."""
        shown = row.cells.get(column, "") if value is None else value
        text = in_words(reason) if isinstance(reason, Message) else reason
        self.report.reject(Rejection(row.number, self.heading(column), shown, text))


def tell_recognised(sheet: Sheet) -> None:
    """Say how the file was read."""
    found = sheet.table.recognised
    parts = [found.format, found.encoding, found.separator, found.sheet]
    what = ", ".join(part for part in parts if part)
    sheet.report.note(say(_("Read as %(what)s; the header is in row %(row)s."), what=what, row=found.header_row))
    if sheet.table.headers.unknown:
        sheet.report.note(say(_("Passed over: %(columns)s."), columns=", ".join(sheet.table.headers.unknown)))


def readable_rows(sheet: Sheet, columns: Sequence[Column], key: Callable[[Row], tuple[str, ...]]) -> list[Row]:
    """Rows without faulty cells, with everything required, whose key stands in the file once; the rest is rejected."""
    needed = [column.name for column in columns if column.required]
    whole = [row for row in sheet.table.rows if _is_readable(sheet, row, needed)]
    lines: dict[tuple[str, ...], list[int]] = {}
    for row in whole:
        lines.setdefault(key(row), []).append(row.number)
    return [row for row in whole if _is_single(sheet, row, lines[key(row)], needed[0])]


def _is_readable(sheet: Sheet, row: Row, needed: Sequence[str]) -> bool:
    for fault in row.faults:
        sheet.reject(row, fault.column, fault.message, fault.value)
    empty = [] if row.faults else [name for name in needed if not row.cells.get(name)]
    for name in empty:
        sheet.reject(row, name, say(_("This cell must not be empty.")))
    return not row.faults and not empty


def _is_single(sheet: Sheet, row: Row, lines: Sequence[int], column: str) -> bool:
    if len(lines) == 1:
        return True
    sheet.reject(
        row, column, say(_("The same stands in rows %(rows)s; keep only one."), rows=", ".join(map(str, lines)))
    )
    return False


def import_rows(
    sheet: Sheet, resource: ModelResource, rows: Sequence[tuple[Row, Mapping[str, str]]], action: str
) -> dict[int, Any]:
    """Run the rows (with the cells to use) through a resource inside the caller's transaction.

    Reports and audits every change; gives the records by row number, rejected ones left out.
    """
    if not rows:
        return {}
    columns = list(rows[0][1])
    data = tablib.Dataset(*([cells[name] for name in columns] for _row, cells in rows), headers=columns)
    result = resource.import_data(data, use_transactions=True)
    _raise_unexpected(result, rows)
    records = {}
    for done, ((row, cells), outcome) in enumerate(zip(rows, result.rows, strict=True), start=1):
        if outcome.import_type == RowResult.IMPORT_TYPE_INVALID:
            _reject_invalid(sheet, row, cells, outcome.validation_error)
        else:
            records[row.number] = outcome.instance
            _report(sheet, resource, row, outcome, action)
        sheet.run.tell(done, len(rows))
    return records


def _raise_unexpected(result: Any, rows: Sequence[tuple[Row, Mapping[str, str]]]) -> None:
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


def _report(sheet: Sheet, resource: ModelResource, row: Row, outcome: Any, action: str) -> None:
    """Count an outcome; a change is audited with the values that differ."""
    if outcome.import_type == RowResult.IMPORT_TYPE_SKIP:
        sheet.report.unchanged_count += 1
        return
    before = _values(resource, outcome.original) if outcome.original is not None else {}
    after = _values(resource, outcome.instance)
    differing = [name for name in after if before.get(name, "") != after[name]]
    was = {name: before[name] for name in differing if name in before}
    now = {name: after[name] for name in differing}
    change = Change(row.number, label_of(outcome.instance), was, now)
    (sheet.report.change if before else sheet.report.add)(change)
    audit.record(action=action, target=outcome.instance, by=sheet.by, before=was, after=now)


def _values(resource: ModelResource, record: Model) -> dict[str, str]:
    return {field.column_name: str(field.export(record)) for field in resource.get_import_fields()}


def label_of(record: Any) -> str:
    """Code and name of a record."""
    return f"{getattr(record, 'code', '') or ''} {record}".strip()
