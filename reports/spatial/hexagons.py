"""A grid of equal hexagons for maps that must not show single places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from region.geometry.shapes import projected_to, transformer
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


def cells_of(places: Sequence[tuple[float, float]], square_metres: float) -> tuple[Cell, ...]:
    """In which cell each place (longitude, latitude) lies; the same place always lies in the same cell.

    The grid hangs on the origin of EPSG:3035, not on the data, so that maps of two years and two towns fit together.
    """
    degrees = np.asarray(places, dtype=float).reshape(-1, 2)
    x, y = in_metres(degrees[:, 0], degrees[:, 1], EQUAL_AREA)
    columns, rows = _addresses(x, y, _side(square_metres))
    return tuple(Cell(int(column), int(row)) for column, row in zip(columns, rows, strict=True))


def cells_over(area: BaseGeometry, square_metres: float, *, most: int = 20_000) -> tuple[Cell, ...]:
    """Cells that touch an area (WGS84), in order; `Problem` when there would be more than `most`."""
    flat = projected_to(area, EQUAL_AREA)
    if flat.is_empty:
        return ()
    side = _side(square_metres)
    west, south, east, north = flat.bounds
    if (east - west + 4 * side) * (north - south + 4 * side) / square_metres > most:
        raise Problem(_("The cells are too small for an area of this size."))
    candidates = _around(west, south, east, north, side)
    shapely.prepare(flat)
    touching = shapely.intersects(flat, _hexagons(candidates, side))
    return tuple(sorted(Cell(int(column), int(row)) for column, row in candidates[touching]))


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


def _around(west: float, south: float, east: float, north: float, side: float) -> Numbers:
    """Addresses of all cells whose centre lies within a cell's size of a box of metres."""
    rows = np.arange(np.floor(south / (side * 1.5)) - 1, np.ceil(north / (side * 1.5)) + 2)
    width = side * sqrt(3)
    found = [
        np.column_stack([columns, np.full(len(columns), row)])
        for row in rows
        for columns in [np.arange(np.floor(west / width - row / 2) - 1, np.ceil(east / width - row / 2) + 2)]
    ]
    return np.concatenate(found)


def _hexagons(addresses: Numbers, side: float) -> Numbers:
    """The hexagons of addresses, in metres."""
    x = side * sqrt(3) * (addresses[:, 0] + addresses[:, 1] / 2)
    y = side * 1.5 * addresses[:, 1]
    corners = np.stack([x[:, None] + side * np.cos(_CORNERS), y[:, None] + side * np.sin(_CORNERS)], axis=-1)
    return np.asarray(shapely.polygons(corners))
