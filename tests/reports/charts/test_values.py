"""What a chart refuses to hold, and how its values are shared out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from region.chart import Area, Chart, ChartKind, Missing, Point, Series
from reports.charts.classes import MOST, value_classes
from reports.charts.shares import parts_of


def test_an_interval_has_two_ends() -> None:
    with pytest.raises(ValueError, match="two ends"):
        Point(Decimal(1), low=Decimal(0))
    with pytest.raises(ValueError, match="two ends"):
        Point(Decimal(1), high=Decimal(2))


def test_a_point_has_a_value_or_a_reason() -> None:
    with pytest.raises(ValueError, match="either a value or a reason"):
        Point()
    with pytest.raises(ValueError, match="either a value or a reason"):
        Point(Decimal(0), missing=Missing.UNKNOWN)


def test_every_category_has_its_point_and_its_area() -> None:
    series = Series("one", (Point(Decimal(1)),))
    with pytest.raises(ValueError, match="one point for each"):
        Chart("k", "T", ChartKind.BARS, ("a", "b"), (series,), "things")
    with pytest.raises(ValueError, match="has its area"):
        Chart("k", "T", ChartKind.AREAS, ("a",), (series,), "things", areas=(Area({}), Area({})))


def test_what_is_negative_or_missing_is_no_part_of_a_whole() -> None:
    points = [Point(Decimal(30)), Point(Decimal(-5)), Point(missing=Missing.UNKNOWN), Point(Decimal(10))]
    assert parts_of(points) == [75, 0, 0, 25]
    assert parts_of([Point(Decimal(0)), Point(Decimal(0))]) == [0, 0]


def test_as_many_values_as_classes_have_one_each() -> None:
    values = [Decimal(number) for number in (7, 7, 7, 7, 7, 7, 7, 1, 2, 3, 4)]
    assert [(one.low, one.high) for one in value_classes(values)] == [(Decimal(n), Decimal(n)) for n in (1, 2, 3, 4, 7)]
    assert MOST == 5
