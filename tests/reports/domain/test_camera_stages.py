from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.clock import today
from region.domain.transition import GuardRefused, IllegalTransition
from region.models import AuditEvent, User
from reports.domain.camera_stages import STAGES, move_point, publish_point, withdraw_point
from reports.enums.cameras import Answer, Stage
from reports.models import CameraPoint, CameraSystem, Device, Dpia, LegalBasis, StageChange
from tests.factories.cameras import BEGAN, bare_system, camera_point, council_said_yes, placed
from tests.factories.roles import one_of_each_role, with_role
from tests.states import People, Step, steps, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> People:
    return one_of_each_role()


@pytest.fixture
def registrar() -> User:
    return with_role("camera_registrar")


@pytest.mark.parametrize("step", steps(STAGES), ids=str)
def test_every_step_from_every_stage_for_every_role(step: Step, people: People) -> None:
    point = camera_point(stage=step.state)
    council_said_yes(point)
    walk(step, record=point, people=people)


def test_stages_of_the_table_are_those_of_points() -> None:
    assert STAGES.states.all == set(Stage.values)
    assert STAGES.states.final == {"relocated", "retired", "rejected"}


def test_whole_way_is_kept_day_by_day(registrar: User) -> None:
    point = camera_point(stage=Stage.PROPOSED, since=date(2024, 1, 1))
    council_said_yes(point)
    way = ("assess", "consult", "approve", "fund", "order", "plan", "activate")
    for number, name in enumerate(way, start=2):
        move_point(point=point, name=name, on=date(2024, number, 1), by=registrar, document=f"Doc {number}")
    found = [
        (change.stage, change.since, change.ended_on, change.document)
        for change in StageChange.objects.filter(point=point).order_by("since")
    ]
    stages = ("proposed", "assessed", "consulted", "approved", "funded", "ordered", "planned", "active")
    assert found == [
        (
            stage,
            date(2024, number, 1),
            date(2024, number + 1, 1) if stage != "active" else None,
            f"Doc {number}" if number > 1 else "",
        )
        for number, stage in enumerate(stages, start=1)
    ]
    for number, stage in enumerate(stages, start=1):
        for day in (date(2024, number, 1), date(2024, number, 28)):
            assert [change.stage for change in StageChange.objects.on(day)] == [stage]
    assert list(StageChange.objects.on(date(2023, 12, 31))) == []


def test_two_stages_on_one_day_leave_one_that_holds(registrar: User) -> None:
    point = camera_point(stage=Stage.APPROVED)
    move_point(point=point, name="fund", on=date(2025, 2, 1), by=registrar)
    move_point(point=point, name="order", on=date(2025, 2, 1), by=registrar)
    assert [change.stage for change in StageChange.objects.on(date(2025, 2, 1))] == ["ordered"]


def test_day_must_be_in_order(registrar: User) -> None:
    point = camera_point(stage=Stage.APPROVED)
    for day in (BEGAN - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(GuardRefused):
            move_point(point=point, name="fund", on=day, by=registrar)
    assert CameraPoint.objects.get().stage == "approved"
    assert StageChange.objects.count() == 1


def test_step_that_needs_a_reason_is_refused_without_one(registrar: User) -> None:
    with pytest.raises(GuardRefused, match="reason"):
        move_point(point=camera_point(), name="suspend", on=today(), by=registrar)


def test_assessment_and_council_come_first(registrar: User) -> None:
    point = camera_point(stage=Stage.PROPOSED)
    Dpia.objects.all().delete()
    with pytest.raises(GuardRefused, match="assessment"):
        move_point(point=point, name="assess", on=today(), by=registrar)
    other = camera_point(stage=Stage.ASSESSED)
    with pytest.raises(GuardRefused, match="council"):
        move_point(point=other, name="consult", on=today(), by=registrar)


LACKING: dict[str, Callable[[], object]] = {
    "controller": lambda: CameraSystem.objects.update(controller=""),
    "privacy notice": lambda: CameraSystem.objects.update(notice_url=""),
    "legal basis": lambda: LegalBasis.objects.update(until=date(2020, 1, 1)),
    "faces": lambda: Device.objects.update(face_recognition=Answer.UNANSWERED),
    "records sound": lambda: Device.objects.update(has_audio=Answer.UNANSWERED),
    "legal note on what sound": lambda: (
        CameraSystem.objects.update(country="PL"),
        Device.objects.update(has_audio=Answer.YES),
    ),
}


@pytest.mark.parametrize("what", LACKING)
def test_point_neither_runs_nor_is_published_without(what: str, registrar: User) -> None:
    planned, active = camera_point(stage=Stage.PLANNED), camera_point(is_published=False)
    placed(planned)
    placed(active)
    LACKING[what]()
    with pytest.raises(GuardRefused, match=what):
        move_point(point=planned, name="activate", on=today(), by=registrar)
    with pytest.raises(ValidationError, match=what):
        publish_point(point=active, by=registrar)


def test_point_that_does_not_run_is_published_as_soon_as_its_system_is(registrar: User) -> None:
    point = camera_point(stage=Stage.PLANNED, system=bare_system(), is_published=False)
    with pytest.raises(ValidationError, match="system is not published"):
        publish_point(point=point, by=registrar)
    CameraSystem.objects.update(is_published=True)
    assert publish_point(point=CameraPoint.objects.get(), by=registrar).is_published
    with pytest.raises(ValidationError, match="already"):
        publish_point(point=point, by=registrar)
    assert not withdraw_point(point=point, by=registrar).is_published
    with pytest.raises(ValidationError, match="not published"):
        withdraw_point(point=point, by=registrar)
    acts = AuditEvent.objects.filter(target_id=str(point.pk)).order_by("at")
    assert list(acts.values_list("action", flat=True)) == ["camerapoint.publish", "camerapoint.withdraw"]


def test_nobody_else_publishes() -> None:
    for act in (publish_point, withdraw_point):
        with pytest.raises(PermissionDenied):
            act(point=camera_point(), by=with_role("services"))


def test_point_with_devices_is_neither_retired_nor_relocated(registrar: User) -> None:
    point = camera_point()
    placed(point)
    for name in ("retire", "relocate"):
        with pytest.raises(GuardRefused, match="Devices still stand here"):
            move_point(point=point, name=name, on=today(), by=registrar, reason="moved")


def test_step_that_does_not_lead_from_here_says_why(registrar: User) -> None:
    with pytest.raises(IllegalTransition) as refused:
        move_point(point=camera_point(), name="reject", on=today(), by=registrar, reason="x")
    assert "retire it" in refused.value.messages[0]
