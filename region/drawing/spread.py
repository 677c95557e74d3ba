"""Plates that would lie on each other, moved apart by as little as possible. Pure: no Django."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Width and height of a plate with air, as it is drawn on a phone, in units of the view box.
PLATE = (46.0, 44.0)
ROUNDS = 60

Spot = tuple[float, float]


def apart(spots: Sequence[Spot], *, size: Spot, plate: Spot = PLATE) -> list[Spot]:
    """The same places in the same order, so far from each other that plates on them do not overlap.

    Places stay within ``size``. With more plates than have room there, some still overlap: the list beside the map
    says the same. Equal places are moved apart in the order in which they stand.
    """
    moved = [list(spot) for spot in spots]
    for _round in range(ROUNDS):
        is_free = True
        for turn, (first, second) in enumerate(combinations(moved, 2)):
            gaps = [plate[axis] - abs(second[axis] - first[axis]) for axis in (0, 1)]
            if min(gaps) <= 0:
                continue
            is_free = False
            # Of equal places some give way to the side, some up and down.
            axis = turn % 2 if first == second else int(gaps[1] <= gaps[0])
            _push(first, second, axis, gaps[axis])
        for spot in moved:
            for axis in (0, 1):
                spot[axis] = min(max(spot[axis], plate[axis] / 2), size[axis] - plate[axis] / 2)
        if is_free:
            break
    return [(x, y) for x, y in moved]


def _push(first: list[float], second: list[float], axis: int, gap: float) -> None:
    """Each gives way by half of what is lacking, and a hair more, so that rounding closes nothing again."""
    by = (gap + 0.5) / 2 if second[axis] >= first[axis] else -(gap + 0.5) / 2
    first[axis] -= by
    second[axis] += by
