from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import pi
from typing import Any

import pytest
from pyproj import Geod
from shapely.geometry import box

from region.models import RegionProfile, Town
from region.stamp import shared_stamp
from reports.domain.coverage import is_coverage_due, refresh_coverage
from reports.enums.cameras import Stage
from reports.models import CameraPoint, CoverageResult, Sensor
from reports.queries.coverage import coverage_inputs
from reports.tasks import calculate_coverage, coverage_when_due
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_device, camera_point, camera_system, placed
from tests.factories.places import district, square, town
from tests.factories.profiles import czech_county, polish_city

DAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SECTOR = pi * 61.5**2 * 77.5 / 360
# Of a hundredth of a degree each way at 13.3, 49.7, measured on the ellipsoid.
SQUARE = abs(Geod(ellps="GRS80").geometry_area_perimeter(box(13.3, 49.7, 13.31, 49.71))[0])

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def seen_point(**fields: Any) -> CameraPoint:
    """An active point with one sensor that looks to a known side (see ``placed``)."""
    point = camera_point(**fields)
    placed(point)
    return point


def results() -> dict[str, tuple[Any, ...]]:
    rows = CoverageResult.objects.select_related("town", "district")
    return {str(row): (row.covered_m2 and round(row.covered_m2), row.ranges, row.circles) for row in rows}


def test_coverage_of_districts_towns_and_the_region(county: RegionProfile) -> None:
    county.boundary = square(13.0, 49.0, 1.0)
    county.save()
    place = town(name="Zkušebna", boundary=square(13.3, 49.7))
    district(town=place, code="1", name="Západ", boundary=square(13.3, 49.7, 0.05))
    district(town=place, code="2", name="Východ", boundary=square(13.35, 49.7, 0.05))
    seen_point(lon=13.32, lat=49.72, town=place)
    assert refresh_coverage(on=DAY)
    size = pytest.approx(SECTOR, abs=1)
    assert results() == {"–": (size, 1, 0), "Zkušebna": (size, 1, 0), "1 Západ": (size, 1, 0), "2 Východ": (0, 0, 0)}


def test_share_of_a_district() -> None:
    district(town=town(), boundary=square(13.3, 49.7, 0.01))
    seen_point(lon=13.305, lat=49.705)
    refresh_coverage(on=DAY)
    row = CoverageResult.objects.get(district__isnull=False)
    assert row.area_m2 == pytest.approx(SQUARE, rel=1e-5)
    assert row.share == pytest.approx(SECTOR / SQUARE, rel=0.002)


def test_region_without_an_outline_has_no_share() -> None:
    seen_point()
    refresh_coverage(on=DAY)
    row = CoverageResult.objects.get()
    assert (row.area_m2, row.share, row.ranges) == (None, None, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"stage": Stage.PLANNED},
        {"stage": Stage.SUSPENDED},
        {"stage": Stage.RETIRED},
        {"is_published": False},
        {"since": DAY + timedelta(days=1)},
    ],
)
def test_only_points_shown_as_active_count(change: dict[str, Any]) -> None:
    point = camera_point(**change)
    placed(point, since=DAY)
    assert coverage_inputs(on=DAY).reaches == ()
    placed(camera_point(), since=DAY)
    assert len(coverage_inputs(on=DAY).reaches) == 1


def test_points_of_an_unpublished_system_do_not_count() -> None:
    seen_point(system=camera_system(is_published=False))
    assert coverage_inputs(on=DAY).reaches == ()


def test_what_reaches_nothing_is_left_out_and_counted() -> None:
    point = camera_point()
    placed(camera_point(location_status="none", lon=None, lat=None))
    placed(camera_point(lon=2.35, lat=48.85))
    without_range = placed(point).device
    without_range.sensors.update(range_m=None)
    without_sensors = placed(point).device
    without_sensors.sensors.all().delete()
    placed(point, kind="acoustic")
    placed(point, removed_on=DAY)
    inputs = coverage_inputs(on=DAY)
    assert (inputs.reaches, inputs.left_out) == ((), 4)


