"""Merged cells of a sheet, and cells that are left empty because the one above says it already. Pure.

A workbook knows which cells are merged, and what it says is believed. Where nothing is said (CSV, or people who centre
over several cells), empty cells are taken for merged ones by whoever reads the headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from region.tables.spool import NumberedRow

# A column left of the labels tells groups apart when labels repeat so often and pairs so rarely.
_REPEATED, _TOLD = 0.6, 0.9


@dataclass(frozen=True, slots=True)
class Merged:
    """A rectangle of merged cells: rows as a spreadsheet numbers them, places of columns from 0; all inclusive."""

    top: int
    bottom: int
    left: int
    right: int


def filled_down(rows: Sequence[NumberedRow], merged: Sequence[Merged]) -> list[NumberedRow]:
    """Rows in which each cell merged with those above it holds what they hold."""
    tall = [one for one in merged if one.bottom > one.top and one.left == one.right]
    return _filled(rows, tall)


def filled_headings(rows: Sequence[NumberedRow], merged: Sequence[Merged]) -> list[Sequence[str]] | None:
    """The cells of heading rows with each merged cell filled; None when no cells are merged across columns there."""
    numbers = {number for number, _cells in rows}
    wide = [one for one in merged if one.right > one.left and one.top in numbers]
    return [cells for _number, cells in _filled(rows, wide)] if wide else None


def _filled(rows: Sequence[NumberedRow], merged: Sequence[Merged]) -> list[NumberedRow]:
    told: dict[int, list[Merged]] = {}
    for one in merged:
        for number in range(one.top, one.bottom + 1):
            told.setdefault(number, []).append(one)
    known = dict(rows)
    return [(number, _row(cells, told.get(number, ()), known)) for number, cells in rows]


def _row(cells: Sequence[str], merged: Sequence[Merged], rows: Mapping[int, Sequence[str]]) -> list[str]:
    found = list(cells)
    for one in merged:
        first = rows.get(one.top, ())
        text = first[one.left] if one.left < len(first) else ""
        found += [""] * (one.right + 1 - len(found))
        for place in range(one.left, one.right + 1):
            found[place] = found[place] or text
    return found if merged else list(cells)


def group_place(data: Sequence[NumberedRow], label: int) -> int:
    """Place of a column left of the labels that says to which group a row belongs; -1 for none.

    Its cells may be empty below the first of each group.
    """
    labels = [_cell(cells, label) for _number, cells in data]
    if len({*labels}) > _REPEATED * len(data):
        return -1
    for place in range(label - 1, -1, -1):
        groups = list(_carried(data, place))
        if groups[0] and len({*zip(groups, labels, strict=True)}) >= _TOLD * len(data):
            return place
    return -1


def with_groups(data: Sequence[NumberedRow], place: int) -> list[NumberedRow]:
    """The rows with the column of groups filled."""
    return [
        (number, [*cells[:place], group, *cells[place + 1 :]])
        for (number, cells), group in zip(data, _carried(data, place), strict=True)
    ]


def _carried(data: Sequence[NumberedRow], place: int) -> Iterator[str]:
    group = ""
    for _number, cells in data:
        group = _cell(cells, place) or group
        yield group


def _cell(cells: Sequence[str], place: int) -> str:
    return cells[place].strip() if 0 <= place < len(cells) else ""
