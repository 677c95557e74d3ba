"""Reading XLSX workbooks row by row: whatever their size, only their texts and one row are held.

The parts are parsed as they are unpacked. What a workbook of a spreadsheet program never holds is refused: document
type declarations, cells longer than such programs allow, parts that unpack to something huge.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import PurePosixPath
from typing import IO, Any, TypeAlias
from xml.parsers import expat

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.spool import NumberedRow
from region.tables.values import value_text

WIDEST = 200
TALLEST = 200_000
# A small archive can unpack to anything; real tables of this size take far less.
_MOST_UNPACKED = 400_000_000
# Texts are held in memory, so they are bounded more closely.
_MOST_TEXTS, _MOST_TEXT_BYTES = 1_000_000, 60_000_000
# Spreadsheet programs allow 32,767 letters in a cell; in the file, each may be written in several.
_LONGEST_TEXT = 300_000
_PIECE = 1 << 16
_MAIN = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_STYLES = "xl/styles.xml"
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS = re.compile(r"[A-Z]{1,3}")

# What reading a spoilt or forged archive raises; a part with a password raises RuntimeError besides.
_DAMAGE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, NotImplementedError,
    OSError, OverflowError, ValueError,
)  # fmt: skip

Start: TypeAlias = "Callable[[str, dict[str, str]], object]"
End: TypeAlias = "Callable[[str, str], object]"


@dataclass(frozen=True, slots=True)
class _Style:
    """Whether numbers of a style are days, and whether they are lengths of time."""

    is_date: bool = False
    is_duration: bool = False


@dataclass
class Workbook:
    """An open workbook; use `open_workbook`."""

    archive: zipfile.ZipFile
    sheets: dict[str, str] = field(default_factory=dict)
    starts_1904: bool = False

    @cached_property
    def texts(self) -> Sequence[str]:
        """The texts that cells refer to by number."""
        name = next((name for name in self.archive.namelist() if name.lower() == "xl/sharedstrings.xml"), "")
        if not name:
            return ()
        if self.archive.getinfo(name).file_size > _MOST_TEXT_BYTES:
            raise Problem(_("The workbook is too large when unpacked."))
        texts: list[str] = []
        reader = _TextReader(texts)
        for _part in _parsed(self.archive, name, reader.start, reader.end):
            if len(texts) > _MOST_TEXTS:
                raise Problem(_("The workbook is too large when unpacked."))
        return texts

    @cached_property
    def styles(self) -> Mapping[str, _Style]:
        """Styles by their numbers, as cells name them; those of plain numbers are left out."""
        if _STYLES not in self.archive.namelist():
            return {}
        reader = _StyleReader()
        for _part in _parsed(self.archive, _STYLES, reader.start):
            pass
        return reader.styles()

    def rows(self, title: str) -> Iterator[NumberedRow]:
        """Rows of a sheet with their numbers (from 1); rows that the file leaves out are left out."""
        reader = _CellReader(self)
        for _part in _parsed(self.archive, self.sheets[title], reader.start, reader.end):
            yield from reader.taken()


@contextmanager
def open_workbook(file: IO[bytes]) -> Iterator[Workbook]:
    """A workbook with its visible sheets. Raises `Problem` for what is none, and for what unpacks to too much."""
    try:
        archive = zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise Problem(_("The workbook is damaged.")) from error
    with archive:
        if _MAIN not in archive.namelist():
            raise Problem(_("This is not an XLSX workbook. Save the table as XLSX or CSV."))
        if sum(entry.file_size for entry in archive.infolist()) > _MOST_UNPACKED:
            raise Problem(_("The workbook is too large when unpacked."))
        reader = _BookReader()
        for name in (_RELATIONS, _MAIN):
            for _part in _parsed(archive, name, reader.start):
                pass
        if not reader.sheets:
            raise Problem(_("The workbook is damaged."))
        yield Workbook(archive, reader.sheets, reader.starts_1904)


def _parsed(archive: zipfile.ZipFile, name: str, start: Start, end: End | None = None) -> Iterator[None]:
    """Parse a part in pieces, and pause after each. ``end`` gets an element's own text; names come without prefix."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    pieces: list[str] = []
    length = 0

    def add(text: str) -> None:
        nonlocal length
        length += len(text)
        if length > _LONGEST_TEXT:
            raise Problem(_("The workbook is damaged."))
        pieces.append(text)

    def begun(tag: str, attributes: dict[str, str]) -> None:
        nonlocal length
        pieces.clear()
        length = 0
        start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

    def ended(tag: str) -> None:
        nonlocal length
        if end is not None:
            end(tag.rpartition(":")[2] if ":" in tag else tag, "".join(pieces) if pieces else "")
        pieces.clear()
        length = 0

    parser.StartDoctypeDeclHandler = _refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = begun, ended, add
    try:
        with archive.open(name) as part:
            piece = b" "
            while piece:
                piece = part.read(_PIECE)
                parser.Parse(piece, not piece)
                yield
    except Problem:
        raise
    except (*_DAMAGE, RuntimeError) as error:
        raise Problem(_("The workbook is damaged.")) from error


def _refuse(*_declaration: object) -> None:
    """Workbooks declare no document types; files that do mean harm."""
    raise Problem(_("The workbook is damaged."))


