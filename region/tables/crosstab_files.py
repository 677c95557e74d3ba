"""Crosstabs in files: opened, looked at, read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.crosstabs import Crosstab, is_number, read_crosstab
from region.tables.encodings import NAMES
from region.tables.headers import Column
from region.tables.looking import Look, SeenColumn
from region.tables.merged_cells import Merged
from region.tables.reading import SEPARATORS, Options, Recognised, filled_rows, open_text, split_rows
from region.tables.sheets import XLS, XLSX, Sheet, open_sheets
from region.tables.spool import NumberedRow

# What the columns beside the numbers may be.
CROSSTAB_COLUMNS = (Column("label", required=True), Column("code"))
# A crosstab with more rows is none that people read.
MOST_ROWS = 20_000
_SHOWN_ROWS = 20
_SAMPLES = 3
# Where a sheet says what it is of, and how short a text says nothing.
_ROWS_ABOVE, _SHORTEST_WORDS = 8, 5


@dataclass(frozen=True, slots=True)
class Opened:
    """The rows of one sheet, blank ones included, and how they were read."""

    rows: list[NumberedRow]
    recognised: dict[str, Any]
    sheets: tuple[str, ...] = ()
    codes: dict[str, str] = field(default_factory=dict)
    merged: Sequence[Merged] = ()
    sheet_words: Mapping[str, str] = field(default_factory=dict)


def open_crosstab(path: Path, options: Options) -> Opened:
    """Rows of the chosen sheet, or of the first with rows of numbers. Raises `Problem` for what is no table."""
    with path.open("rb") as file:
        start = file.read(4)
        file.seek(0)
        if start in (XLSX, XLS):
            with open_sheets(file) as (kind, sheets):
                wanted = [sheet for sheet in sheets if sheet.title == options.sheet] or sheets
                sheet, rows = next(_with_numbers(wanted, options), (None, []))
                if sheet is None:
                    raise Problem(_("No rows of numbers were found below the headings."))
                recognised = {"format": kind, "sheet": sheet.title}
                titles = tuple(one.title for one in sheets)
                return Opened(rows, recognised, titles, merged=sheet.merged(), sheet_words=_words_of(sheets))
        with open_text(file, (), options) as text:
            rows = _limited(split_rows(text.lines(), text.separator))
            name = NAMES.get(text.encoding, text.encoding)
            recognised = {"format": "CSV", "encoding": name, "separator": SEPARATORS[text.separator]}
            return Opened(rows, recognised, codes={"encoding": text.encoding, "separator": text.separator})


def _words_of(sheets: Sequence[Sheet]) -> dict[str, str]:
    """What stands above each sheet's table and above no other's: names of sheets are often codes."""
    if len(sheets) < 2:
        return {}
    above = {one.title: _above(one) for one in sheets}
    seen = Counter(text for texts in above.values() for text in {*texts})
    told = ((title, next((text for text in texts if seen[text] == 1), "")) for title, texts in above.items())
    return {title: text for title, text in told if text and text != title}


def _above(sheet: Sheet) -> list[str]:
    rows = islice(sheet.rows(), _ROWS_ABOVE)
    texts = (" ".join(cell.split()) for _number, cells in rows for cell in cells)
    return [text for text in texts if len(text) >= _SHORTEST_WORDS and not is_number(text)]


def _with_numbers(sheets: list[Sheet], options: Options) -> Iterator[tuple[Sheet, list[NumberedRow]]]:
    for sheet in sheets:
        rows = _limited(sheet.rows())
        if sheet.title == options.sheet:
            yield sheet, rows
            continue
        try:
            read_crosstab(rows, header_row=options.header_row, header_depth=options.header_depth)
        except Problem:
            continue
        yield sheet, rows


def _limited(rows: Iterator[NumberedRow]) -> list[NumberedRow]:
    found = list(islice(rows, MOST_ROWS + 1))
    if len(found) > MOST_ROWS:
        raise Problem(_("The sheet has more than %(rows)s rows."), rows=MOST_ROWS)
    return found


def crosstab_of(path: Path, options: Options) -> tuple[Crosstab, Opened]:
    """A file's crosstab as it is to be read. Raises `Problem` when there is none."""
    opened = open_crosstab(path, options)
    places = {name: options.places.get(name, -1) for name in ("label", "code")} if options.places is not None else None
    table = read_crosstab(
        opened.rows,
        header_row=options.header_row,
        header_depth=options.header_depth,
        places=places,
        merged=opened.merged,
    )
    return table, opened


def look_at_crosstab(path: Path, options: Options) -> Look:
    """What was recognised of a crosstab: its columns with their whole headings, and which say what a row is."""
    table, opened = crosstab_of(path, options)
    names = {table.label: "label", table.code: "code"}
    columns = [
        SeenColumn(place, heading, tuple(islice(_values(table, place), _SAMPLES)), names.get(place, ""))
        for place, heading in sorted(table.headings.items())
    ]
    return Look(
        recognised=Recognised(header_row=table.header_row, **opened.recognised),
        columns=tuple(columns),
        missing=() if table.label >= 0 else ("label",),
        sheets=opened.sheets,
        sheet_words=opened.sheet_words,
        first_rows=tuple(filled_rows(opened.rows[: max(_SHOWN_ROWS, table.header_row)])),
        header_depth=table.header_depth,
        encoding=opened.codes.get("encoding", ""),
        separator=opened.codes.get("separator", ""),
    )


def _values(table: Crosstab, place: int) -> Iterator[str]:
    for line in table.lines:
        value = {table.label: line.label, table.code: line.code}.get(place, line.cells.get(place, ""))
        if value:
            yield value


def crosstab_rows(path: Path, options: Options) -> Iterator[NumberedRow]:
    """The headings as one row, then all rows below them as they are written."""
    table, opened = crosstab_of(path, options)
    width = max(table.headings, default=0) + 1
    yield table.header_row, [table.headings.get(place, "") for place in range(width)]
    yield from ((number, cells) for number, cells in opened.rows if number > table.header_row)
