"""Writing who answers for safety where, from a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from region.domain import audit
from region.domain.content import public_content_changed
from region.domain.imports import Change, ImportReport, Run, settle
from region.domain.registers import (
    ROWS_AT_ONCE,
    Remaining,
    Sheet,
    import_rows,
    label_of,
    readable_rows,
    tell_recognised,
)
from region.messages import Problem, say
from region.messages import gettext_noop as _
from region.models import Officer, OfficerAssignment, User
from region.resources import AssignmentResource, OfficerResource
from region.tables.headers import Column
from region.tables.reading import Row, Table
from region.tables.values import folded, parse_date

PEOPLE_COLUMNS = (
    Column("code", ("kód", "osobní číslo", "číslo osoby", "numer osoby", "officer code", "id"), required=True),
    Column("rank", ("hodnost", "titul", "stopień", "tytuł", "rank or title", "title")),
    Column("name", ("jméno", "jméno a příjmení", "imię i nazwisko", "nazwisko", "officer name"), required=True),
    Column("organisation", ("organizace", "útvar", "instytucja", "jednostka", "organizacja", "organization")),
    Column("role", ("funkce", "funkcja", "rola", "function"), required=True),
    Column("town", ("obec", "kód obce", "město", "gmina", "kod gminy", "miasto", "town code"), required=True),
    Column("district", ("okrsek", "číslo okrsku", "rejon", "numer rejonu", "district code", "kód okrsku")),
    Column("since", ("od", "platí od", "ve funkci od", "od dnia", "from", "valid from")),
    Column("until", ("do", "platí do", "do dnia", "to", "valid until")),
    Column("phone", ("telefon", "tel", "mobil")),
    Column("email", ("e-mail", "mail", "adres e-mail")),
    Column("office_hours", ("úřední hodiny", "hodiny", "konzultační hodiny", "godziny przyjęć", "dyżury")),
    Column("substitute", ("zástup", "zastupuje", "kód zástupu", "zastępca", "kod zastępcy", "substitute code")),
)  # fmt: skip
_OFFICER = ("code", "rank", "name", "organisation", "phone", "email", "office_hours")
_ASSIGNMENT = ("code", "town", "district", "role", "since", "until", "substitute")
# So many open assignments that the file lacks are named; the rest is counted.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class PeopleOptions:
    """`since` is the first day for rows that give none; `end_missing` the last day of what the file no longer has."""

    since: date | None = None
    end_missing: date | None = None


def import_people(
    *, table: Table, by: User, options: PeopleOptions | None = None, run: Run | None = None
) -> ImportReport:
    """Add and change people and what they answer for, matched by codes; one row is one assignment.

    A person may have several rows, whose personal facts must agree. Nothing ends silently: an open assignment that the
    file lacks is told, and ended on `end_missing` (included) when that is given, only in towns that the file names.
    """
    chosen = options or PeopleOptions()
    chosen_run = run or Run()
    sheet = Sheet(table, chosen_run.report(), by, chosen_run)
    with transaction.atomic():
        tell_recognised(sheet)
        rows = readable_rows(sheet, PEOPLE_COLUMNS, _assignment_key)
        several = _agreeing(sheet, rows)
        dated = Remaining(rows.rows, _without_whole_days(sheet, rows, chosen) | rows.refused)
        resource = AssignmentResource()
        sound = _sound(resource, (_assignment_cells(row, chosen) for row in dated))
        known = _import_officers(sheet, rows, sound, several)
        resource.expect({row.cells["code"] for row in rows} - sound)
        # Those of nobody are passed on as well, so that they are rejected with their reasons.
        unwritten = sound - known
        dated.refused.update({row.number for row in dated if row.cells["code"] in unwritten})
        towns = _import_assignments(sheet, resource, dated, chosen)
        _settle_missing(sheet, towns, chosen.end_missing)
        settle(sheet.report, sheet.run)
        if sheet.report.applied:
            public_content_changed()
    return sheet.report


def _assignment_key(row: Row) -> tuple[str, ...]:
    """What an assignment is unique in, as far as the texts of a row tell."""
    role = folded(row.cells["role"])
    return row.cells["code"], row.cells["town"], row.cells.get("district", ""), role, row.cells.get("since", "")


def _agreeing(sheet: Sheet, rows: Remaining) -> dict[str, dict[str, str]]:
    """Turn down rows whose facts about the person contradict a row above; an empty cell contradicts nothing.

    Gives the facts of people with several rows by their codes, each fact from the first row that gives it.
    """
    counts = Counter(row.cells["code"] for row in rows)
    told: dict[str, dict[str, tuple[str, int]]] = {code: {} for code, count in counts.items() if count > 1}
    for row in rows if told else ():
        known = told.get(row.cells["code"])
        if known is None:
            continue
        facts = {name: cell for name, cell in _cells(row, _OFFICER).items() if cell}
        differing = [name for name, cell in facts.items() if name in known and known[name][0] != cell]
        for name in differing:
            sheet.reject(row, name, say(_("Row %(row)s says otherwise about the same person."), row=known[name][1]))
        if differing:
            rows.refused.add(row.number)
        else:
            known |= {name: (cell, row.number) for name, cell in facts.items() if name not in known}
    return {code: {name: cell for name, (cell, _line) in known.items()} for code, known in told.items()}


def _import_officers(sheet: Sheet, rows: Remaining, sound: set[str], several: Mapping[str, dict[str, str]]) -> set[str]:
    """Write the people with an assignment in order; gives the codes of those who are in order themselves."""
    first: dict[str, int] = {}
    for row in rows:
        if row.cells["code"] in sound:
            first.setdefault(row.cells["code"], row.number)
    lines = {line: code for code, line in first.items()}
    chosen = ((row, _cells(row, _OFFICER) | several.get(row.cells["code"], {})) for row in rows if row.number in lines)
    keys: dict[int, Any] = {}
    import_rows(sheet, OfficerResource(), chosen, "officer.imported", total=len(lines), keys=keys)
    return {lines[line] for line in keys}


def _cells(row: Row, names: Iterable[str]) -> dict[str, str]:
    """The cells of these columns, as far as the file has them."""
    return {name: row.cells[name] for name in names if name in row.cells}


def _assignment_cells(row: Row, options: PeopleOptions) -> dict[str, str]:
    """The cells of a row's assignment, with what holds for the whole file."""
    cells = {"district": "", **_cells(row, _ASSIGNMENT)}
    cells["since"] = cells.get("since") or (options.since.isoformat() if options.since else "")
    return cells


