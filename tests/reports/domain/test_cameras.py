from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from region.clock import today
from region.domain.editing import ChangedMeanwhile, mark_of
from region.domain.transition import GuardRefused
from region.domain.users import system_user
from region.models import AuditEvent, RegionProfile, User
from region.queries.profile import forget_profile
from reports.camera_checklist import is_review_due
from reports.domain.camera_stages import move_point
from reports.domain.cameras import (
    POINT_FIELDS,
    add_point,
    change_point,
    install_device,
    note_consultation,
    note_review,
    place_device,
    relocate_device,
    remove_device,
    replace_device,
)
from reports.enums.cameras import Stage
from reports.models import CameraPoint, CameraSystem, Device, Placement, Sensor, StageChange
from reports.queries.camera_checks import facts_of
from reports.queries.camera_groups import counts
from reports.queries.camera_office import assessments_due, free_devices, reviews_due
from tests.factories.cameras import BEGAN, camera_device, camera_point, camera_system, placed
from tests.factories.places import bounded, district, square, town
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db


@pytest.fixture
def registrar() -> User:
    return with_role("camera_registrar")


def facts(**changed: Any) -> dict[str, Any]:
    known = {"code": "KP-1", "name": "Korandova × Plachého", "system": camera_system(), "surroundings": "road"}
    return {**known, **changed}


def test_point_comes_in_a_stage_with_its_history(registrar: User) -> None:
    point = add_point(values=facts(), stage=Stage.ACTIVE, since=date(2024, 5, 1), document="Letter", by=registrar)
    change = StageChange.objects.get()
    assert (point.stage, point.stage_since, change.stage, change.since) == (
        "active",
        date(2024, 5, 1),
        "active",
        date(2024, 5, 1),
    )
    assert (change.document, change.noted_by) == ("Letter", registrar)
    assert AuditEvent.objects.filter(action="camerapoint.add", target_id=str(point.pk)).count() == 1


