from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.clock import today
from region.models import AuditEvent, User
from reports.domain.camera_stages import move_point
from reports.domain.cameras import install_device, relocate_device, remove_device, replace_device
from reports.domain.placement_mistakes import take_back_placement
from reports.models import CameraPoint, Device, Placement, Sensor
from tests.factories.cameras import BEGAN, camera_device, camera_point, placed
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
JULY = date(2024, 7, 1)


@pytest.fixture
def registrar() -> User:
    return with_role("camera_registrar")


def stays() -> list[tuple[str, date, date | None]]:
    rows = Placement.objects.order_by("since", "point__code").select_related("point")
    return [(row.point.code, row.since, row.removed_on) for row in rows]


def test_device_that_never_came_is_taken_back_and_the_trail_keeps_it(registrar: User) -> None:
    placement = placed(camera_point(code="A"))
    take_back_placement(placement=placement, by=registrar, reason="It was the next street.")
    assert stays() == []
    assert Device.objects.filter(pk=placement.device_id).exists()
    event = AuditEvent.objects.get(action="placement.take_back")
    assert (event.before["since"], event.after) == (BEGAN.isoformat(), {"reason": "It was the next street."})
    with pytest.raises(ValidationError, match="taken back already"):
        take_back_placement(placement=placement, by=registrar, reason="once more")


def test_device_that_did_not_move_stands_and_looks_where_it_did(registrar: User) -> None:
    first = placed(camera_point(code="A"))
    other = camera_point(code="B", system=first.point.system)
    moved = relocate_device(placement=first, to=other, on=JULY, by=registrar)
    assert Sensor.objects.on(JULY).count() == 0
    take_back_placement(placement=moved, by=registrar, reason="It stayed.")
    assert stays() == [("A", BEGAN, None)]
    assert Sensor.objects.on(JULY).count() == 1


def test_device_that_was_not_replaced_stands_again(registrar: User) -> None:
    first = placed(camera_point(code="A"))
    new = replace_device(placement=first, new=camera_device(system=first.point.system), on=JULY, by=registrar)
    take_back_placement(placement=new, by=registrar, reason="Only cleaned.")
    assert stays() == [("A", BEGAN, None)]
    assert Placement.objects.get().device == first.device


def test_device_that_was_not_taken_away_stands_again(registrar: User) -> None:
    gone = remove_device(placement=placed(camera_point(code="A")), on=JULY, by=registrar)
    take_back_placement(placement=gone, by=registrar, reason="Another one.")
    assert stays() == [("A", BEGAN, None)]
    assert Placement.objects.get().removal_reason == ""


def test_what_came_after_is_taken_back_first(registrar: User) -> None:
    first = placed(camera_point(code="A"))
    other = camera_point(code="B", system=first.point.system)
    relocate_device(placement=first, to=other, on=JULY, by=registrar)
    with pytest.raises(ValidationError, match="elsewhere after that"):
        take_back_placement(placement=first, by=registrar, reason="x")
    gone = remove_device(placement=Placement.objects.get(point=other), on=date(2024, 8, 1), by=registrar)
    move_point(point=other, name="retire", on=date(2024, 8, 2), by=registrar, reason="x")
    with pytest.raises(ValidationError, match="point has ended"):
        take_back_placement(placement=gone, by=registrar, reason="x")
    assert CameraPoint.objects.get(code="B").stage == "retired"


def test_it_needs_a_reason_and_the_registrar(registrar: User) -> None:
    placement = placed(camera_point())
    with pytest.raises(ValidationError, match="Give a reason"):
        take_back_placement(placement=placement, by=registrar, reason=" ")
    with pytest.raises(PermissionDenied):
        take_back_placement(placement=placement, by=with_role("services"), reason="x")
    assert Placement.objects.count() == 1


def test_device_that_came_today_can_be_taken_back_today(registrar: User) -> None:
    point = camera_point(since=today() - timedelta(days=1))
    values = {"kind": "fixed", "sensor_count": 1, "has_audio": "no", "face_recognition": "no"}
    placement = install_device(point=point, values=values, since=today(), by=registrar)
    take_back_placement(placement=placement, by=registrar, reason="Typed at the wrong point.")
    assert stays() == []
