"""Degrees to drawing units, against values worked out by hand."""

from __future__ import annotations

from math import cos, radians

import pytest
from shapely import Point, Polygon, box

from region.drawing.projection import Frame, common_bounds


def test_frame_corners_lie_on_the_margin() -> None:
    frame = Frame.around((12.0, 49.0, 14.0, 50.0), width=200, margin=10)
    assert frame.point(12.0, 50.0) == (10, 10)
    x, y = frame.point(14.0, 49.0)
    assert (round(x, 6), round(y, 6)) == (190, round(frame.height - 10, 6))


def test_frame_keeps_proportions_of_the_ground() -> None:
    frame = Frame.around((12.0, 49.0, 14.0, 50.0), width=200)
    assert round(frame.height, 3) == round(200 / (2 * cos(radians(49.5))), 3)


def test_frame_draws_north_above_south() -> None:
    frame = Frame.around((12.0, 49.0, 14.0, 50.0), width=200)
    assert frame.point(13.0, 49.9)[1] < frame.point(13.0, 49.1)[1]


@pytest.mark.parametrize("bounds", [(12.0, 49.0, 12.0, 50.0), (12.0, 50.0, 13.0, 49.0)])
def test_frame_without_area_is_refused(bounds: tuple[float, float, float, float]) -> None:
    with pytest.raises(ValueError, match="no area"):
        Frame.around(bounds, width=100)


def test_project_moves_every_vertex() -> None:
    frame = Frame.around((0.0, -1.0, 2.0, 1.0), width=200)
    assert frame.project(box(0, -1, 2, 1)).bounds == pytest.approx((0, 0, 200, 200))


def test_common_bounds_span_all_shapes() -> None:
    assert common_bounds([Point(1, 2), Polygon(), box(3, -1, 4, 0)]) == (1, -1, 4, 2)


def test_common_bounds_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        common_bounds([Polygon()])
