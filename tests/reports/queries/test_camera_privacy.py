from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from region.chart import Missing, PointStatus
from reports.asked import Asked
from reports.models import CameraPoint, Dpia, YearlyReview
from reports.queries.camera_privacy import privacy_lines, retention_chart, reviews_chart
from tests.conftest import QueryCounter
from tests.factories.cameras import bare_system, camera_point, camera_system
from tests.factories.places import town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
END_2025 = Asked(until=2025)


def reviewed(point: CameraPoint, year: int, day: date | None = None) -> None:
    YearlyReview.objects.create(
        point=point, year=year, reviewed_on=day or date(year, 11, 1), is_necessary=True, decision="keep", reasons="Yes."
    )


def test_lines_of_systems() -> None:
    here = town()
    system = camera_system(name_en="B", town=here)
    Dpia.objects.create(system=system, done_on=date(2024, 5, 1), outcome="acceptable", next_review=date(2027, 5, 1))
    Dpia.objects.create(system=system, done_on=date(2026, 5, 1), outcome="high_risk")
    bare_system(name_en="A", is_published=True)
    camera_system(name_en="Hidden", is_published=False)
    lines = privacy_lines(END_2025)
    assert [
        (line.name, line.retention_days, line.assessed_on, line.outcome, line.next_assessment) for line in lines
    ] == [
        ("A", None, None, "", None),
        ("B", 7, date(2024, 5, 1), "risks are acceptable", date(2027, 5, 1)),
    ]
    assert [line.name for line in privacy_lines(Asked(town=here))] == ["B"]


def test_retention_of_each_system() -> None:
    camera_system(name_en="A", retention_days=7)
    assert (chart := retention_chart(END_2025)) is not None
    assert chart.title == "Days that recordings are kept: 7"
    camera_system(name_en="B", retention_days=30)
    bare_system(name_en="C", is_published=True)
    chart = retention_chart(END_2025)
    assert chart is not None
    assert chart.title == "Recordings are kept for 7 to 30 days"
    assert [(point.value, point.missing) for point in chart.series[0].points] == [
        (7, None),
        (30, None),
        (None, Missing.UNKNOWN),
    ]


def test_retention_that_nobody_stated() -> None:
    bare_system(is_published=True)
    assert retention_chart(END_2025) is None


def test_share_of_points_reviewed() -> None:
    system = camera_system()
    first, second, third = (camera_point(system=system) for _number in range(3))
    for point in (first, second):
        reviewed(point, 2025)
    reviewed(first, 2024)
    reviewed(third, 2025, date(2026, 1, 2))
    reviewed(camera_point(system=system, stage="planned"), 2025)
    chart = reviews_chart(END_2025)
    assert chart is not None
    assert chart.title == "Points reviewed in 2025: 67%"
    assert chart.categories == ("2021", "2022", "2023", "2024", "2025")
    assert [point.value for point in chart.series[0].points] == [0, 0, 0, Decimal("33.333333"), Decimal("66.666667")]
    assert chart.series[0].points[-1].note == "2 of 3"
    assert {point.status for point in chart.series[0].points} == {PointStatus.FINAL}
    assert chart.how == "reviews of a year divided by the points that are active on 31\u00a0December\u00a02025."


def test_year_that_is_not_over_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.queries.camera_charts.today", lambda: date(2026, 3, 1))
    reviewed(camera_point(), 2026, date(2026, 2, 1))
    chart = reviews_chart(Asked())
    assert chart is not None
    assert [point.status for point in chart.series[0].points][-2:] == [PointStatus.FINAL, PointStatus.PART]


def test_no_reviews_no_chart() -> None:
    assert reviews_chart(END_2025) is None
    camera_point()
    assert reviews_chart(END_2025) is None


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(number: int, count_queries: QueryCounter) -> None:
    for _one in range(number):
        reviewed(camera_point(), 2025)
    retention_chart(END_2025)
    for build in (retention_chart, reviews_chart):
        with count_queries() as made:
            assert build(END_2025) is not None
        assert len(made) == 2
