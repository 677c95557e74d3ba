"""What the registrar noted by mistake, what two wrote at once, and what a device answers with several ticks."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from reports.enums.cameras import Stage
from reports.models import CameraPoint, Device
from tests.factories.cameras import bare_system, camera_point, camera_system, placed
from tests.factories.roles import with_role
from tests.reports.views.test_camera_office import browser, said, sent, url

pytestmark = pytest.mark.usefixtures("county")


@pytest.fixture
def office() -> Client:
    """The registrar's browser."""
    return browser(with_role("camera_registrar"))


def test_stage_is_taken_back_with_a_reason_and_its_history_stays(office: Client) -> None:
    point = camera_point(code="KP-7")
    sent(office, url("camera-step", point.pk, "suspend"), on="3. 2. 2025", reason="Works on the road")
    back = url("camera-step", point.pk, "back_to_active")
    page = said(office.get(url("camera", point.pk)))
    assert (back in page, page.count("Take back: noted by mistake")) == (True, 1)
    blank = sent(office, back, reason="")
    assert (blank.status_code, "Give a reason." in said(blank)) == (422, True)
    assert sent(office, back, reason="It was another point").status_code == 302
    page = said(office.get(url("camera", point.pk)))
    assert ("It was another point" in page, "Noted by mistake" in page, back in page) == (True, True, False)
    public = said(office.get(reverse("reports:camera-point", args=["KP-7"])))
    assert ("uspended" in public, "another point" in public) == (False, False)
    assert sent(office, back, reason="once more").status_code == 409


def test_point_that_came_into_the_register_so_has_nothing_to_take_back(office: Client) -> None:
    point = camera_point()
    assert "Take back" not in said(office.get(url("camera", point.pk)))
    refused = sent(office, url("camera-step", point.pk, "back_to_planned"), reason="x")
    assert (refused.status_code, CameraPoint.objects.get().stage) == (422, "active")


def test_what_was_written_stays_when_somebody_was_faster(office: Client) -> None:
    point = camera_point(stage=Stage.APPROVED)
    reject = url("camera-step", point.pk, "reject")
    sent(office, url("camera-step", point.pk, "fund"), on="3. 2. 2025")
    for name in ("order", "plan", "activate"):
        sent(office, url("camera-step", point.pk, name), on="3. 2. 2025")
    late = sent(office, reject, on="4. 2. 2025", reason="The district council changed its mind")
    assert late.status_code == 409
    assert ("changed its mind" in said(late), "retire it" in said(late)) == (True, True)


def test_device_says_everything_that_it_uses(office: Client) -> None:
    point = camera_point(code="KP-7")
    address = url("camera-install", point.pk)
    facts: dict[str, Any] = {
        "kind": "fixed",
        "sensor_count": 1,
        "has_audio": "no",
        "face_recognition": "no",
        "since": "1. 6. 2024",
    }
    both = sent(office, address, **facts, analytics=["none", "motion"])
    assert (both.status_code, "Tick either" in said(both)) == (422, True)
    assert said(both).count(" checked") == 2
    assert sent(office, address, **facts, analytics=["anpr", "motion"]).status_code == 302
    assert Device.objects.get().analytics == ["anpr", "motion"]
    for page in (url("camera", point.pk), reverse("reports:camera-point", args=["KP-7"])):
        assert "motion, number plates" in said(office.get(page))


def test_device_whose_analytics_nobody_told_is_not_one_without(office: Client) -> None:
    point = camera_point(code="KP-7")
    placed(point, analytics=[])
    placed(point, since=date(2025, 1, 1), analytics=["none"])
    page = said(Client().get(reverse("reports:camera-point", args=["KP-7"])))
    column = [part.split("</span>")[0] for part in page.split('data-label="Analytics"><span>')[1:]]
    assert column == ["not answered", "none"]
    assert "which analytics it uses" in said(office.get(url("camera", point.pk)))


def test_record_of_processing_names_systems_that_lack_a_basis_and_a_time(office: Client) -> None:
    bare_system(slug="a-bare", name_en="Bare cameras", controller='=HYPERLINK("http://x")')
    camera_system(slug="b-whole")
    lines = office.get(url("camera-processing", "csv")).content.decode("utf-8-sig").splitlines()
    rows = list(csv.DictReader(lines))
    assert [(row["System"], row["Purpose"], row["Law"], row["Recordings are kept"]) for row in rows] == [
        ("Bare cameras", "No legal basis is in the register yet.", "", "not stated"),
        (
            rows[1]["System"],
            "Order at crossings on the way to school",
            "General Data Protection Regulation (GDPR)",
            "7 days",
        ),
    ]
    assert rows[0]["Controller"].startswith("'=")
    assert office.get(url("camera-processing", "xlsx")).status_code == 200


def test_nothing_printed_is_silent_about_how_long_recordings_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    point = camera_point(code="KP-7", system=camera_system(slug="here", retention_days=None))
    printed: list[str] = []

    def keep(html: str, **_style: str) -> bytes:
        printed.append(html)
        return b"%PDF"

    monkeypatch.setattr("reports.views.camera_products.pdf_of", keep)
    client = Client()
    for name, args in (("camera-sign", [point.code]), ("camera-report", ["here", 2025])):
        assert client.get(reverse(f"reports:{name}", args=args)).status_code == 200
    page = said(client.get(reverse("reports:camera-point", args=[point.code])))
    for text in (*printed, page):
        assert "not stated" in text.partition("Recordings are kept")[2][:40]


def test_what_was_noted_of_a_device_is_taken_back(office: Client) -> None:
    placement = placed(camera_point())
    address = url("camera-undo", placement.pk)
    assert address in said(office.get(url("camera", placement.point_id)))
    assert "came here" in said(office.get(address))
    assert sent(office, address, reason="").status_code == 422
    sent(office, url("camera-retire", placement.pk), on="1. 7. 2024")
    assert "that the device left" in said(office.get(address))
    assert sent(office, address, reason="It stands there still").status_code == 302
    assert placement.point.placements.get().removed_on is None
    assert sent(office, address, reason="It never came").status_code == 302
    assert (placement.point.placements.count(), Device.objects.count()) == (0, 1)
    assert office.get(address).status_code == 404
