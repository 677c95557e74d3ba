from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest

from region.clock import today
from reports.asked import Asked
from reports.camera_checklist import lacks
from reports.enums.cameras import Answer, DeviceKind, Stage
from reports.models import CameraPoint, CameraSystem, Device, ExternalCameraSet, LegalBasis, StageChange
from reports.queries.camera_checks import facts_of, with_checks
from reports.queries.camera_groups import counts
from reports.queries.camera_pages import point_page, system_page
from reports.queries.cameras import external_cameras, points_on, shown_points, shown_systems
from tests.factories.cameras import bare_system, camera_point, camera_system, placed
from tests.factories.places import district, town

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import QueryCounter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def read_profile(county: object) -> None:
    """The profile is read once by a process: its queries are not those of a page."""
    today()


def test_counts_are_of_a_day_and_name_their_units() -> None:
    system = camera_system()
    first = camera_point(system=system, since=date(2024, 5, 1))
    placed(first, since=date(2024, 5, 1), kind=DeviceKind.MULTI_SENSOR, sensor_count=5)
    placed(first, since=date(2024, 6, 1), removed_on=date(2025, 1, 1))
    second = camera_point(system=system, since=date(2025, 1, 1))
    placed(second, since=date(2025, 1, 1))
    camera_point(system=system, stage=Stage.PLANNED, since=date(2025, 1, 1))
    found = {
        day: (told.points_active, told.points_coming, told.devices, told.sensors)
        for day in (date(2024, 4, 30), date(2024, 5, 1), date(2024, 6, 1), date(2024, 12, 31), date(2025, 1, 1))
        for told in [counts(on=day)]
    }
    assert found == {
        date(2024, 4, 30): (0, 0, 0, 0),
        date(2024, 5, 1): (1, 0, 1, 5),
        date(2024, 6, 1): (1, 0, 2, 6),
        date(2024, 12, 31): (1, 0, 2, 6),
        date(2025, 1, 1): (2, 1, 2, 6),
    }


def test_suspended_point_keeps_its_history_of_days() -> None:
    point = camera_point(stage=Stage.SUSPENDED, since=date(2025, 3, 1))
    StageChange.objects.create(point=point, stage=Stage.ACTIVE, since=date(2024, 1, 1), ended_on=date(2025, 3, 1))
    assert [one.stage for one in points_on(on=date(2025, 2, 28))] == ["active"]
    assert [one.stage for one in points_on(on=date(2025, 3, 1))] == ["suspended"]
    assert points_on(on=date(2025, 2, 28), stages=("suspended",)) == ()


def test_points_of_a_town_and_of_a_district() -> None:
    here = town()
    area = district(town=here)
    in_town, in_district = camera_point(town=here), camera_point(town=here, district=area)
    camera_point()
    codes = [
        {one.code for one in points_on(on=today(), asked=asked)}
        for asked in (Asked(town=here), Asked(town=here, district=area))
    ]
    assert codes == [{in_town.code, in_district.code}, {in_district.code}]


