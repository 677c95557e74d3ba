"""A grid of equal hexagons for maps that must not show single places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from shapely.geometry import Polygon

from region.geometry.shapes import transformer
from region.geometry.systems import WGS84
from region.messages import Problem
from region.messages import gettext_noop as _
from reports.spatial.systems import EQUAL_AREA, Numbers, in_metres

# Bearings of the corners of a hexagon that stands on one of them.
_CORNERS = np.radians(np.arange(30, 390, 60))


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """Address of a hexagon: column and row (axial coordinates) of the grid with cells of so many square metres."""

    column: int
    row: int


def cell_shape(cell: Cell, square_metres: float) -> Polygon:
    """The hexagon (WGS84 degrees); its area in EPSG:3035 is exactly what the grid was asked for."""
    side = _side(square_metres)
    x, y = _middle(cell, side)
    lons, lats = transformer(EQUAL_AREA, WGS84).transform(x + side * np.cos(_CORNERS), y + side * np.sin(_CORNERS))
    return Polygon(np.column_stack([lons, lats]))


def counted_cells(places: Sequence[tuple[float, float]] | Numbers, square_metres: float) -> dict[Cell, int]:
    """How many places (longitude, latitude) lie in each cell; the same place always lies in the same cell.

    The grid hangs on the origin of EPSG:3035, not on the data, so that maps of two years and two towns fit together.
    """
    degrees = np.asarray(places, dtype=float).reshape(-1, 2)
    x, y = in_metres(degrees[:, 0], degrees[:, 1], EQUAL_AREA)
    addresses = np.column_stack(_addresses(x, y, _side(square_metres))).astype(np.int64)
    distinct, counted = np.unique(addresses, axis=0, return_counts=True)
    return {Cell(*address): count for address, count in zip(distinct.tolist(), counted.tolist(), strict=True)}


def _side(square_metres: float) -> float:
    """Side of a regular hexagon of a given area."""
    if not (np.isfinite(square_metres) and square_metres > 0):
        raise Problem(_("A cell must be larger than 0 m²."))
    return sqrt(2 * square_metres / (3 * sqrt(3)))


def _middle(cell: Cell, side: float) -> tuple[float, float]:
    """Centre of a hexagon that stands on its corner."""
    return side * sqrt(3) * (cell.column + cell.row / 2), side * 1.5 * cell.row


def _addresses(x: Numbers, y: Numbers, side: float) -> tuple[Numbers, Numbers]:
    """Column and row of each point: cube coordinates are rounded, the worst of the three made to fit."""
    row = y / (side * 1.5)
    column = x / (side * sqrt(3)) - row / 2
    third = -column - row
    whole_column, whole_row, whole_third = np.rint(column), np.rint(row), np.rint(third)
    off_column, off_row = np.abs(whole_column - column), np.abs(whole_row - row)
    off_third = np.abs(whole_third - third)
    fix_column = (off_column > off_row) & (off_column > off_third)
    fix_row = ~fix_column & (off_row > off_third)
    return (
        np.where(fix_column, -whole_row - whole_third, whole_column),
        np.where(fix_row, -whole_column - whole_third, whole_row),
    )
