"""Scales, classes, cells and measures of text, with numbers."""

from __future__ import annotations

from decimal import Decimal
from math import cos, radians, sin, sqrt

import pytest
from shapely import Polygon

from portal.views.gallery_charts import areas
from region.chart import Area
from reports.charts.classes import class_of, value_classes
from reports.charts.drawing import ident_of
from reports.charts.lines import shown_places
from reports.charts.scale import extent, round_ticks
from reports.charts.shapes import cells, outlines
from reports.charts.svg import clean, cut, percent, plain, text_width, wrapped


@pytest.mark.parametrize(
    ("low", "high", "ticks"),
    [
        (0, 8956, [0, 2500, 5000, 7500, 10000]),
        (0, 17.8, [0, 5, 10, 15, 20]),
        (-20.5, 33.4, [-40, -20, 0, 20, 40]),
        (0, 0, [0]),
        (0, 0.004, [0, 0.001, 0.002, 0.003, 0.004]),
    ],
)
def test_ticks_are_round(low: float, high: float, ticks: list[float]) -> None:
    assert round_ticks(low, high, 4) == ticks


def test_ticks_of_counted_things_are_whole() -> None:
    assert round_ticks(0, 2, 4, whole=True) == [0, 1, 2]


def test_extent_holds_a_true_zero() -> None:
    assert extent([Decimal(5), Decimal(9)]) == (0, 9)
    assert extent([Decimal(-5), Decimal(-1)]) == (-5, 0)
    assert extent([]) == (0, 0)


def test_classes_hold_equal_values_together() -> None:
    classes = value_classes([Decimal(value) for value in (0, 0, 1, 1, 1, 1, 2, 3, 4, 5, 6, 90)])
    assert [(int(each.low), int(each.high), each.shade) for each in classes] == [
        (0, 0, 0), (1, 1, 1), (2, 3, 2), (4, 5, 4), (6, 90, 5),
    ]  # fmt: skip
    assert class_of(Decimal(4), classes).shade == 4


def test_few_values_are_their_own_classes() -> None:
    assert [each.shade for each in value_classes([Decimal(7)])] == [3]
    assert [each.shade for each in value_classes([Decimal(7), Decimal(9)])] == [1, 5]
    assert value_classes([]) == ()


def test_cells_are_equal_and_never_two_in_one_place() -> None:
    layout = cells(areas().areas)
    places = [(cell.x, cell.y) for cell in layout.areas]
    assert len(set(places)) == len(places) == 20
    shapes = [cell.path[cell.path.index("l") :] for cell in layout.areas]
    assert len(set(shapes)) == 1


def test_cells_lie_as_their_areas_do() -> None:
    corners = [(0, 0), (1, 0), (0, 1), (1, 1)]
    squares = [Polygon([(x, y), (x + 0.9, y), (x + 0.9, y + 0.9), (x, y + 0.9)]) for x, y in corners]
    south_west, south_east, north_west, north_east = cells([Area(each.__geo_interface__) for each in squares]).areas
    assert south_west.x < south_east.x
    assert north_west.x < north_east.x
    assert north_west.y < south_west.y
    assert north_east.y < south_east.y


def test_area_without_outline_has_no_path() -> None:
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}
    for layout in (outlines, cells):
        assert [bool(each.path) for each in layout([Area({}), Area(square)]).areas] == [False, True]
        assert layout([Area({})]).height == 0


def test_outlines_are_remembered_by_what_they_are() -> None:
    first, second = outlines(areas().areas), outlines(areas().areas)
    assert first is second
    assert outlines(areas().areas[1:]) is not first


def test_names_under_an_axis_do_not_meet() -> None:
    assert shown_places([40.0] * 5, 400) == [0, 1, 2, 3, 4]
    assert shown_places([90.0] * 9, 200) == [0, 4, 8]
    assert shown_places([90.0] * 8, 100) == [0, 7]
    assert shown_places([40.0], 100) == [0]
    # The first begins at the axis, so it needs half as much room again.
    assert shown_places([90.0] * 12, 500) == [0, 3, 5, 7, 9, 11]
    # Three years of months: the first one, then always June and December.
    assert shown_places([110.0] * 36, 800) == [0, 11, 17, 23, 29, 35]


def test_text_is_cut_and_wrapped_to_its_room() -> None:
    words = "Odpovědnost za škodu způsobenou provozem"
    lines = wrapped(words, 150)
    assert " ".join(lines) == words
    assert all(text_width(line) <= 150 for line in lines)
    assert wrapped(words, 150, most=1) == ["Odpovědnost za…"]
    assert cut("Nejneobhospodařovávatelnější", 100).endswith("…")
    assert text_width(cut("Nejneobhospodařovávatelnější", 100)) <= 100


def test_pieces_of_markup() -> None:
    assert clean('<a b="1">\x00&') == "&lt;a b=&quot;1&quot;&gt;&amp;"
    assert [percent(value) for value in (-1, 33.3333, 50, 101)] == ["0%", "33.33%", "50%", "100%"]
    assert [plain(value) for value in (-0.001, 1.5, 2.0)] == ["0", "1.5", "2"]
    assert ident_of("Interventions in 2024", 3) == "fig3-interventions-in-2024"
    assert ident_of("žluť") == "fig1-lu"


def hexagon(column: int, row: int) -> Area:
    """A cell of a net of regular hexagons."""
    x, y = (column + (row % 2) / 2) * sqrt(3), row * 1.5
    corners = [(x + sin(radians(60 * turn)), y + cos(radians(60 * turn))) for turn in range(6)]
    return Area(Polygon([(13 + a / 100, 50 + b / 100) for a, b in corners]).__geo_interface__)


def test_cells_that_are_equal_already_stay_as_they_lie() -> None:
    net = [hexagon(column, row) for column in range(3) for row in range(3)]
    assert cells(net) == outlines(net)


def test_very_many_areas_stay_as_they_lie() -> None:
    many = areas().areas * 7
    assert len(many) == 140
    assert cells(many) == outlines(many)
