"""What the editors' screens of the camera register refuse, and how they say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from region.models import User
from reports.models import CameraSystem, Consultation, Cost, Device, Dpia, Sensor, SystemOperator, Workstation
from tests.factories.cameras import camera_point, camera_system, placed
from tests.reports.views.test_cameras_admin import registrar, screen

if TYPE_CHECKING:
    from django.test import Client

__all__ = ["registrar"]
pytestmark = pytest.mark.usefixtures("site")


def filled(one: Any, **changed: Any) -> dict[str, Any]:
    """What the form of a record sends, with changes."""
    columns = [column for column in one._meta.concrete_fields if column.editable and column.name != "id"]
    known = {column.name: getattr(one, column.attname) for column in columns}
    told = {name: "on" if value is True else value for name, value in known.items() if value not in (None, False)}
    return {**told, **changed}


def test_two_who_write_at_once_do_not_undo_each_others_changes(registrar: Client) -> None:
    system = camera_system()
    address = screen(CameraSystem, "edit", system.pk)
    seen = registrar.get(address).context["form"].initial["seen"]
    registrar.post(address, filled(system, controller="Another city", seen=seen))
    late = registrar.post(address, filled(system, processor="Somebody", seen=seen))
    assert "Another city" in str(late.context["form"].errors)
    assert CameraSystem.objects.get().processor == ""
    again = late.context["form"].data["seen"]
    registrar.post(address, filled(system, processor="Somebody", seen=again))
    assert CameraSystem.objects.get().processor == "Somebody"


def test_what_belongs_to_one_system_does_not_come_to_another(registrar: Client) -> None:
    point, other = camera_point(), camera_system()
    device = placed(point).device
    refused = registrar.post(screen(Device, "edit", device.pk), filled(device, system=other.pk))
    assert "system" in refused.context["form"].errors
    cost = {"kind": "purchase", "amount": 5, "currency": "CZK", "tax": "net", "period": "once", "per": "total"}
    for system, is_right in ((other, False), (point.system, True)):
        registrar.post(screen(Cost, "add"), {**cost, "system": system.pk, "points": [str(point.pk)]})
        assert Cost.objects.exists() == is_right


def test_what_the_database_refuses_is_said_in_words(registrar: Client) -> None:
    User.objects.update(language="en")
    device = placed(camera_point()).device
    of = {"system": device.system_id}
    backwards = {"since": "2025-01-01", "until": "2024-01-01"}
    done = {**of, "outcome": "acceptable"}
    known: list[tuple[Any, dict[str, Any], str]] = [
        (SystemOperator, {**of, "name": "X", **backwards}, "The end must not come before the beginning."),
        (Workstation, {**of, "organisation": "X", **backwards}, "The end must not come before the beginning."),
        (
            Consultation,
            {**of, "body": "police", "opinion": "waiting", "answered_on": "2024-01-01"},
            "Say what the answer was.",
        ),
        (Dpia, {**done, "done_on": "2023-01-10"}, "This is in the register already."),
        (Dpia, {**done, "done_on": "2199-01-01"}, "This day has not come yet."),
        (Dpia, {**done, "done_on": "2023-01-11", "next_review": "2020-01-01"}, "The next review comes after it."),
        (Sensor, {"device": device.pk, "number": 2, "range_m": 50}, "The device has fewer sensors than this."),
        (Sensor, {"device": device.pk, "number": 1, "range_m": 50}, "The device has a sensor of this number already."),
    ]
    for model, values, words in known:
        page = registrar.post(screen(model, "add"), values)
        assert words in page.content.decode()
        assert sum(len(errors) for errors in page.context["form"].errors.values()) == 1
