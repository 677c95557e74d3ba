from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from shapely.geometry import Point as Place
from shapely.geometry import shape

from region.chart import Chart, ChartKind
from reports.asked import Asked
from reports.domain.coverage import refresh_coverage
from reports.models import CoverageResult, ExternalCameraSet, NearbyPlace, Sensor
from reports.queries import camera_places
from reports.queries.camera_places import RADII, cells_chart, coverage_chart, external_chart, near_chart
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_point, camera_system, placed
from tests.factories.places import district, square, town
from tests.factories.profiles import polish_city

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
ALL, DAY = Asked(), date(2026, 3, 1)
# Metres of one degree of latitude near Plzeň.
DEGREE = 111_230


def school(metres: float = 0, *, kind: str = "school", lon: float = 13.37) -> NearbyPlace:
    """A place so many metres north of where ``camera_point`` puts a point."""
    code = f"{kind}-{metres}-{lon}"
    return NearbyPlace.objects.create(
        kind=kind, code=code, name=code, lon=lon, lat=49.74 + metres / DEGREE, source="Register of schools"
    )


def shares(chart: Chart | None) -> dict[str, list[Decimal | None]]:
    assert chart is not None
    return {series.name: [point.value for point in series.points] for series in chart.series}


def test_share_of_schools_near_an_active_point() -> None:
    camera_point()
    for metres in (90, 150, 250, 900):
        school(metres)
    chart = near_chart(ALL)
    assert RADII == (100, 200, 300, 500)
    assert shares(chart) == {"school": [25, 50, 75, 75]}
    assert chart is not None
    assert chart.title == "An active camera point within 300 m – school: 75%"
    assert chart.note == "Places counted: school 4."
    assert [source.title for source in chart.sources] == ["Register of cameras", "Register of schools"]
    assert chart.kind == ChartKind.BARS


def test_kinds_of_places_are_told_apart_and_others_left_out() -> None:
    camera_point()
    school(90)
    school(90, kind="kindergarten")
    school(900, kind="stop")
    school(1, kind="playground")
    assert shares(near_chart(ALL)) == {
        "school": [100] * 4,
        "kindergarten": [100] * 4,
        "stop or station": [0] * 4,
    }


def test_points_that_are_not_active_or_not_exact_are_not_measured_from() -> None:
    camera_point(stage="planned")
    camera_point(is_published=False)
    school(90)
    assert near_chart(ALL) is None
    camera_point(location_status="approximate")
    assert near_chart(ALL) is None
    camera_point(lon=13.5)
    chart = near_chart(ALL)
    assert shares(chart) == {"school": [0] * 4}
    assert chart is not None
    assert chart.note == "Places counted: school 1. 1 point is left out, for its place is only approximate."


def test_schools_of_a_town_may_be_near_points_of_its_neighbour() -> None:
    here = town(boundary=square(13.3, 49.7))
    camera_point(town=town(), lon=13.4001)
    school(lon=13.3999)
    school(lon=13.4002)
    assert shares(near_chart(Asked(town=here))) == {"school": [100] * 4}
    assert shares(near_chart(ALL))["school"] == [100] * 4
    chart = near_chart(Asked(town=here))
    assert chart is not None
    assert chart.note == "Places counted: school 1."


def test_places_where_distances_cannot_be_measured_are_left_out() -> None:
    camera_point()
    school(90)
    NearbyPlace.objects.create(kind="school", code="paris", name="Paris", lon=2.35, lat=48.85, source="Schools")
    assert shares(near_chart(ALL)) == {"school": [100] * 4}
    polish_city()
    assert near_chart(ALL) is None


def test_coverage_of_towns_and_of_districts_of_one() -> None:
    here = town(name="Zkušebna", boundary=square(13.3, 49.7))
    part = district(town=here, code="2", name="Střed", boundary=square(13.36, 49.73, 0.02))
    district(town=here, code="10", name="Kraj", boundary=square(13.3, 49.7, 0.02))
    town(name="Daleko", boundary=square(14.0, 49.7))
    placed(camera_point(town=here))
    Sensor.objects.update(range_m=500, azimuth=None, field_of_view=None)
    refresh_coverage(on=DAY)
    chart = coverage_chart(ALL)
    assert chart is not None
    assert (chart.kind, chart.categories) == (ChartKind.AREAS, ("Zkušebna",))
    assert chart.note == "1 range was drawn. Of 1 only the length is known; they are drawn as circles."
    assert "EPSG:3035" in chart.how
    assert "the most that could be seen" in chart.how
    found = shares(coverage_chart(Asked(town=here)))["% of the area"]
    assert coverage_chart(Asked(town=here, district=part)) is not None
    # A circle of 500 m in squares of 0.02° (about 3.2 km²) and of 0.1°.
    assert found == [pytest.approx(Decimal("24.48"), abs=Decimal("0.1")), 0]
    assert shares(chart)["% of the area"] == [pytest.approx(Decimal("0.98"), abs=Decimal("0.01"))]
    point = chart.series[0].points[0]
    assert point.note.startswith("78.5 of ")