# Each way in which something that the law asks may be missing.
CHANGES: dict[str, Callable[[], object]] = {
    "controller": lambda: CameraSystem.objects.update(controller=""),
    "notice": lambda: CameraSystem.objects.update(notice_url=""),
    "retention": lambda: CameraSystem.objects.update(retention_days=None),
    "basis": lambda: LegalBasis.objects.update(until=today() - timedelta(days=1)),
    "faces": lambda: Device.objects.update(face_recognition=Answer.UNANSWERED),
    "audio": lambda: Device.objects.update(has_audio=Answer.UNANSWERED),
    "sound in Poland": lambda: (
        CameraSystem.objects.update(country="PL"),
        Device.objects.update(has_audio=Answer.YES),
    ),
    "sound in Poland with a note": lambda: (
        CameraSystem.objects.update(country="PL", audio_note="art. 9a"),
        Device.objects.update(has_audio=Answer.YES),
    ),
    "sound in Czechia": lambda: Device.objects.update(has_audio=Answer.YES),
    "nothing": lambda: None,
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_pages_show_is_what_the_checklist_lets_through(what: str) -> None:
    point = camera_point()
    placed(point)
    CHANGES[what]()
    stored = CameraPoint.objects.get(pk=point.pk)
    assert shown_points(on=today()).exists() == (not lacks(facts_of(stored, on=today())))


@pytest.mark.parametrize(("point_shown", "system_shown"), list(product((True, False), repeat=2)))
def test_point_is_shown_when_both_are_published(point_shown: bool, system_shown: bool) -> None:
    camera_point(is_published=point_shown, system=camera_system(is_published=system_shown))
    assert (len(points_on(on=today())) == 1) == (point_shown and system_shown)


def test_planned_point_of_a_system_with_gaps_is_shown() -> None:
    camera_point(stage=Stage.PLANNED, system=bare_system(is_published=True))
    assert len(points_on(on=today())) == 1


def test_legal_basis_of_another_point_does_not_do() -> None:
    system = camera_system()
    point, other = camera_point(system=system), camera_point(system=system)
    LegalBasis.objects.filter(system=system).update(point=other)
    assert [one.code for one in points_on(on=today())] == [other.code]
    assert [item.code for item in lacks(facts_of(point, on=today()))] == ["basis"]


def test_many_points_cost_as_many_queries_as_one(count_queries: QueryCounter) -> None:
    placed(camera_point())
    with count_queries() as one:
        assert len(points_on(on=today())) == 1
    for _more in range(2):
        placed(camera_point())
    with count_queries() as three:
        assert len(points_on(on=today())) == 3
    assert len(one) == len(three) == 2
    with count_queries() as checks:
        for point in with_checks(CameraPoint.objects.all()):
            facts_of(point, on=today())
    assert len(checks) == 8


def test_pages_cost_the_same_for_one_line_and_for_three(count_queries: QueryCounter) -> None:
    system = camera_system()
    point = camera_point(system=system)

    def more() -> None:
        placed(point)
        placed(camera_point(system=system))
        LegalBasis.objects.create(system=system, article="Art. 6(1)(e)", purpose_en="Traffic")
        cost = system.costs.create(kind="purchase", amount=1, currency="CZK")
        cost.points.add(point)
        system.costs.create(kind="maintenance", amount=1, currency="CZK")
        system.operators.create(name="SITMP", since=date(2000 + CameraPoint.objects.count(), 1, 1))

    told = []
    for _time in range(2):
        more()
        with count_queries() as of_point:
            assert point_page(point.code, on=today())
        with count_queries() as of_system:
            assert system_page(system.slug, on=today())
        told.append((len(of_point), len(of_system)))
    assert told[0] == told[1]


def test_operator_of_a_day() -> None:
    system = camera_system()
    system.operators.create(name="Before", until=date(2023, 12, 31))
    system.operators.create(name="SITMP", since=date(2024, 1, 1))
    names = [
        page.system.operator
        for day in (date(2023, 12, 31), date(2024, 1, 1))
        if (page := system_page(system.slug, on=day))
    ]
    assert names == ["Before", "SITMP"]


def test_systems_that_are_not_published_have_no_page() -> None:
    shown, hidden = camera_system(), camera_system(is_published=False)
    assert [line.slug for line in shown_systems()] == [shown.slug]
    assert system_page(hidden.slug, on=today()) is None
    assert point_page(camera_point(system=hidden).code, on=today()) is None


def test_external_cameras_are_the_latest_number_known_on_a_day() -> None:
    for day, number, published in (
        (date(2024, 1, 1), 20_000, True),
        (date(2025, 6, 1), 22_273, True),
        (date(2025, 7, 1), 1, False),
    ):
        ExternalCameraSet.objects.create(
            owner="Municipal units", count=number, joinable="possible", as_of=day, is_published=published
        )
    assert [one.count for one in external_cameras(on=date(2025, 5, 31))] == [20_000]
    assert [one.count for one in external_cameras(on=date(2026, 1, 1))] == [22_273]
