from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation

from region.chart import Chart, ChartKind, PointStatus
from region.clock import today
from reports.asked import Asked
from reports.enums.cameras import Stage
from reports.models import StageChange
from reports.queries.camera_charts import (
    day_of,
    devices_by_kind,
    devices_by_surroundings,
    devices_growth,
    growth,
    planned,
    points_by_stage,
    points_by_surroundings,
    points_by_system,
    points_growth,
    sensors_by_kind,
    sensors_by_system,
)
from reports.queries.figures_words import day
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_point, camera_system, placed
from tests.factories.places import district, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
Build = Callable[[Asked], Chart | None]
ALL = Asked()
END_2025 = Asked(until=2025)


def values(chart: Chart | None) -> dict[str, int]:
    """Names and whole numbers of a chart with one series."""
    assert chart is not None
    (series,) = chart.series
    return {name: int(point.value or 0) for name, point in zip(chart.categories, series.points, strict=True)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (Asked(until=2024), date(2024, 12, 31)),
        (Asked(as_of=datetime(2025, 6, 30, 22, 30, tzinfo=UTC)), date(2025, 7, 1)),
        (Asked(until=2020, as_of=datetime(2025, 6, 30, 10, 0, tzinfo=UTC)), date(2025, 6, 30)),
    ],
)
def test_day_that_is_shown(asked: Asked, expected: date) -> None:
    assert day_of(asked) == expected


