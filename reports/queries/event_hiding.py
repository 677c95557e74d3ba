"""Small counts below the level of towns: which cells of a table are not shown, so that none of them can be worked out.

A count of 1–4 may tell of single people. It is hidden, and with it as many other cells as are needed, because the
totals of the town are known to everybody. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

# The least count that is shown; a zero is shown, because nobody stands behind it.
LEAST = 5

Cell: TypeAlias = tuple[int, int]


def is_small(count: int) -> bool:
    """Whether a count may tell of single people."""
    return 0 < count < LEAST


def hidden_cells(counts: Sequence[Sequence[int]]) -> frozenset[Cell]:
    """Cells (row, column) of a table of districts × kinds that are hidden; after the last column come the rows' sums.

    Known to everybody are the totals of all columns, the last included. No line of the table, nor the sum of a row,
    may then have a single hidden cell, nor only such as must all be 1 or all be 4.
    """
    table = [[*row, sum(row)] for row in counts]
    hidden = {(r, c) for r, row in enumerate(table) for c, count in enumerate(row) if is_small(count)}
    while more := next(_more(table, hidden), None):
        hidden.add(more)
    return frozenset(hidden)


def _more(table: Sequence[Sequence[int]], hidden: set[Cell]) -> Iterator[Cell]:
    """Cells that must be hidden as well, one for each line that still tells."""
    if not table:
        return
    width = len(table[0])
    rows = ([(r, c) for c in range(width)] for r in range(len(table)))
    # The sums first: what is hidden there often suffices for the rows.
    columns = ([(r, c) for r in range(len(table))] for c in reversed(range(width)))
    for line in (*columns, *rows):
        dark = [cell for cell in line if cell in hidden]
        light = [cell for cell in line if cell not in hidden]
        if dark and light and _tells(table, dark, width - 1):
            yield min(light, key=lambda cell: _price(table, cell, width - 1))


def _tells(table: Sequence[Sequence[int]], dark: Sequence[Cell], total: int) -> bool:
    """Whether the hidden cells of a line follow from the rest of it."""
    if len(dark) == 1:
        return True
    values = [table[r][c] for r, c in dark]
    is_sum_known = len({c for _r, c in dark}) == 1 or all(c != total for _r, c in dark)
    if not is_sum_known:
        return False
    # Counts are never below zero: a sum of zero says it all, as does one of nothing but ones or fours.
    return not any(values) or (all(map(is_small, values)) and sum(values) in (len(values), (LEAST - 1) * len(values)))


def _price(table: Sequence[Sequence[int]], cell: Cell, total: int) -> tuple[bool, bool, bool, int, Cell]:
    """What hiding a cell costs the reader: first cells that hold something, small ones before large, totals last.

    In a district without any event a hidden zero covers nothing.
    """
    count, is_bare = table[cell[0]][cell[1]], not table[cell[0]][total]
    return count == 0, is_bare, cell[1] == total, count, cell
