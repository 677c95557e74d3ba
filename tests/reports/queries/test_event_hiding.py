from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from reports.queries.event_hiding import LEAST, hidden_cells, is_small

MOST = 9


def fillings(column: list[int], dark: set[int]) -> list[tuple[int, ...]]:
    """Every way to fill the hidden cells of a column so that its total stays."""
    ranges = [range(sum(column) + 1) if r in dark else [count] for r, count in enumerate(column)]
    return [choice for choice in product(*ranges) if sum(choice) == sum(column)]


def possible(counts: list[list[int]]) -> dict[tuple[int, int], set[int]]:
    """Every value that each hidden cell may have, for a reader who knows all totals of columns and all shown cells."""
    hidden, width = hidden_cells(counts), len(counts[0])
    shown = [[*row, sum(row)] for row in counts]
    values: dict[tuple[int, int], set[int]] = {cell: set() for cell in hidden}
    columns = []
    for c in range(width):
        dark = {r for r, place in hidden if place == c}
        columns.append(fillings([row[c] for row in shown], dark))
    for choice in product(*columns):
        full = [[*row, sum(row)] for row in zip(*choice, strict=True)]
        sums = [(full[r][width], shown[r][width], (r, width) in hidden) for r in range(len(full))]
        if all(dark or made == told for made, told, dark in sums):
            for r, c in hidden:
                values[r, c].add(full[r][c])
    return values


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([[12], [8]], set()),
        ([[0], [0]], set()),
        ([[5, 0], [0, 9]], set()),
        ([[30, 0], [0, 3]], {(0, 1), (0, 2), (1, 1), (1, 2)}),
        # One small cell takes the smallest of the others with it.
        ([[30], [3], [20]], {(1, 0), (2, 0), (1, 1), (2, 1)}),
        # Two cells that must both be 1 take a third with them.
        ([[1], [1], [9]], {(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)}),
        ([[4], [4], [9]], {(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)}),
        ([[2], [4], [9]], {(0, 0), (1, 0), (0, 1), (1, 1)}),
        ([], set()),
    ],
)
def test_hidden_cells_of_small_tables(counts: list[list[int]], hidden: set[tuple[int, int]]) -> None:
    assert hidden_cells(counts) == hidden


def test_hidden_cells_cannot_be_worked_out() -> None:
    chance = np.random.default_rng(4)
    tried = 0
    for _number in range(1_500):
        counts: list[list[int]] = chance.choice([0, 0, 1, 2, 3, 4, 5, MOST], size=(3, 2)).tolist()
        if any(sum(column) > 14 for column in zip(*counts, strict=True)):
            continue
        for (r, c), values in possible(counts).items():
            if is_small([*counts[r], sum(counts[r])][c]):
                tried += 1
                assert len(values) > 1, (counts, (r, c))
    assert tried > 50


def test_hidden_cells_shows_what_is_large_enough() -> None:
    counts = [[LEAST, 40], [60, LEAST + 1], [7, 8]]
    assert hidden_cells(counts) == frozenset()