@pytest.mark.parametrize("asked", [ALL, Asked(until=2200)])
def test_day_that_is_shown_is_never_ahead(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.queries.camera_charts.today", lambda: date(2026, 3, 1))
    assert day_of(asked) == date(2026, 3, 1)


@pytest.mark.parametrize(
    "build",
    [
        points_by_stage,
        points_by_surroundings,
        points_by_system,
        devices_by_kind,
        sensors_by_kind,
        points_growth,
        devices_growth,
        planned,
    ],
)
def test_empty_register_has_no_chart(build: Build) -> None:
    assert build(ALL) is None


def test_points_by_stage_come_in_the_order_of_stages() -> None:
    for stage in (Stage.ACTIVE, Stage.ACTIVE, Stage.PLANNED, Stage.FUNDED, Stage.RETIRED):
        camera_point(stage=stage)
    chart = points_by_stage(ALL)
    assert values(chart) == {"funded": 1, "installation planned": 1, "active": 2, "retired": 1}
    assert chart is not None
    assert chart.title == "Camera points by stage: 2 active, 2 to come"
    assert chart.unit == "camera points"
    assert chart.sources[0].title == "Register of cameras"


def test_points_of_a_past_day() -> None:
    point = camera_point(stage=Stage.PLANNED, since=date(2023, 1, 1))
    camera_point(since=date(2026, 1, 1))
    StageChange.objects.filter(point=point).update(ended_on=date(2026, 1, 1))
    StageChange.objects.create(point=point, stage=Stage.ACTIVE, since=date(2026, 1, 1))
    assert values(points_by_stage(END_2025)) == {"installation planned": 1}
    assert values(points_by_stage(ALL)) == {"active": 2}


def test_what_is_not_published_is_not_counted() -> None:
    placed(camera_point())
    placed(camera_point(is_published=False))
    placed(camera_point(system=camera_system(is_published=False)))
    assert values(points_by_stage(ALL)) == {"active": 1}
    assert values(devices_by_kind(ALL)) == {"fixed camera": 1}
    assert values(points_growth(ALL))[str(day_of(ALL).year)] == 1
    assert values(devices_growth(ALL))[str(day_of(ALL).year)] == 1


def test_points_by_surroundings_are_active_ones_the_most_first() -> None:
    for surroundings in ("park", "road", "road"):
        camera_point(surroundings=surroundings)
    camera_point(surroundings="hub", stage=Stage.PLANNED)
    chart = points_by_surroundings(ALL)
    assert list(values(chart).items()) == [("road or crossing", 2), ("park", 1)]
    assert chart is not None
    assert chart.title == "Active camera points; most often: road or crossing (2)"


def test_points_by_system_with_the_same_name_are_added() -> None:
    for _number in range(2):
        camera_point(system=camera_system(name_en="Cameras of Plzeň"))
    camera_point(system=camera_system(name_en="Another"))
    assert values(points_by_system(ALL)) == {"Cameras of Plzeň": 2, "Another": 1}


def test_points_devices_and_sensors_are_different_numbers() -> None:
    point = camera_point(surroundings="road")
    placed(point, kind="multi_sensor", sensor_count=5)
    placed(point, kind="fixed")
    placed(camera_point(surroundings="road", system=point.system), kind="fixed")
    assert values(points_by_surroundings(ALL)) == {"road or crossing": 2}
    assert values(devices_by_surroundings(ALL)) == {"road or crossing": 3}
    assert values(devices_by_kind(ALL)) == {"fixed camera": 2, "multi-sensor camera": 1}
    assert values(sensors_by_kind(ALL)) == {"multi-sensor camera": 5, "fixed camera": 2}
    assert values(sensors_by_system(ALL)) == {str(point.system): 7}
    units = [chart.unit for chart in (points_by_surroundings(ALL), devices_by_kind(ALL), sensors_by_kind(ALL)) if chart]
    assert units == ["camera points", "devices", "sensors"]


def test_devices_of_points_that_are_not_active_are_not_counted() -> None:
    placed(camera_point(stage=Stage.SUSPENDED))
    placed(camera_point(), removed_on=date(2025, 1, 1))
    assert devices_by_kind(ALL) is None
    assert values(devices_by_kind(Asked(until=2024))) == {"fixed camera": 1}


def test_points_with_only_a_number_of_devices_are_told_and_not_counted() -> None:
    system = camera_system()
    placed(camera_point(system=system))
    camera_point(system=system, expected_device_count=4)
    camera_point(system=system, expected_device_count=2)
    placed(camera_point(system=system, expected_device_count=9))
    chart = devices_by_kind(ALL)
    assert values(chart) == {"fixed camera": 2}
    assert chart is not None
    assert chart.note == ("At 2 points only the number of devices is known (6 in all); it is not counted here.")


def test_only_the_place_asked_for_counts() -> None:
    here, there = town(), town()
    part = district(town=here)
    camera_point(town=here, district=part)
    camera_point(town=here)
    camera_point(town=there)
    assert values(points_by_stage(Asked(town=here))) == {"active": 2}
    assert values(points_by_stage(Asked(town=here, district=part))) == {"active": 1}


def test_growth_counts_points_at_the_end_of_each_year(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.queries.camera_charts.today", lambda: date(2026, 3, 1))
    camera_point(since=date(2022, 12, 31))
    camera_point(since=date(2023, 1, 1))
    gone = camera_point(since=date(2022, 5, 1), stage=Stage.RETIRED)
    StageChange.objects.filter(point=gone).update(stage=Stage.ACTIVE, ended_on=date(2024, 12, 31))
    StageChange.objects.create(point=gone, stage=Stage.RETIRED, since=date(2024, 12, 31))
    chart = points_growth(ALL)
    assert values(chart) == {"2022": 2, "2023": 3, "2024": 2, "2025": 2, "2026": 2}
    assert chart is not None
    assert [point.status for point in chart.series[0].points] == [PointStatus.FINAL] * 4 + [PointStatus.PART]
    assert chart.series[0].points[-1].note == "state on 1\u00a0March\u00a02026"
    assert chart.kind == ChartKind.BARS


def test_growth_within_the_years_asked_for() -> None:
    camera_point(since=date(2020, 6, 1))
    assert values(growth(Asked(since=2022, until=2024), unit="points")) == {"2022": 1, "2023": 1, "2024": 1}
    assert growth(Asked(since=2025, until=2024), unit="points") is None


def test_growth_of_many_years_is_a_line() -> None:
    camera_point(since=date(2008, 6, 1))
    chart = points_growth(Asked(until=2025))
    assert chart is not None
    assert chart.kind == ChartKind.LINES
    assert len(chart.categories) == 18


def test_growth_of_devices_needs_the_device_and_an_active_point() -> None:
    point = camera_point(since=date(2023, 5, 1))
    placed(point, since=date(2022, 1, 1))
    placed(point, since=date(2024, 1, 1), removed_on=date(2025, 1, 1))
    placed(camera_point(stage=Stage.PLANNED, since=date(2023, 5, 1)), since=date(2023, 6, 1))
    assert values(devices_growth(END_2025)) == {"2023": 1, "2024": 2, "2025": 1}


def test_planned_points_by_the_day_announced() -> None:
    system = camera_system()
    soon, missed = today() + timedelta(days=30), today() - timedelta(days=30)
    for stage, by in (("planned", soon), ("ordered", missed), ("approved", None)):
        camera_point(system=system, stage=stage, planned_by=by, expected_device_count=5)
    camera_point(system=system, stage=Stage.PROPOSED)
    camera_point(system=system)
    chart = planned(ALL)
    assert values(chart) == {
        f"announced by {day(missed)}, not confirmed yet": 1,
        f"by {day(soon)}": 1,
        "no day announced": 1,
    }
    assert chart is not None
    assert (chart.title, chart.note) == ("Camera points to come: 3", "Devices expected there, as announced: 15.")


def test_title_names_the_largest_only_where_there_is_one() -> None:
    for surroundings in ("park", "road", "park"):
        camera_point(surroundings=surroundings)
    chart = points_by_surroundings(ALL)
    assert chart is not None
    assert chart.title == "Active camera points; most often: park (2)"
    camera_point(surroundings="road")
    chart = points_by_surroundings(ALL)
    assert chart is not None
    assert chart.title == "Active camera points"


def test_texts_are_in_the_readers_language() -> None:
    camera_point()
    with translation.override("cs"):
        chart = points_growth(Asked(until=2025))
    assert chart is not None
    assert chart.sources[0].dated.endswith("31.\u00a0prosince\u00a02025")


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("build", "queries"),
    [(points_by_stage, 1), (points_by_system, 2), (devices_by_kind, 2), (points_growth, 1), (devices_growth, 1)],
)
def test_queries_do_not_grow_with_points(number: int, build: Build, queries: int, count_queries: QueryCounter) -> None:
    for _one in range(number):
        placed(camera_point())
    build(ALL)  # reads the profile, which stays at hand
    with count_queries() as made:
        assert build(ALL) is not None
    assert len(made) == queries