def test_sensor_without_a_direction_is_a_circle() -> None:
    Sensor.objects.update(azimuth=None)
    point = seen_point()
    Sensor.objects.update(field_of_view=None, azimuth=None, range_m=50)
    town(name="Zkušebna", boundary=square(13.3, 49.7))
    refresh_coverage(on=DAY)
    assert results()["Zkušebna"] == (pytest.approx(pi * 2500, abs=1), 1, 1)
    assert point.stage == Stage.ACTIVE


def test_same_register_is_calculated_once() -> None:
    seen_point()
    assert refresh_coverage(on=DAY)
    first = CoverageResult.objects.get()
    assert not refresh_coverage(on=DAY)
    assert CoverageResult.objects.get().calculated_at == first.calculated_at


def test_next_day_the_same_results_hold() -> None:
    seen_point()
    refresh_coverage(on=DAY)
    first = CoverageResult.objects.get()
    assert not refresh_coverage(on=DAY + timedelta(days=1))
    row = CoverageResult.objects.get()
    assert (row.as_of, row.calculated_at) == (DAY + timedelta(days=1), first.calculated_at)


def test_everything_that_matters_asks_for_a_new_calculation(county: RegionProfile) -> None:
    place = town(boundary=square(13.3, 49.7))
    seen_point()
    known = {coverage_inputs(on=DAY).fingerprint}
    for change in (
        lambda: Sensor.objects.update(azimuth=10),
        lambda: Sensor.objects.update(range_m=20),
        lambda: Sensor.objects.update(field_of_view=20),
        lambda: CameraPoint.objects.update(lon=13.38),
        lambda: Town.objects.filter(pk=place.pk).update(boundary=square(13.3, 49.7, 0.2)),
        lambda: placed(camera_point(location_status="none", lon=None, lat=None)),
        lambda: seen_point(lon=13.31),
        polish_city,
    ):
        change()
        fingerprint = coverage_inputs(on=DAY).fingerprint
        assert fingerprint not in known
        known.add(fingerprint)


def test_tick_has_it_calculated_once() -> None:
    seen_point()
    # Tests carry out a task as soon as it is asked for.
    assert coverage_when_due(now=NOW) == 1
    assert CoverageResult.objects.get().ranges == 1
    assert [coverage_when_due(now=NOW) for _tick in range(3)] == [0, 0, 0]


def test_day_of_the_tick_is_the_regions() -> None:
    coverage_when_due(now=datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert CoverageResult.objects.get().as_of == date(2026, 3, 2)


def test_tick_after_the_calculation_asks_for_nothing() -> None:
    seen_point()
    calculate_coverage.func("2026-03-01")
    assert [coverage_when_due(now=NOW) for _tick in range(3)] == [0, 0, 0]


def test_tick_notices_a_change() -> None:
    seen_point()
    refresh_coverage(on=DAY)
    assert not is_coverage_due(on=DAY)
    Sensor.objects.update(range_m=10)
    shared_stamp().bump()
    assert is_coverage_due(on=DAY)
    refresh_coverage(on=DAY)
    assert not is_coverage_due(on=DAY)


def test_tick_does_not_read_the_register_while_nothing_changes(count_queries: QueryCounter) -> None:
    seen_point()
    refresh_coverage(on=DAY)
    is_coverage_due(on=DAY)
    is_coverage_due(on=DAY)
    with count_queries() as queries:
        assert not is_coverage_due(on=DAY)
    assert len(queries) == 1


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_cameras(number: int, count_queries: QueryCounter) -> None:
    czech_county()
    town(boundary=square(13.3, 49.7))
    system = camera_system()
    for _one in range(number):
        placed(camera_point(system=system))
    camera_device(system=system)
    coverage_inputs(on=DAY)
    with count_queries() as queries:
        inputs = coverage_inputs(on=DAY)
    assert len(inputs.reaches) == number
    assert len(queries) == 4
