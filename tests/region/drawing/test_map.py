"""A whole map: areas, plates, names, outline."""

from __future__ import annotations

import pytest
from shapely import Polygon, box

from region.drawing.labels import Label
from region.drawing.map import AreaSource, PointSource, draw_map

WEST = AreaSource(box(0, 0, 1, 2), "West", "/west", "alt", "1", "Západ")
EAST = AreaSource(box(1, 0, 2, 2), "East", tone="city")
WEST_PLAIN = AreaSource(box(0, 0, 1, 2), "West")


def test_map_is_as_high_as_the_ground() -> None:
    drawing = draw_map(areas=[WEST, EAST])
    assert drawing.view_box == f"0 0 700 {drawing.height}"
    assert 695 <= drawing.height <= 705


def test_areas_keep_their_words() -> None:
    west, east = draw_map(areas=[WEST, EAST]).areas
    assert (west.title, west.url, west.tone) == ("West", "/west", "alt")
    assert (east.title, east.url, east.tone) == ("East", "", "city")


def test_numbered_area_has_a_plate_inside_without_its_own_link() -> None:
    (plate,) = draw_map(areas=[WEST, EAST]).points
    assert (plate.number, plate.name, plate.url, plate.label) == ("1", "Západ", "", Label(0, 35, "middle"))
    assert 24 < plate.x < 350


def test_name_wider_than_its_area_is_left_out() -> None:
    area = AreaSource(box(0, 0, 1, 2), "A", number="1", name="Velmi dlouhé jméno městské části za řekou")
    (plate,) = draw_map(areas=[area, EAST]).points
    assert plate.label is None


def test_points_keep_their_link_and_order() -> None:
    drawing = draw_map(
        areas=[EAST],
        points=[
            PointSource(1.2, 1.5, "7", "Stříbro", "/s", "7. Stříbro", "light"),
            PointSource(1.6, 0.5, "8", "Sušice"),
        ],
    )
    assert [(point.number, point.url, point.tone) for point in drawing.points] == [
        ("7", "/s", "light"),
        ("8", "", "brand"),
    ]
    assert drawing.points[0].y < drawing.points[1].y


def test_outline_given_is_the_frame() -> None:
    drawing = draw_map(areas=[EAST], outline=box(-2, 0, 2, 2))
    assert drawing.height < 400


def test_paths_hold_the_budget() -> None:
    jagged = Polygon([(index / 500, (index % 7) / 200) for index in range(1000)] + [(2, 2), (0, 2)]).buffer(0)
    drawing = draw_map(areas=[AreaSource(jagged, "A")], budget=600)
    assert sum(len(area.path) for area in drawing.areas) <= 600


def test_map_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to draw"):
        draw_map(areas=[])


def test_plates_that_would_cover_each_other_are_moved_and_counted() -> None:
    places = [PointSource(0.5, 0.5, "1", ""), PointSource(0.5, 0.5, "2", ""), PointSource(1.5, 1.5, "3", "")]
    still, spread = (draw_map(areas=[EAST, WEST_PLAIN], points=places, spread=spread) for spread in (False, True))
    assert (still.points[0].x, still.points[0].y) == (still.points[1].x, still.points[1].y)
    assert (still.moved, spread.moved) == (0, 2)
    assert (spread.points[2].x, spread.points[2].y) == (still.points[2].x, still.points[2].y)
