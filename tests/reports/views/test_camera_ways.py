"""The registrar's way from nothing to a published point: what is asked leads to where it is mended, and back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from portal.domain.register_groups import make_register_groups
from region.domain.access import sync_access
from reports.models import CameraPoint, Device, Dpia, LegalBasis
from reports.views.cameras_admin import editors_url
from tests.factories.cameras import bare_system, camera_point, camera_system, placed, remote_access
from tests.factories.roles import with_role

pytestmark = pytest.mark.usefixtures("site")
SYSTEMS = "/en/office/cameras/systems/"


@pytest.fixture
def registrar() -> Client:
    """The registrar's browser."""
    make_register_groups()
    user = with_role("camera_registrar")
    sync_access(user=user)
    client = Client()
    client.force_login(user)
    return client


def ways(client: Client, address: str) -> dict[str, str]:
    """Links of a page by their words."""
    found = BeautifulSoup(client.get(address).content, "html.parser").select("main a")
    return {" ".join(link.get_text().replace("\u00a0", " ").split()): str(link["href"]) for link in found}


def test_what_a_system_lacks_leads_to_where_it_is_mended(registrar: Client) -> None:
    system = bare_system(name_en="Cameras of Nowhere")
    found = ways(registrar, SYSTEMS)
    edit = editors_url(type(system), "edit", system.pk, next=SYSTEMS)
    assert found["Mend: The controller is named. (Cameras of Nowhere)"] == edit
    assert found["Change the system"] == edit
    basis = found["Mend: A legal basis with a purpose is in force. (Cameras of Nowhere)"]
    assert basis == editors_url(LegalBasis, "add", system=system.pk, next=SYSTEMS)
    assert registrar.get(basis).context["form"].initial["system"] == system.pk
    assert registrar.get(found["Devices"]).status_code == 200


def test_reader_of_the_register_is_led_to_no_form() -> None:
    bare_system()
    client = Client()
    client.force_login(with_role("auditor"))
    assert [url for url in ways(client, SYSTEMS).values() if "/admin/" in url] == []


def test_first_system_can_be_added_where_there_is_none(registrar: Client) -> None:
    found = ways(registrar, SYSTEMS)["Add a system"]
    form = registrar.get(found).context["form"]
    assert form.initial["country"] == "CZ"


def test_basis_that_was_added_leads_back_to_the_point(registrar: Client) -> None:
    point = camera_point(system=bare_system(controller="Town"), is_published=False)
    there = reverse("reports:office-camera", args=[point.pk])
    found = ways(registrar, there)["Mend: A legal basis with a purpose is in force."]
    shown = registrar.get(found)
    action = BeautifulSoup(shown.content, "html.parser").select_one("form#w-editor-form, form[action*=add]")
    assert action
    values = {"system": str(point.system_id), "regime": "gdpr", "article": "Art. 6(1)(e)", "purpose_en": "Order"}
    wrong = registrar.post(str(action["action"]), {**values, "article": ""})
    assert wrong.status_code == 200
    assert registrar.post(str(action["action"]), values)["Location"] == there
    assert LegalBasis.objects.get().purpose_en == "Order"


def test_foreign_address_is_not_gone_to(registrar: Client) -> None:
    system = camera_system()
    values = {"system": str(system.pk), "done_on": "2024-05-01", "outcome": "acceptable"}
    answer = registrar.post(editors_url(Dpia, "add", next="https://elsewhere.example/"), values)
    assert "elsewhere" not in answer.get("Location", "")


def test_answers_of_a_device_are_mended_at_the_device(registrar: Client) -> None:
    point = camera_point()
    placed(point, face_recognition="unanswered")
    there = reverse("reports:office-camera", args=[point.pk])
    found = ways(registrar, there)
    assert found["Mend: It is answered for each device whether it recognises faces."] == "#devices"
    device = Device.objects.get()
    assert editors_url(Device, "edit", device.pk, next=there) in found.values()
    assert registrar.get(editors_url(Device, "edit", device.pk, next=there)).status_code == 200


def test_point_that_stands_already_comes_in_as_it_is(registrar: Client) -> None:
    system = camera_system()
    add = reverse("reports:office-camera-add")
    assert registrar.get(add).context["form"].initial["system"] == system
    values: dict[str, Any] = {
        "system": system.pk,
        "code": "KP-7",
        "name": "Here",
        "location_status": "none",
        "surroundings": "park",
        "stage": "active",
        "document": "Contract 5",
    }
    refused = registrar.post(add, {"form_key": str(uuid4()), **values, "since": "1. 1. 2199"})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["since"]
    registrar.post(add, {"form_key": str(uuid4()), **values, "since": "1. 7. 2015"})
    point = CameraPoint.objects.get()
    assert (point.stage, point.stage_since) == ("active", date(2015, 7, 1))
    assert point.stage_changes.get().document == "Contract 5"
    camera_system()
    assert registrar.get(f"{add}?system={system.pk}").context["form"].initial["system"] == system
    assert registrar.get(add).context["form"].initial["system"] is None


def test_access_says_what_comes_next(registrar: Client) -> None:
    access = remote_access()
    there = reverse("reports:office-access", args=[access.pk])
    assert "Now the technical side decides." in registrar.get(there).content.decode()
    step = reverse("reports:office-access-step", args=[access.pk, "return_technically"])
    answer = registrar.post(
        step, {"form_key": str(uuid4()), "version": access.version, "reason": "No line"}, follow=True
    )
    told = [str(message) for message in answer.context["messages"]]
    assert told == ["It is written down. Now whoever asked mends the request and sends it again."]
