"""Tables of events of any length and kind as frames of texts: CSV in pieces, workbooks by way of a file of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from region.tables.chunks import LINE, ROWS_AT_ONCE, SPARE, LongTable, open_long_table
from region.tables.features import is_features
from region.tables.headers import Headers
from region.tables.looking import Look, guessed, look_at
from region.tables.reading import Options, Recognised, Table, read_table, written_rows
from region.tables.sheets import XLS, XLSX
from reports.domain.events_columns import EVENT_COLUMNS, check_event_headers
from reports.domain.events_moments import is_moment

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class EventTable:
    """A table that was recognised, to be gone through as often as wanted."""

    path: Path
    headers: Headers
    recognised: Recognised
    source: LongTable | Table

    def count_lines(self) -> int:
        """About how many rows there are."""
        return self.source.count_lines() if isinstance(self.source, LongTable) else len(self.source.rows)

    def pieces(self, rows: int = ROWS_AT_ONCE) -> Iterator[pd.DataFrame]:
        """Frames of texts under our names, with `line` and `spare` (more cells than headings)."""
        if isinstance(self.source, LongTable):
            return self.source.pieces(rows)
        return _frames(self.source, rows)


def open_events(path: Path, options: Options | None = None) -> EventTable:
    """Recognise a CSV, TXT, XLSX, XLS or GeoJSON file of events.

    Raises `Problem` for what is no table, for doubled columns, and when no column says when events happened.
    """
    source: LongTable | Table
    source = read_table(path, EVENT_COLUMNS, _lenient(options)) if is_held(path) else open_csv(path, options)
    check_event_headers(source.headers)
    return EventTable(path, source.headers, source.recognised, source)


def look_at_events(path: Path, options: Options | None = None) -> Look:
    """What is recognised of a file; where no heading says when events were, the first column with moments does."""
    look = look_at(path, EVENT_COLUMNS, options)
    if options is not None and options.places is not None:
        return look
    return replace(look, columns=guessed(look.columns, "moment", is_moment, unless=("date", "moment", "day", "month")))


def open_csv(path: Path, options: Options | None = None) -> LongTable:
    """Recognise a file of separated values."""
    return open_long_table(path, EVENT_COLUMNS, _lenient(options))


def event_rows(path: Path, options: Options) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows as written, the header row first: for the file of rejected rows."""
    if is_held(path):
        yield from written_rows(path, EVENT_COLUMNS, _lenient(options))
        return
    table = open_csv(path, options)
    yield table.header_line, table.header
    yield from table.lines()


def is_held(path: Path) -> bool:
    """Whether the file is read whole: a workbook of a spreadsheet program, or GeoJSON."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        start = file.read(len(XLSX))
        file.seek(0)
        return start in (XLSX, XLS) or is_features(file)


def _lenient(options: Options | None) -> Options:
    """Columns that we do not know are passed over: mostly free text, which is not read at all."""
    chosen = options or Options()
    return Options(
        encoding=chosen.encoding,
        sheet=chosen.sheet,
        ignore=chosen.ignore,
        ignore_unknown=True,
        separator=chosen.separator,
        header_row=chosen.header_row,
        places=chosen.places,
    )


def _frames(table: Table, size: int) -> Iterator[pd.DataFrame]:
    import pandas as pd

    names = list(table.headers.places)
    waiting = iter(table.rows)
    while piece := list(islice(waiting, size)):
        cells = [[row.cells[name] for name in names] for row in piece]
        frame = pd.DataFrame(cells, columns=names, dtype="str")
        frame[LINE] = [row.number for row in piece]
        frame[SPARE] = [any(not fault.column for fault in row.faults) for row in piece]
        yield frame