def test_point_that_nobody_told_the_stage_of_is_proposed_today(registrar: User) -> None:
    point = add_point(values=facts(), by=registrar)
    assert (point.stage, point.stage_since, point.is_published) == ("proposed", today(), False)


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"code": "two words"}, "code"),
        ({"location_status": "exact"}, "location_status"),
        ({"lon": 13.0, "lat": 49.0}, "location_status"),
        ({"lon": 13.0, "location_status": "exact"}, "location_status"),
    ],
)
def test_point_that_cannot_be_meant_is_refused_at_its_field(
    registrar: User, changed: dict[str, Any], where: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        add_point(values=facts(**changed), by=registrar)
    assert list(refused.value.message_dict) == [where]


def test_district_lies_in_the_town_and_stages_not_in_the_future(registrar: User) -> None:
    with pytest.raises(ValidationError, match="another town"):
        add_point(values=facts(town=town(), district=district()), by=registrar)
    with pytest.raises(ValidationError, match="not come yet"):
        add_point(values=facts(), since=today() + timedelta(days=1), by=registrar)


def test_commands_may_bring_examples_and_others_may_not(registrar: User) -> None:
    assert add_point(values=facts(), by=system_user(), is_example=True).is_example
    assert not add_point(values=facts(code="KP-2"), by=registrar, is_example=True).is_example


def test_nobody_else_keeps_the_register() -> None:
    services, point = with_role("services"), camera_point()
    placement = placed(point)
    for act in (
        lambda: add_point(values=facts(), by=services),
        lambda: change_point(point=point, values={"name": "x"}, by=services),
        lambda: install_device(point=point, values={"kind": "fixed"}, since=BEGAN, by=services),
        lambda: place_device(device=placement.device, point=point, since=BEGAN, by=services),
        lambda: remove_device(placement=placement, on=today(), by=services),
        lambda: note_review(point=point, values={}, by=services),
        lambda: note_consultation(point=point, values={}, by=services),
    ):
        with pytest.raises(PermissionDenied):
            act()
    assert (CameraPoint.objects.count(), Placement.objects.count()) == (1, 1)


def test_two_who_change_a_point_at_once_are_told(registrar: User) -> None:
    point = camera_point()
    seen = mark_of(point, POINT_FIELDS)
    values = {name: getattr(point, name) for name in POINT_FIELDS}
    change_point(point=point, values={**values, "name": "Here"}, by=registrar, seen=seen)
    with pytest.raises(ChangedMeanwhile):
        change_point(point=point, values={**values, "name": "There"}, by=registrar, seen=seen)
    assert CameraPoint.objects.get().name == "Here"


def test_moved_device_is_at_one_point_on_each_day(registrar: User) -> None:
    system = camera_system()
    first, second = camera_point(system=system), camera_point(system=system)
    placement = placed(first)
    moved = date(2025, 3, 1)
    relocate_device(placement=placement, to=second, on=moved, document="Order 5", by=registrar)
    for day in (BEGAN, moved - timedelta(days=1), moved, today()):
        assert counts(on=day).devices == 1
        assert Placement.objects.on(day).get().point == (first if day < moved else second)
    ends = Placement.objects.order_by("since").values_list("reason", "removal_reason", "document")
    assert list(ends) == [("install", "relocate", "Order 5"), ("relocate", "", "Order 5")]
    # It no longer looks where it did.
    assert [Sensor.objects.on(day).count() for day in (moved - timedelta(days=1), moved)] == [1, 0]


def test_device_stays_where_it_is_when_it_cannot_come_elsewhere(registrar: User) -> None:
    placement = placed(camera_point())
    ended = camera_point(system=placement.point.system, stage=Stage.RETIRED)
    for to, words in ((ended, "has ended"), (camera_point(), "another system"), (placement.point, "already")):
        with pytest.raises(ValidationError, match=words):
            relocate_device(placement=placement, to=to, on=today(), by=registrar)
    assert Placement.objects.get().removed_on is None


def test_device_is_not_at_two_points_at_once(registrar: User) -> None:
    placement = placed(camera_point(), removed_on=date(2025, 1, 1))
    other = camera_point(system=placement.point.system)
    for since in (BEGAN, date(2024, 1, 1), date(2024, 12, 31)):
        with pytest.raises(ValidationError, match="At that time"):
            place_device(device=placement.device, point=other, since=since, by=registrar)
    place_device(device=placement.device, point=other, since=date(2025, 1, 1), by=registrar)
    with pytest.raises(ValidationError, match="not come yet"):
        place_device(
            device=camera_device(system=other.system), point=other, since=today() + timedelta(days=1), by=registrar
        )


def test_database_lets_a_device_stand_at_one_point_now() -> None:
    placement = placed(camera_point())
    other = camera_point(system=placement.point.system)
    with pytest.raises(IntegrityError), transaction.atomic():
        Placement.objects.create(device=placement.device, point=other, since=today())


def test_replaced_device_leaves_its_place_to_another_of_the_system(registrar: User) -> None:
    placement = placed(camera_point())
    new = camera_device(system=placement.point.system)
    camera_device()
    assert list(free_devices(placement.point)) == [new]
    replace_device(placement=placement, new=new, on=date(2025, 3, 1), by=registrar)
    assert list(free_devices(placement.point)) == [placement.device]
    assert [one.device for one in Placement.objects.on(date(2025, 3, 1))] == [new]


@pytest.mark.parametrize("day", [BEGAN, date(2199, 1, 1)])
def test_device_goes_after_it_came_and_not_in_the_future(registrar: User, day: date) -> None:
    with pytest.raises(ValidationError, match="after it came"):
        remove_device(placement=placed(camera_point()), on=day, by=registrar)


def test_device_goes_once(registrar: User) -> None:
    placement = placed(camera_point())
    remove_device(placement=placement, on=today(), by=registrar)
    with pytest.raises(ValidationError, match="already"):
        remove_device(placement=placement, on=today(), by=registrar)


def test_new_device_belongs_to_the_system_of_its_point(registrar: User) -> None:
    point = camera_point()
    install_device(point=point, values={"kind": "multi_sensor", "sensor_count": 5}, since=BEGAN, by=registrar)
    device = Device.objects.get()
    assert (device.system, device.face_recognition, device.placements.get().since) == (
        point.system,
        "unanswered",
        BEGAN,
    )
    with pytest.raises(ValidationError, match="two sensors at least"):
        install_device(point=point, values={"kind": "multi_sensor", "sensor_count": 1}, since=BEGAN, by=registrar)


REVIEW: dict[str, Any] = {
    "year": 2025,
    "reviewed_on": date(2025, 6, 1),
    "is_necessary": True,
    "decision": "keep",
    "reasons": "Fewer crashes.",
}


def test_year_is_reviewed_once(registrar: User) -> None:
    point = camera_point()
    note_review(point=point, values=REVIEW, by=registrar)
    with pytest.raises(ValidationError, match="already"):
        note_review(point=point, values=REVIEW, by=registrar)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"is_necessary": False}, "cannot stay"),
        ({"reviewed_on": date(2199, 1, 1)}, "not come yet"),
        ({"reasons": ""}, "cannot be blank"),
    ],
)
def test_review_that_cannot_be_meant_is_refused(registrar: User, changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        note_review(point=camera_point(), values={**REVIEW, **changed}, by=registrar)


def test_answer_comes_after_the_question_and_says_something(registrar: User) -> None:
    point = camera_point()
    asked: dict[str, Any] = {"body": "district_council", "asked_on": date(2025, 2, 1), "opinion": "for"}
    with pytest.raises(ValidationError, match="before the question"):
        note_consultation(point=point, values={**asked, "answered_on": date(2025, 1, 1)}, by=registrar)
    with pytest.raises(ValidationError, match="what the answer was"):
        note_consultation(
            point=point, values={**asked, "answered_on": date(2025, 3, 1), "opinion": "waiting"}, by=registrar
        )
    assert note_consultation(point=point, values=asked, by=registrar).system == point.system


def test_retention_over_three_months_in_poland_is_an_error() -> None:
    system = CameraSystem(slug="x", name_pl="Monitoring", country="PL", retention_days=93)
    with pytest.raises(ValidationError) as refused:
        system.full_clean()
    assert "retention_days" in refused.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        system.save()
    system.has_evidence_hold = True
    system.full_clean()
    system.save()


def test_reviews_due_are_those_of_the_checklist(registrar: User) -> None:
    day = date(2026, 6, 1)
    began = {
        "fresh": camera_point(since=day - timedelta(days=366)),
        "old": camera_point(since=day - timedelta(days=367)),
        "planned": camera_point(since=day - timedelta(days=900), stage=Stage.PLANNED),
        "reviewed": camera_point(since=day - timedelta(days=900)),
        "reviewed long ago": camera_point(since=day - timedelta(days=900)),
    }
    note_review(point=began["reviewed"], values={**REVIEW, "reviewed_on": day - timedelta(days=366)}, by=registrar)
    note_review(
        point=began["reviewed long ago"], values={**REVIEW, "reviewed_on": day - timedelta(days=367)}, by=registrar
    )
    due = {name for name, point in began.items() if point in set(reviews_due(on=day))}
    told = {name: facts_of(CameraPoint.objects.get(pk=point.pk), on=day) for name, point in began.items()}
    assert due == {"old", "reviewed long ago"}
    assert due == {
        name
        for name, one in told.items()
        if is_review_due(running_since=one.running_since, last_review=one.last_review, day=day)
    }


def test_suspension_does_not_begin_the_year_anew() -> None:
    day = date(2026, 6, 1)
    point = camera_point(stage=Stage.SUSPENDED, since=date(2026, 1, 1))
    StageChange.objects.create(point=point, stage=Stage.ACTIVE, since=date(2024, 1, 1), ended_on=date(2026, 1, 1))
    StageChange.objects.create(point=point, stage=Stage.PLANNED, since=date(2023, 1, 1), ended_on=date(2024, 1, 1))
    assert facts_of(point, on=day).running_since == date(2024, 1, 1)
    assert list(reviews_due(on=day)) == [point]


def test_stages_before_a_point_ran_do_not_count_into_its_year() -> None:
    day = date(2026, 6, 1)
    point = camera_point(since=date(2026, 3, 1))
    StageChange.objects.create(point=point, stage=Stage.PROPOSED, since=date(2020, 1, 1), ended_on=date(2022, 1, 1))
    StageChange.objects.create(point=point, stage=Stage.PLANNED, since=date(2022, 1, 1), ended_on=date(2026, 3, 1))
    assert facts_of(point, on=day).running_since == date(2026, 3, 1)
    assert list(reviews_due(on=day)) == []


def test_assessments_due_are_the_last_of_each_system() -> None:
    system = camera_system()
    first = system.dpias.get()
    first.next_review = date(2024, 1, 10)
    first.save()
    assert list(assessments_due(on=date(2024, 1, 1))) == [first]
    assert list(assessments_due(on=date(2023, 10, 1))) == []
    last = system.dpias.create(done_on=date(2024, 1, 5), outcome="acceptable", next_review=date(2026, 1, 5))
    assert list(assessments_due(on=date(2024, 6, 1))) == []
    assert list(assessments_due(on=date(2026, 1, 1))) == [last]


@pytest.mark.parametrize(
    ("lon", "lat", "what"), [(49.74, 13.37, "exchanged"), (0.0, 0.0, "outside"), (19.94, 50.06, "outside")]
)
def test_place_outside_the_region_is_refused(
    lon: float, lat: float, what: str, registrar: User, county: RegionProfile
) -> None:
    RegionProfile.objects.update(**bounded(square(12.5, 49.0, 1.5)))
    forget_profile()
    there = {"location_status": "exact", "lon": lon, "lat": lat}
    with pytest.raises(ValidationError, match=what):
        add_point(values=facts(**there), by=registrar)
    point = add_point(values=facts(location_status="exact", lon=13.37, lat=49.74), by=registrar)
    with pytest.raises(ValidationError, match=what):
        change_point(point=point, values=there, by=registrar)
    # What stands there already is no reason to refuse another change.
    CameraPoint.objects.update(lon=lon, lat=lat)
    assert change_point(point=point, values={"name": "Elsewhere"}, by=registrar).name == "Elsewhere"


def test_system_of_a_point_changes_only_while_nothing_else_belongs_to_it(registrar: User) -> None:
    point, other = camera_point(), camera_system()
    assert change_point(point=point, values={"system": other}, by=registrar).system == other
    placed(camera_point(code="KP-2"))
    with pytest.raises(ValidationError, match="belong to this point"):
        change_point(point=CameraPoint.objects.get(code="KP-2"), values={"system": other}, by=registrar)


def test_code_of_a_published_point_stays_for_signs_lead_to_it(registrar: User) -> None:
    point = camera_point(code="KP-2")
    with pytest.raises(ValidationError, match="Signs lead"):
        change_point(point=point, values={"code": "KP-3"}, by=registrar)
    CameraPoint.objects.update(is_published=False)
    assert change_point(point=point, values={"code": "KP-3"}, by=registrar).code == "KP-3"


def test_nothing_is_noted_of_days_to_come(registrar: User) -> None:
    point, tomorrow = camera_point(), today() + timedelta(days=1)
    with pytest.raises(ValidationError, match="not come yet"):
        note_consultation(
            point=point, values={"body": "police", "opinion": "for", "answered_on": tomorrow}, by=registrar
        )
    values = {"year": today().year + 1, "reviewed_on": today(), "is_necessary": True, "decision": "keep"}
    with pytest.raises(ValidationError, match="has begun"):
        note_review(point=point, values={**values, "reasons": "x"}, by=registrar)


def test_point_does_not_end_before_its_last_device_left(registrar: User) -> None:
    point = camera_point()
    placed(point, removed_on=date(2025, 3, 15))
    with pytest.raises(GuardRefused, match="still stand"):
        move_point(point=point, name="retire", on=date(2025, 3, 14), by=registrar, reason="x")
    assert move_point(point=point, name="retire", on=date(2025, 3, 15), by=registrar, reason="x").stage == "retired"