def _sound(resource: AssignmentResource, rows: Iterable[Mapping[str, str]]) -> set[str]:
    """Codes of people with at least one assignment in order: nobody is written for the sake of a rejected row."""
    substitutes: dict[str, set[str]] = {}
    for cells in rows:
        if resource.is_readable(cells):
            substitutes.setdefault(cells["code"], set()).add(cells.get("substitute", ""))
    stored = set(Officer.objects.exclude(code=None).values_list("code", flat=True))
    sound = {*substitutes}
    while True:
        # A substitute must be somebody who is known, or becomes so by this file.
        people = stored | sound | {""}
        remaining = {code for code, others in substitutes.items() if others & people}
        if remaining == sound:
            return sound
        sound = remaining


def _import_assignments(
    sheet: Sheet, resource: AssignmentResource, rows: Remaining, options: PeopleOptions
) -> dict[Any, str]:
    """Write who answers for what; gives the keys of the assignments in the file with the codes of their towns."""
    keys: dict[int, Any] = {}
    prepared = ((row, _assignment_cells(row, options)) for row in rows)
    import_rows(sheet, resource, prepared, "assignment.imported", total=len(rows), keys=keys)
    return {keys[row.number]: row.cells["town"] for row in rows if row.number in keys}


def _without_whole_days(sheet: Sheet, rows: Remaining, options: PeopleOptions) -> set[int]:
    """Rows that give no first day, or a month where a day is needed; they are rejected."""
    return {row.number for row in rows if not _has_whole_days(sheet, row, _assignment_cells(row, options))}


def _has_whole_days(sheet: Sheet, row: Row, cells: Mapping[str, str]) -> bool:
    """Whether the first day is given, and both days are days and not only months."""
    if not cells["since"]:
        sheet.reject(row, "since", say(_("The first day is needed: in a column, or one for the whole file.")))
        return False
    for name in ("since", "until"):
        if _is_month(cells.get(name, "")):
            sheet.reject(row, name, say(_("A whole date is needed, with the day.")))
            return False
    return True


def _is_month(text: str) -> bool:
    try:
        return bool(text) and parse_date(text)[1] != "day"
    except Problem:
        return False


def _settle_missing(sheet: Sheet, listed: Mapping[Any, str], last_day: date | None) -> None:
    """Tell, or end, the open assignments of the file's towns that the file no longer has."""
    rows = OfficerAssignment.objects.filter(town__code__in={*listed.values()}, until=None).select_related("officer")
    rows = rows.order_by("town__code", "officer__code", "since")
    missing = [row for row in rows.iterator(ROWS_AT_ONCE) if row.pk not in listed]
    if not missing:
        return
    if last_day is None or sheet.report.rejected_count:
        # A rejected row may be the very one that seems to be missing.
        names = ", ".join(label_of(row) for row in missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
        text = _("Open assignments that this file lacks stay (%(count)s); end them with --end-missing: %(names)s.")
        sheet.report.note(say(text, count=len(missing), names=names))
        return
    for row in missing:
        _end(sheet, row, last_day)


def _end(sheet: Sheet, assignment: OfficerAssignment, last_day: date) -> None:
    """End one assignment; one that begins later is only told."""
    if assignment.since > last_day:
        text = _("%(name)s begins only on %(day)s and was not ended.")
        sheet.report.note(say(text, name=label_of(assignment), day=assignment.since.isoformat()))
        return
    assignment.until = last_day
    assignment.save(update_fields=["until"])
    after = {"until": last_day.isoformat()}
    sheet.report.change(Change(0, label_of(assignment), {"until": ""}, after))
    audit.record(action="assignment.ended", target=assignment, by=sheet.by, before={"until": ""}, after=after)