def test_coverage_says_what_was_left_out() -> None:
    town(boundary=square(13.3, 49.7))
    placed(camera_point())
    placed(camera_point(location_status="none", lon=None, lat=None))
    refresh_coverage(on=DAY)
    chart = coverage_chart(ALL)
    assert chart is not None
    assert chart.note == ("1 range was drawn. Devices left out, for their range or place is not in the register: 1.")


def test_coverage_before_it_is_calculated_and_without_ranges() -> None:
    town(boundary=square(13.3, 49.7))
    assert coverage_chart(ALL) is None
    refresh_coverage(on=DAY)
    assert CoverageResult.objects.count() == 2
    assert coverage_chart(ALL) is None


def test_cells_hold_every_point_once() -> None:
    places = [(13.37, 49.74), (13.3701, 49.7401), (13.40, 49.75)]
    for lon, lat in places:
        camera_point(lon=lon, lat=lat)
    camera_point(location_status="none", lon=None, lat=None)
    camera_point(stage="planned", lon=13.45)
    chart = cells_chart(ALL)
    assert shares(chart) == {"camera points": [2, 1]}
    assert chart is not None
    assert chart.note == "Each cell has 2 ha."
    first, second = (shape(dict(area.geometry)) for area in chart.areas)
    assert first.contains(Place(places[0]))
    assert first.contains(Place(places[1]))
    assert second.contains(Place(places[2]))


def test_cells_grow_with_the_map(monkeypatch: pytest.MonkeyPatch) -> None:
    camera_point()
    assert cells_chart(ALL) is not None
    camera_point(lon=18.0, lat=49.5)
    chart = cells_chart(ALL)
    assert chart is not None
    assert chart.note == "Each cell has 20,000 ha."
    monkeypatch.setattr(camera_places, "MOST_ROWS", 1_000_000)
    finest = cells_chart(ALL)
    assert finest is not None
    assert finest.note == "Each cell has 2 ha."


def test_no_place_no_cells() -> None:
    camera_point(location_status="none", lon=None, lat=None)
    assert cells_chart(ALL) is None


def test_external_cameras_are_one_row_with_a_count() -> None:
    known = {"owner": "Municipal units", "joinable": "possible", "is_published": True, "source": "City page"}
    ExternalCameraSet.objects.create(count=22_000, as_of=date(2024, 1, 1), **known)
    ExternalCameraSet.objects.create(count=22_273, as_of=date(2025, 1, 1), **known)
    ExternalCameraSet.objects.create(
        count=5, as_of=date(2025, 1, 1), **{**known, "owner": "Hidden", "is_published": False}
    )
    chart = external_chart(ALL)
    assert chart is not None
    assert chart.categories == ("Municipal units (may be possible, 1\u00a0January\u00a02025)",)
    assert shares(chart) == {"cameras of others": [22_273]}
    assert [source.title for source in chart.sources] == ["City page"]
    past = external_chart(Asked(until=2024))
    assert shares(past) == {"cameras of others": [22_000]}


def test_external_cameras_without_a_document_and_without_any() -> None:
    assert external_chart(ALL) is None
    ExternalCameraSet.objects.create(owner="Units", count=3, joinable="no", as_of=date(2025, 1, 1), is_published=True)
    chart = external_chart(ALL)
    assert chart is not None
    assert [source.title for source in chart.sources] == ["Register of cameras"]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_points(number: int, count_queries: QueryCounter) -> None:
    town(boundary=square(13.3, 49.7))
    system = camera_system()
    for index in range(number):
        placed(camera_point(system=system, lon=13.37 + index / 1000))
        school(90 + index)
    refresh_coverage(on=DAY)
    cells_chart(ALL)
    for build, queries in ((near_chart, 2), (coverage_chart, 2), (cells_chart, 1)):
        with count_queries() as made:
            assert build(ALL) is not None
        assert len(made) == queries
