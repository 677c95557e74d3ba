from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from region.geometry.shapes import area_km2, projected_to
from region.messages import Problem
from reports.spatial.hexagons import cell_shape, counted_cells

SQUARE = box(13.370, 49.740, 13.385, 49.750)
HALF_HECTARE = 5000
# So many places in the square that none of its cells stays without one.
EVERYWHERE = [(lon, lat) for lon in np.linspace(13.370, 13.385, 120) for lat in np.linspace(49.740, 49.750, 120)]
CELLS = sorted(counted_cells(EVERYWHERE, HALF_HECTARE))


def test_cells_are_equal() -> None:
    areas = [area_km2(cell_shape(cell, HALF_HECTARE)) * 1e6 for cell in CELLS]
    assert areas == pytest.approx([HALF_HECTARE] * len(CELLS), rel=1e-6)


def test_cells_cover_the_ground_without_overlap() -> None:
    shapes = [cell_shape(cell, HALF_HECTARE) for cell in CELLS]
    together = shapely.union_all([projected_to(shape, 3035).buffer(0.001) for shape in shapes])
    # A cell of which only a sliver lies in the square may hold none of the places.
    assert together.covers(projected_to(SQUARE, 3035).buffer(-10))
    assert together.area == pytest.approx(len(shapes) * HALF_HECTARE, rel=1e-4)


@given(lon=st.floats(min_value=12.2, max_value=24), lat=st.floats(min_value=48.6, max_value=54))
def test_place_lies_in_its_cell(lon: float, lat: float) -> None:
    (cell,) = counted_cells([(lon, lat)], HALF_HECTARE)
    shape = projected_to(cell_shape(cell, HALF_HECTARE), 3035)
    assert shape.distance(projected_to(Point(lon, lat), 3035)) < 0.001


def test_grid_does_not_depend_on_the_data() -> None:
    place = (13.3776, 49.7475)
    alone = counted_cells([place], HALF_HECTARE)
    among = counted_cells([(13.0, 49.0), place, place], HALF_HECTARE)
    assert (len(among), [among[cell] for cell in alone]) == (2, [2])


def test_no_places_no_cells() -> None:
    assert counted_cells([], HALF_HECTARE) == {}


@pytest.mark.parametrize("size", [0, -1, float("nan")])
def test_size_that_is_none(size: float) -> None:
    with pytest.raises(Problem, match="larger than 0"):
        counted_cells(EVERYWHERE, size)