class _BookReader:
    """Visible sheets with the places of their parts."""

    def __init__(self) -> None:
        self._targets: dict[str, str] = {}
        self.sheets: dict[str, str] = {}
        self.starts_1904 = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            self._targets[attributes["Id"]] = str(PurePosixPath("/xl") / attributes["Target"])[1:]
        elif tag == "workbookPr":
            self.starts_1904 = attributes.get("date1904") in ("1", "true")
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            key = next((value for name, value in attributes.items() if name.rpartition(":")[2] == "id"), "")
            if key in self._targets:
                self.sheets[attributes["name"]] = self._targets[key]


class _StyleReader:
    """Formats of numbers, and which style uses which."""

    def __init__(self) -> None:
        self._formats: dict[str, str] = {}
        self._used: list[str] = []
        self._is_inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            self._formats[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "cellStyles", "cellStyleXfs"):
            self._is_inside = tag == "cellXfs"
        elif tag == "xf" and self._is_inside:
            self._used.append(attributes.get("numFmtId", "0"))

    def styles(self) -> dict[str, _Style]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format, is_timedelta_format

        known = {str(number): text for number, text in BUILTIN_FORMATS.items()} | self._formats
        found = {
            str(place): _Style(is_date_format(known.get(used)), is_timedelta_format(known.get(used)))
            for place, used in enumerate(self._used)
        }
        return {place: style for place, style in found.items() if style.is_date}


class _TextReader:
    """Texts of the workbook; parts with formats of their own are joined, how words are pronounced is left out."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts
        self._parts: list[str] = []
        self._is_spoken = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        if tag == "rPh":
            self._is_spoken = True

    def end(self, tag: str, text: str) -> None:
        if tag == "t" and not self._is_spoken:
            self._parts.append(text)
        elif tag == "rPh":
            self._is_spoken = False
        elif tag == "si":
            self._texts.append(_plain("".join(self._parts)))
            self._parts.clear()


class _CellReader:
    """Rows of a sheet, as texts."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._texts, self._styles = book.texts, book.styles
        self._rows: list[NumberedRow] = []
        self._number = 0
        self._cells: list[str] = []
        self._place = -1
        self._kind = self._style = self._formula = ""
        self._value: str | None = None
        self._is_spoken = False

    def taken(self) -> list[NumberedRow]:
        """The rows that are complete."""
        rows, self._rows = self._rows, []
        return rows

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._begin_cell(attributes)
        elif tag == "f":
            self._formula = "?"
        elif tag == "rPh":
            self._is_spoken = True
        elif tag == "row":
            self._begin_row(attributes)

    def end(self, tag: str, text: str) -> None:
        if tag == "v":
            self._value = text
        elif tag == "c":
            self._end_cell()
        elif tag == "f":
            self._formula = text or "?"
        elif tag == "t" and not self._is_spoken:
            self._value = (self._value or "") + text
        elif tag == "rPh":
            self._is_spoken = False
        elif tag == "row":
            self._rows.append((self._number, self._cells))

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        self._number = max(int(attributes.get("r", 0)), self._number + 1)
        if self._number > TALLEST:
            raise Problem(_("The sheet has more than %(rows)s rows."), rows=TALLEST)
        self._cells = []
        self._place = -1

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        reference = attributes.get("r")
        self._place = _column(reference) if reference else self._place + 1
        self._kind = attributes.get("t", "n")
        self._style = attributes.get("s", "")
        self._value = None
        self._formula = ""

    def _end_cell(self) -> None:
        if self._place >= WIDEST:
            return
        text = self._text()
        if text:
            cells = self._cells
            cells.extend([""] * (self._place + 1 - len(cells)))
            cells[self._place] = text

    def _text(self) -> str:
        """The cell as a person would type it; a formula that was never calculated keeps its own text."""
        value = self._value
        if not value:
            # A text may be the result and empty; anything else was not calculated.
            has_result = value is not None and self._kind == "str"
            return f"={self._formula}" if self._formula and not has_result else ""
        if self._kind == "s":
            return self._texts[int(value)]
        if self._kind == "n":
            return self._number_text(value)
        if self._kind == "b":
            return value_text(value.strip() not in ("0", "false"))
        if self._kind == "d":
            return value_text(datetime.fromisoformat(value))
        return _plain(value)

    def _number_text(self, value: str) -> str:
        style = self._styles.get(self._style)
        number = float(value) if set(".eE") & set(value) else int(value)
        return value_text(number) if style is None else self._date_text(number, style)

    def _date_text(self, number: float, style: _Style) -> str:
        from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

        start = CALENDAR_MAC_1904 if self._book.starts_1904 else CALENDAR_WINDOWS_1900
        try:
            moment: Any = from_excel(number, start, timedelta=style.is_duration)
        except (OverflowError, ValueError):
            return "#VALUE!"
        return value_text(moment)


def _column(reference: str) -> int:
    """Place (from 0) of the column in a reference such as AB12."""
    found = _LETTERS.match(reference)
    if not found:
        raise Problem(_("The workbook is damaged."))
    place = 0
    for letter in found[0]:
        place = place * 26 + ord(letter) - 64
    return place - 1


def _plain(text: str) -> str:
    """A text without the way in which the format writes signs that XML cannot hold."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
