"""Reading tables of any length in pieces: memory stays bounded, values stay columns."""

from __future__ import annotations

import csv
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.encodings import NAMES, recognise_chunks
from region.tables.headers import Column, Headers, check_headers
from region.tables.reading import (
    SEPARATORS,
    Options,
    Recognised,
    header_place,
    headers_of,
    recognise_separator,
)

if TYPE_CHECKING:
    import pandas as pd

ROWS_AT_ONCE = 50_000
_PIECE = 1 << 20
_SAMPLE_CHARACTERS = 200_000
_SAMPLE_ROWS = 20
# Cells beyond the header are read too, so that a row with an unquoted comma can be told from a whole one.
_SPARE = 4
LINE, SPARE = "line", "spare"


@dataclass(frozen=True, slots=True)
class LongTable:
    """A table on disk, recognised and ready to be read in pieces."""

    path: Path
    encoding: str
    separator: str
    headers: Headers
    header_line: int
    header: tuple[str, ...]

    @property
    def width(self) -> int:
        """Number of cells of the header row."""
        return len(self.header)

    @property
    def recognised(self) -> Recognised:
        """How the file is read, for the reader."""
        name = NAMES.get(self.encoding, self.encoding)
        return Recognised("CSV", self.header_line, encoding=name, separator=SEPARATORS[self.separator])

    def count_lines(self) -> int:
        """About how many rows the file has, for showing progress."""
        with self.path.open("rb") as file:
            return sum(piece.count(b"\n") for piece in iter(lambda: file.read(_PIECE), b""))

    def lines(self) -> Iterator[tuple[int, list[str]]]:
        """All cells of each row below the header, numbered as in `pieces`."""
        with self.path.open(encoding=self.encoding, newline="") as text:
            try:
                rows = enumerate(csv.reader(text, delimiter=self.separator), start=1)
                yield from islice(rows, self.header_line, None)
            except csv.Error as error:
                raise Problem(_("The table is broken: %(error)s"), error=str(error)) from error

    def pieces(self, rows: int = ROWS_AT_ONCE) -> Iterator[pd.DataFrame]:
        """Frames of texts under our names, with `line` (place in the file) and `spare` (cells beyond the header)."""
        import pandas as pd

        places = {place: name for name, place in self.headers.places.items()}
        count = self.width + _SPARE
        try:
            reader = pd.read_csv(
                self.path, sep=self.separator, encoding=self.encoding, dtype=str, keep_default_na=False, header=None,
                names=list(range(count)), skiprows=self.header_line, skip_blank_lines=False, index_col=False,
                chunksize=rows,
            )  # fmt: skip
            with reader:
                while (frame := _next(reader)) is not None:
                    yield _named(frame, places, self.width, self.header_line)
        except pd.errors.EmptyDataError:
            return
        except (pd.errors.ParserError, UnicodeError, csv.Error) as error:
            raise Problem(_("The table is broken: %(error)s"), error=str(error).strip()) from error


def _next(reader: Iterator[pd.DataFrame]) -> pd.DataFrame | None:
    """The next piece that has rows, or None. A row longer than even what is spare is cut; its spare cells tell."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Length of header or names")
        return next((frame for frame in reader if len(frame)), None)


def open_long_table(path: Path, columns: Sequence[Column], options: Options | None = None) -> LongTable:
    """Recognise encoding, separator and columns of a CSV file of any length. Unknown columns are passed over.

    Raises `Problem` as `read_table` does.
    """
    chosen = options or Options()
    if not path.is_file():
        raise Problem(_("There is no file %(path)s."), path=path)
    with path.open("rb") as file:
        if file.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"):
            raise Problem(_("Addresses are read from CSV. Save the table as CSV."))
        file.seek(0)
        encoding = chosen.encoding or recognise_chunks(iter(lambda: file.read(_PIECE), b""))
    try:
        with path.open(encoding=encoding, newline="") as text:
            sample = text.read(_SAMPLE_CHARACTERS).removeprefix("\ufeff")
    except (UnicodeError, LookupError) as error:
        raise Problem(_("The file cannot be read in the encoding %(encoding)s."), encoding=encoding) from error
    separator = chosen.separator or recognise_separator(sample, columns, chosen.ignored)
    return _with_headers(LongTable(path, encoding, separator, Headers(), 0, ()), sample, columns, chosen)


def _with_headers(table: LongTable, sample: str, columns: Sequence[Column], options: Options) -> LongTable:
    """Find the header row at the top of the sample."""
    try:
        rows = list(_cells(sample, table))
    except csv.Error as error:
        raise Problem(_("The table is broken: %(error)s"), error=str(error)) from error
    place = max(header_place(rows, columns, options), 0)
    number, cells = rows[place] if rows else (0, [])
    headers = headers_of(cells, columns, options)
    check_headers(headers, columns, allow_unknown=True)
    return replace(table, headers=headers, header_line=number, header=tuple(cells))


def _cells(sample: str, table: LongTable) -> Iterator[tuple[int, list[str]]]:
    """The first rows with their numbers; a heading in quotation marks may take several lines."""
    reader = csv.reader(StringIO(sample, newline=""), delimiter=table.separator)
    return ((number, row) for number, row in enumerate(islice(reader, _SAMPLE_ROWS), start=1) if row)


def _named(frame: pd.DataFrame, places: dict[int, str], width: int, header_line: int) -> pd.DataFrame:
    """The columns that we know, trimmed, without empty rows."""
    found = frame[list(places)].rename(columns=places).fillna("").apply(_trimmed)
    found[LINE] = frame.index + header_line + 1
    found[SPARE] = _filled(frame[list(range(width, width + _SPARE))])
    # Most rows have something in the columns that we know; only the others are looked at whole.
    bare = (found[list(places.values())] == "").all(axis=1)
    if not bare.any():
        return found
    return found[~bare | _filled(frame.where(bare, "", axis=0))]


def _trimmed(column: pd.Series[str]) -> pd.Series[str]:
    """Texts without the spaces around them; several times as fast as pandas does it."""
    import pandas as pd

    return pd.Series(list(map(str.strip, column.tolist())), index=column.index, dtype=column.dtype)


def _filled(cells: pd.DataFrame) -> pd.Series[bool]:
    """Rows in which any of these cells holds something."""
    told = cells.notna()
    if not told.to_numpy().any():
        return told.any(axis=1)
    return (told & (cells != "")).any(axis=1)
