"""Statistical crosstabs: headings of several merged rows, sum rows among the data, page headers in between. Pure.

Offices publish tables whose rows and columns both say what is counted. What is a heading and what is a number is found
by looking; every guess can be corrected by a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median

import numpy as np

from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.merged_cells import Merged, filled_down, filled_headings, group_place, with_groups
from region.tables.spool import NumberedRow
from region.tables.values import folded, parse_number

# Signs by which statistical offices say why there is no number.
MARKS: Mapping[str, str] = {
    "-": "did_not_occur", "–": "did_not_occur", "—": "did_not_occur",
    ".": "unknown", "..": "unknown", "…": "unknown", "...": "unknown",
    "x": "not_applicable", "×": "not_applicable",
    "i.d.": "confidential", "i. d.": "confidential", "d": "confidential", "c": "confidential", "#": "confidential",
}  # fmt: skip
DEEPEST_HEADING = 8
_TOTAL = re.compile(
    r"\b(celkem|celkova|celkove|celkovy|uhrnem|souhrn|soucet|razem|ogolem|suma|total|totals|sum|overall|altogether)\b"
)
_FOOTNOTE = re.compile(r"(?:\s*[*†‡]+\)?|\s*[⁰¹²³⁴⁵⁶⁷⁸⁹]+\)?|\s+\d\))$")
_RANGE = re.compile(r"(\d+)\s*[-–—]\s*(\d+)")
_YEARS = range(1850, 2200)
# Beyond so many rows sums are recognised by their words and codes alone.
_MOST_ADDED = 1_500
_SAME = 1e-6
_LEVELS = 3
# A single number that is as large is hardly a sum of its neighbours by chance.
_TELLING = 1_000


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of numbers: its place and its heading as one text."""

    place: int
    heading: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row of numbers: its line in the file, code and label, cells by place; whether it sums up others."""

    number: int
    code: str
    label: str
    cells: Mapping[int, str]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Crosstab:
    """A crosstab as understood. `code` and `label` are places of columns (-1: none), `headings` all of their texts."""

    measures: tuple[Measure, ...]
    lines: tuple[Line, ...]
    titles: tuple[str, ...]
    headings: Mapping[int, str]
    header_row: int
    header_depth: int
    code: int
    label: int


def figure_text(text: str) -> str:
    """A cell without percent sign and signs of footnotes: "45,5 %", "12*", "35¹)"."""
    return _FOOTNOTE.sub("", text.strip()).rstrip("%").strip()


@lru_cache(maxsize=10_000)
def is_number(text: str) -> bool:
    """Whether a cell holds a number."""
    try:
        parse_number(figure_text(text))
    except Problem:
        return False
    return True


def read_crosstab(
    rows: Sequence[NumberedRow],
    *,
    header_row: int = 0,
    header_depth: int = 0,
    places: Mapping[str, int] | None = None,
    merged: Sequence[Merged] = (),
) -> Crosstab:
    """Understand the rows of a sheet, blank ones included.

    `header_row` is the last row of the headings (0: found out) and `header_depth` how many they take (0: found out);
    `places` may say where `code` and `label` stand; `merged` are the cells that the workbook says are merged. Raises
    `Problem` when there are no rows of numbers.
    """
    rows = filled_down(rows, merged)
    wanted = header_row if any(number == header_row for number, _cells in rows) else 0
    first = _after(rows, wanted) if wanted else _first_data(rows)
    usual = _usual(rows[first:])
    data = [row for row in rows[first:] if _is_data(row[1], usual)]
    if not data:
        raise Problem(_("No rows of numbers were found below the headings."))
    label, code = _label_places(data, places or {})
    group = group_place(data, label) if label > 0 and code < 0 and "code" not in (places or {}) else -1
    group = code if "code" in (places or {}) else group
    if group >= 0:
        data, code = with_groups(data, group), group
    measures = _measure_places(data, {label, code})
    depth = header_depth or _depth(rows, first, measures)
    begin = max(first - depth, 0)
    headings = _headings(rows[begin:first], measures, {label, code}, merged)
    lines = _lines(data, measures, label, code)
    return Crosstab(
        measures=tuple(Measure(place, headings[place]) for place in measures),
        lines=tuple(with_totals(lines)),
        titles=tuple(_titles(rows[:begin])),
        headings=headings,
        header_row=rows[first - 1][0] if first else 0,
        header_depth=first - begin,
        code=code,
        label=label,
    )


def _after(rows: Sequence[NumberedRow], header_row: int) -> int:
    return next(place for place, (number, _cells) in enumerate(rows) if number == header_row) + 1


def _usual(rows: Sequence[NumberedRow]) -> float:
    """Half of the numbers that a row of data usually has."""
    counts = [count for _number, cells in rows if (count := _numbers(cells))]
    return max(1.0, median(counts) / 2) if counts else 1.0


def _numbers(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if is_number(cell))


def _first_data(rows: Sequence[NumberedRow]) -> int:
    """Place of the first row of data: so many numbers as usual, and neither years nor numbers of columns."""
    usual = _usual(rows)
    found = (place for place, (_number, cells) in enumerate(rows) if _is_data(cells, usual))
    first, second = next(found, None), next(found, None)
    if first is not None:
        # One year above the numbers is a heading too, unless years are what the rows are of.
        is_heading = second is not None and _has_year(rows[first][1]) and not _has_year(rows[second][1])
        return second if second is not None and is_heading else first
    raise Problem(_("No rows of numbers were found below the headings."))


def _is_data(cells: Sequence[str], usual: float) -> bool:
    """Whether a row has the numbers that rows of data have, and a text that says of what."""
    numbers = [cell.strip() for cell in cells if is_number(cell)]
    if len(numbers) < usual or not any(cell.strip() and cell.strip() not in MARKS for cell in cells):
        return False
    is_numbering = _are_counted(numbers) and all(len(cell.strip()) < 2 for cell in cells if not is_number(cell))
    return not _are_years(numbers) and not is_numbering


def _are_years(numbers: Sequence[str]) -> bool:
    """Headings that are years: at least two different ones, rising."""
    texts = [figure_text(number) for number in numbers]
    if len(texts) < 2 or not all(text.isdigit() and int(text) in _YEARS for text in texts):
        return False
    years = [int(text) for text in texts]
    return years == sorted(set(years)) or years == sorted(set(years), reverse=True)


def _has_year(cells: Sequence[str]) -> bool:
    """Whether the only number of a row is a year."""
    numbers = [figure_text(cell) for cell in cells if is_number(cell)]
    return len(numbers) == 1 and numbers[0].isdigit() and int(numbers[0]) in _YEARS


def _are_counted(numbers: Sequence[str]) -> bool:
    """A row that numbers the columns one after the other."""
    if len(numbers) < 3 or not numbers[0].isdigit():
        return False
    first = int(numbers[0])
    return list(numbers) == [str(first + step) for step in range(len(numbers))]


def _label_places(data: Sequence[NumberedRow], told: Mapping[str, int]) -> tuple[int, int]:
    """Places of label and code: the column with the most different words, and codes in the column beside it."""
    width = max(len(cells) for _number, cells in data)
    words = [
        len({cell for _number, cells in data if (cell := _cell(cells, place)) and not is_number(cell)})
        for place in range(width)
    ]
    label = told.get("label", width - 1 - words[::-1].index(max(words)) if max(words, default=0) else _years(data))
    if "code" in told:
        return label, told["code"]
    filled = [place for place in range(max(label, 0)) if _has_codes(data, place)]
    return label, filled[-1] if filled else -1


def _years(data: Sequence[NumberedRow]) -> int:
    """The first column, when each row is a year ("2021"); else -1: nothing says what the rows are of."""
    first = [_cell(cells, 0) for _number, cells in data]
    return 0 if _are_years(first) else -1


def _has_codes(data: Sequence[NumberedRow], place: int) -> bool:
    """Whether a column left of the label holds codes: mostly filled, mostly different."""
    values = [cell for _number, cells in data if (cell := _cell(cells, place))]
    return len(values) > len(data) / 2 and len(set(values)) > len(values) / 2


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""


def _measure_places(data: Sequence[NumberedRow], besides: set[int]) -> list[int]:
    """Columns right of the labels that hold numbers or marks."""
    width = max(len(cells) for _number, cells in data)
    begin = max(besides) + 1 if max(besides) >= 0 else 0
    return [place for place in range(begin, width) if _is_measure([_cell(cells, place) for _number, cells in data])]


def _is_measure(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    numbers = [value for value in filled if is_number(value)]
    told = len(numbers) + sum(1 for value in filled if value.lower() in MARKS)
    # A cell that cannot be read must not hide its column: it is told when somebody wants it.
    return bool(numbers) and told > len(filled) / 2


def _depth(rows: Sequence[NumberedRow], first: int, measures: Sequence[int]) -> int:
    """How many rows above the data are headings: those with texts over several columns of numbers."""
    needed = 1 if len(measures) <= 3 else 2
    depth = 0
    for _number, cells in reversed(rows[max(first - DEEPEST_HEADING, 0) : first]):
        if sum(1 for place in measures if _cell(cells, place)) < needed:
            break
        depth += 1
    return depth


def _headings(
    rows: Sequence[NumberedRow], measures: Sequence[int], besides: set[int], merged: Sequence[Merged]
) -> dict[int, str]:
    """One text for each column: what stands above it, merged cells carried to the columns that they span."""
    plain = [cells for _number, cells in rows]
    filled = filled_headings(rows, merged)
    spread = _spread(plain, measures) if filled is None else _told(filled, measures)
    columns = {place: [row.get(place, "") for row in spread] for place in measures}
    columns |= {place: [_cell(row, place) for row in plain] for place in besides if place >= 0}
    return {place: _joined(parts) or f"{place + 1}" for place, parts in columns.items()}


def _told(rows: Sequence[Sequence[str]], measures: Sequence[int]) -> list[dict[int, str]]:
    """Headings by row and column, where the workbook itself says what is merged."""
    return [{place: _cell(row, place) for place in measures} for row in rows]


def _spread(rows: Sequence[Sequence[str]], measures: Sequence[int]) -> list[dict[int, str]]:
    """Headings by row and column. An empty cell belongs to the heading on its left, within the heading above both."""
    found: list[dict[int, str]] = []
    above: dict[int, int] = dict.fromkeys(measures, 0)
    for depth, row in enumerate(rows):
        starts = _starts(row, measures, above, is_last=depth == len(rows) - 1)
        found.append({place: _cell(row, starts[place]) for place in measures})
        above = {place: hash((above[place], starts[place])) for place in measures}
    return found


def _starts(row: Sequence[str], measures: Sequence[int], above: Mapping[int, int], *, is_last: bool) -> dict[int, int]:
    """For each column the place at which its heading in this row begins: its own, or that of a merged cell.

    Within a heading above, cells are taken for merged only when the first of them is filled: else the empty ones are
    columns without a heading of their own here. The last row merges nothing.
    """
    found: dict[int, int] = {}
    start, within, may_span = -1, -1, False
    for place in measures:
        if above[place] != within:
            start, within = -1, above[place]
            may_span = bool(_cell(row, place)) or not any(above.values())
        if _cell(row, place):
            start = place
        found[place] = start if start >= 0 and may_span and not is_last else place
    return found


def _joined(parts: Sequence[str]) -> str:
    """Parts of a heading as one text; a word that was divided at the end of a line becomes whole again."""
    text = ""
    for part in (" ".join(one.split()) for one in parts):
        if text.endswith("-") and part[:1].islower():
            text = text[:-1] + part
        elif part and part != text:
            text = f"{text} {part}".strip()
    return text


def _lines(data: Sequence[NumberedRow], measures: Sequence[int], label: int, code: int) -> list[Line]:
    return [
        Line(
            number=number,
            code=" ".join(_cell(cells, code).split()) if code >= 0 else "",
            label=" ".join(_cell(cells, label).split()),
            cells={place: _cell(cells, place) for place in measures},
        )
        for number, cells in data
    ]


def _titles(rows: Sequence[NumberedRow]) -> Iterator[str]:
    for _number, cells in rows:
        text = " ".join(" ".join(cell.split()) for cell in cells if cell.strip())
        if text:
            yield text


def with_totals(lines: Sequence[Line]) -> list[Line]:
    """The lines, those marked that sum up others: by their words, by a code that spans others, or by adding up."""
    totals = {place for place, line in enumerate(lines) if _says_total(line, lines)}
    totals |= _adding_up(lines, totals)
    return [
        Line(line.number, line.code, line.label, line.cells, is_total=place in totals)
        for place, line in enumerate(lines)
    ]


def _says_total(line: Line, lines: Sequence[Line]) -> bool:
    if _TOTAL.search(folded(line.label)):
        return True
    span = _RANGE.fullmatch(line.code)
    if not span:
        return False
    low, high = int(span[1]), int(span[2])
    return sum(1 for one in lines if one.code.isdigit() and low <= int(one.code) <= high) > 1


def _adding_up(lines: Sequence[Line], known: set[int]) -> set[int]:
    """Rows that equal the sum of the rows next to them, in every column; sums themselves are not added again."""
    if len(lines) > _MOST_ADDED:
        return set()
    values = np.array([[_figure(text) for text in line.cells.values()] for line in lines], dtype=float)
    found: set[int] = set()
    # Sums of sums are seen once the sums are known.
    for _level in range(_LEVELS):
        fresh = {
            place for place in range(len(lines)) if place not in known | found and _is_sum(values, place, known | found)
        }
        if not fresh:
            break
        found |= fresh
    return found


def _is_sum(values: np.ndarray, place: int, sums: set[int]) -> bool:
    """Whether a row tells enough not to be a sum by chance, and the rows below or above it add up to it."""
    telling = np.count_nonzero(values[place])
    if telling < 2 and values[place].max(initial=0.0) < _TELLING:
        return False
    below = [one for one in range(place + 1, len(values)) if one not in sums]
    above = [one for one in range(place - 1, -1, -1) if one not in sums]
    return _adds(values, place, below) or _adds(values, place, above)


def _adds(values: np.ndarray, place: int, run: Sequence[int]) -> bool:
    """Whether two or more rows of the run, from its beginning, add up to the row."""
    if len(run) < 2:
        return False
    sums = np.cumsum(values[list(run)], axis=0)[1:]
    return bool((np.abs(sums - values[place]) <= _SAME).all(axis=1).any())


def _figure(text: str) -> float:
    try:
        return float(parse_number(figure_text(text)))
    except Problem:
        return 0.0
