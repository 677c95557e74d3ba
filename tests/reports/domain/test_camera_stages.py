from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.clock import today
from region.domain.transition import GuardRefused, IllegalTransition
from region.models import AuditEvent, User
from reports.domain.camera_stages import STAGES, move_point, publish_point, take_back, withdraw_point
from reports.enums.cameras import Answer, Stage
from reports.models import CameraPoint, CameraSystem, Device, Dpia, LegalBasis, StageChange
from reports.queries.camera_checks import facts_of
from reports.queries.camera_office import reviews_due
from reports.states.cameras import BACK, ENDED
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


@pytest.mark.once
@pytest.mark.parametrize("step", [step for step in steps(STAGES) if step.name not in BACK], ids=str)
def test_every_step_from_every_stage_for_every_role(step: Step, people: People) -> None:
    point = camera_point(stage=step.state)
    council_said_yes(point)
    walk(step, record=point, people=people)


@pytest.mark.once
@pytest.mark.parametrize(
    "step", [step for step in steps(STAGES) if step.name in BACK and STAGES.states.find(step.name, step.state)], ids=str
)
def test_every_step_back_for_every_role(step: Step, people: People) -> None:
    point = camera_point(stage=step.state)
    point.stage_changes.create(
        stage=STAGES.states.named(step.name).target, since=date(2024, 1, 1), ended_on=BEGAN, noted_by=None
    )
    walk(step, record=point, people=people)


def test_each_way_has_its_way_back() -> None:
    ways = {(source, way.target) for way in STAGES.states.transitions for source in way.sources}
    assert {(target, source) for source, target in ways} == ways
    assert len(ways) == 38


def test_stage_noted_by_mistake_is_taken_back_and_stays_in_the_history(registrar: User) -> None:
    point = camera_point()
    move_point(point=point, name="retire", on=date(2025, 3, 1), by=registrar, reason="wrong point")
    taken = take_back(point=point, name="back_to_active", by=registrar, reason="It was the point next to it.")
    assert (taken.stage, taken.stage_since) == ("active", BEGAN)
    assert [row.stage for row in StageChange.objects.on(date(2025, 6, 1))] == ["active"]
    rows = StageChange.objects.order_by("since").values_list("stage", "since", "ended_on", "taken_back_reason")
    assert list(rows) == [
        ("active", BEGAN, None, ""),
        ("retired", date(2025, 3, 1), date(2025, 3, 1), "It was the point next to it."),
    ]
    event = AuditEvent.objects.filter(target_id=str(point.pk)).latest("at")
    assert (event.action, event.after["reason"]) == ("camerapoint.back_to_active", "It was the point next to it.")
    # What follows begins where it would have begun without the mistake.
    move_point(point=taken, name="suspend", on=date(2025, 2, 1), by=registrar, reason="works")
    assert facts_of(CameraPoint.objects.get(), on=today()).running_since == BEGAN
    assert list(reviews_due(on=today())) == [point]


def test_steps_are_taken_back_one_by_one_in_order(registrar: User) -> None:
    point = camera_point(stage=Stage.APPROVED)
    for name in ("fund", "order"):
        move_point(point=point, name=name, on=date(2025, 2, 1), by=registrar)
    with pytest.raises(IllegalTransition):
        take_back(point=point, name="back_to_approved", by=registrar, reason="x")
    for name in ("back_to_funded", "back_to_approved"):
        take_back(point=point, name=name, by=registrar, reason="Nothing was ordered.")
    assert StageChange.objects.get(ended_on=None).stage == "approved"
    with pytest.raises(GuardRefused, match="another stage"):
        take_back(point=point, name="back_to_consulted", by=registrar, reason="x")


def test_active_point_goes_back_to_what_it_was_before_and_nowhere_else(registrar: User) -> None:
    point = camera_point(stage=Stage.SUSPENDED)
    move_point(point=point, name="resume", on=date(2025, 2, 1), by=registrar)
    with pytest.raises(GuardRefused, match="another stage"):
        take_back(point=point, name="back_to_planned", by=registrar, reason="x")
    with pytest.raises(GuardRefused, match="reason"):
        take_back(point=point, name="back_to_suspended", by=registrar, reason=" ")
    assert take_back(point=point, name="back_to_suspended", by=registrar, reason="Not yet.").stage == "suspended"


def test_stages_of_the_table_are_those_of_points() -> None:
    assert STAGES.states.all == set(Stage.values)
    assert {stage for stage in Stage if not set(_forward(stage))} == set(ENDED)


def _forward(stage: Stage) -> list[str]:
    return [way.name for way in STAGES.states.leading_from(stage) if way.name not in BACK]


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
