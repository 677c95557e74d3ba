"""The camera registrar in the editors' screens."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.domain.register_groups import make_register_groups
from region.domain.access import sync_access
from region.models import AuditEvent
from reports.models import CameraSystem, Device
from reports.views.cameras_admin import CameraViewSetGroup
from tests.factories.cameras import camera_device, camera_point, camera_system, placed
from tests.factories.roles import with_role

pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def registrar() -> Client:
    """The registrar's browser."""
    make_register_groups()
    user = with_role("camera_registrar")
    sync_access(user=user)
    client = Client()
    client.force_login(user)
    return client


def screen(model: Any, name: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(name), args=args)


def test_registrar_opens_every_list_and_every_form(registrar: Client) -> None:
    placed(camera_point())
    found = {}
    for viewset in CameraViewSetGroup.items:
        model = viewset.model
        pages = [screen(model, "list"), screen(model, "add")]
        pages += [screen(model, "edit", one.pk) for one in model.objects.all()[:1]]
        found[model.__name__] = {registrar.get(page).status_code for page in pages}
    assert found == {viewset.model.__name__: {200} for viewset in CameraViewSetGroup.items}


def test_retention_beyond_the_law_is_refused_in_words_and_a_change_is_told(registrar: Client) -> None:
    system = camera_system()
    address = screen(CameraSystem, "edit", system.pk)
    values = {
        field.name: getattr(system, field.name) or ""
        for field in CameraSystem._meta.concrete_fields
        if field.name not in {"id", "town", "has_evidence_hold", "same_body_may_approve", "is_example"}
    }
    refused = registrar.post(address, {**values, "country": "PL", "retention_days": 93})
    assert "retention_days" in refused.context["form"].errors
    assert CameraSystem.objects.get().retention_days == 7
    registrar.post(address, {**values, "retention_days": 5})
    assert CameraSystem.objects.get().retention_days == 5
    assert AuditEvent.objects.get(action="camerasystem.change").after == {"retention_days": 5}


def test_analytics_of_a_device_are_ticked(registrar: Client) -> None:
    device = camera_device(analytics=["motion", "object"])
    page = registrar.get(screen(Device, "edit", device.pk)).content.decode()
    ticks = re.findall(r'<input type="checkbox" name="analytics" value="(\w+)"([^>]*)>', page)
    assert [code for code, more in ticks if "checked" in more] == ["motion", "object"]
    assert len(ticks) == 5
