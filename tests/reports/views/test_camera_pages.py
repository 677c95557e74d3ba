from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from region.clock import today
from region.pdf import PdfUnavailable
from reports.enums.cameras import Answer, DeviceKind, Stage
from reports.models import CameraPoint, Cost, ExternalCameraSet, Workstation, YearlyReview
from tests.factories.cameras import camera_point, camera_system, council_said_yes, placed, remote_access
from tests.factories.places import town

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.django_db
HERE = "/en/figures/cameras/"
# What factories write into fields that are not public, and a sensor's azimuth, view and range.
SECRETS = ("SECRET", "123.25", "77.5", "61.5", "INV-")


@pytest.fixture(autouse=True)
def read_profile(site: object) -> None:
    """The outline of the site, and the profile that a process reads once."""
    today()


def full_point() -> CameraPoint:
    """A point with a line of everything, whatever its class."""
    system = camera_system(note_en="Modernised since 2008.", audio_note="§ 24b")
    system.operators.create(name="SITMP", since=date(2024, 1, 1))
    Workstation.objects.create(system=system, organisation="Municipal police", place="SECRET-ROOM", staffing="SECRET-3")
    point = camera_point(system=system, town=town(name="Zkušebnice"), code="KP-1", source="Interpellation")
    placed(point, kind=DeviceKind.MULTI_SENSOR, sensor_count=5)
    asked = council_said_yes(point)
    asked.text, asked.document = "SECRET-WORDS", "Letter 12/2023"
    asked.save()
    YearlyReview.objects.create(
        point=point,
        year=2025,
        reviewed_on=date(2025, 5, 5),
        is_necessary=True,
        decision="keep",
        reasons="Fewer crashes.",
    )
    cost = Cost.objects.create(
        system=system,
        kind="maintenance",
        amount=635,
        currency="PLN",
        tax="gross",
        period="year",
        per="point",
        is_shared_contract=True,
    )
    cost.points.add(point)
    remote_access(system=system, state="granted", purpose="SECRET-PURPOSE", technical_note="SECRET-VPN")
    ExternalCameraSet.objects.create(
        owner="Schools",
        count=22_273,
        joinable="possible",
        as_of=date(2025, 1, 1),
        contact="SECRET-PHONE",
        is_published=True,
    )
    return point


PAGES = (
    "points/",
    "points/KP-1/",
    "systems/{slug}/",
    "points.csv",
    "points.geojson",
    "points.osm",
    "",
)


@pytest.mark.parametrize("page", PAGES)
def test_no_public_page_or_file_holds_what_is_not_public(client: Client, page: str) -> None:
    point = full_point()
    answer = client.get(HERE + page.format(slug=point.system.slug))
    assert answer.status_code == 200
    body = answer.content.decode()
    assert point.name in body or page == "" or "systems" in page
    assert [secret for secret in SECRETS if secret in body] == []


def test_secrets_do_stand_in_the_register() -> None:
    point = full_point()
    placement = point.placements.get()
    stored = " ".join(
        str(value)
        for record in (point, point.system, placement.device, placement.device.sensors.get())
        for value in record.__dict__.values()
    )
    assert [secret for secret in SECRETS if secret not in stored] == []


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_point_has_a_page_in_each_language(client: Client, language: str) -> None:
    full_point()
    with override(language):
        address = reverse("reports:camera-point", args=["KP-1"])
    assert client.get(address).status_code == 200


def test_second_layer_says_what_article_13_asks(client: Client) -> None:
    point = full_point()
    texts = [client.get(f"{HERE}{page}").content.decode() for page in ("points/KP-1/", f"systems/{point.system.slug}/")]
    for text in texts:
        for words in (
            "Statutory City of Zkušebnice",
            "posta@",
            "dpo@",
            "Order at crossings on the way to school",
            "Art. 6(1)(e)",
            "§ 24b of Act 553/1991",
            "Patrols cannot stand there all day.",
            "More light and patrols were tried in 2022.",
            "7 days at most",
            "https://zkusebnice.example/cameras",
            "SITMP",
            "Municipal police",
            "Úřad pro ochranu osobních údajů",
            "Masks over windows.",
            "European Economic Area",
            "Decisions are made without a person",
            "2026: Police, Zkušebnice, 1×",
        ):
            assert words in text.replace("\u00a0", " ").replace("<wbr>", "").replace("\u200b", ""), words
    for words in ("Letter 12/2023", "Fewer crashes.", "635", "with VAT, every year, for each point"):
        assert words in texts[0].replace("\u00a0", " "), words


@pytest.mark.parametrize("page", ["points/KP-9/", "points/KP-9/sign.pdf", "systems/none/", "systems/none/2025.pdf"])
def test_what_is_not_published_is_not_there(client: Client, page: str) -> None:
    camera_point(code="KP-9", is_published=False, system=camera_system(slug="none", is_published=False))
    assert client.get(HERE + page).status_code == 404


def test_filters_narrow_the_list_and_its_files(client: Client) -> None:
    system = camera_system(slug="mkds")
    here = town(slug="here")
    first = camera_point(code="A1", system=system, town=here, surroundings="park", since=date(2024, 1, 1))
    placed(first, since=date(2024, 1, 1), kind=DeviceKind.PTZ)
    camera_point(code="B2", stage=Stage.PLANNED, since=date(2025, 1, 1), expected_device_count=3)
    found = {
        query: [code for code in ("A1", "B2") if f'<td data-label="Code"><span>{code}' in text]
        for query in (
            "",
            "system=mkds",
            "town=here",
            "stage=planned",
            "surroundings=park",
            "kind=ptz",
            "kind=anpr",
            "day=2024-12-31",
        )
        for text in [client.get(f"{HERE}points/?{query}").content.decode()]
    }
    assert found == {
        "": ["A1", "B2"],
        "system=mkds": ["A1"],
        "town=here": ["A1"],
        "stage=planned": ["B2"],
        "surroundings=park": ["A1"],
        "kind=ptz": ["A1"],
        "kind=anpr": [],
        "day=2024-12-31": ["A1"],
    }
    rows = list(csv.DictReader(StringIO(client.get(f"{HERE}points.csv?stage=planned").content.decode("utf-8-sig"))))
    assert [(row["code"], row["devices_expected"], row["device_count"]) for row in rows] == [("B2", "3", "0")]


def test_filter_that_cannot_be_read_is_said(client: Client) -> None:
    camera_point()
    page = client.get(f"{HERE}points/?day=31.2.2025&stage=odd")
    assert page.status_code == 400
    assert "Write the day as 31. 12. 2025." in page.content.decode()
    assert client.get(f"{HERE}points.csv?stage=odd").status_code == 400


def test_day_to_come_is_not_answered_as_if_it_were_known(client: Client) -> None:
    camera_point()
    page = client.get(f"{HERE}points/?day={today().year + 1}-01-01")
    assert (page.status_code, "This day has not come yet." in page.content.decode()) == (400, True)
    assert client.get(f"{HERE}points.geojson?day=2199-01-01").status_code == 400
    assert client.get(f"{HERE}points/?day={today().isoformat()}").status_code == 200


def test_empty_list_says_so(client: Client) -> None:
    assert "No camera point is published yet" in client.get(f"{HERE}points/").content.decode()
    camera_point()
    assert "No point matches" in client.get(f"{HERE}points/?stage=planned").content.decode()


def test_file_for_openstreetmap_holds_devices_that_stand(client: Client) -> None:
    point = camera_point(code="A1")
    placed(point, kind=DeviceKind.PTZ)
    placed(point, kind=DeviceKind.FIXED)
    camera_point(code="B2", stage=Stage.PLANNED)
    found = json.loads(client.get(f"{HERE}points.osm").content)["features"]
    tags = [(one["properties"]["ref"], one["properties"]["camera:type"]) for one in found]
    assert tags == [("A1", "fixed"), ("A1", "panning")]
    assert "camera:direction" not in json.dumps(found)


def test_sign_is_a_pdf_that_says_the_first_layer(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    point = full_point()
    point.placements.get().device.__class__.objects.update(has_audio=Answer.YES)
    seen: list[tuple[str, str]] = []

    def printed(html: str, style: str) -> bytes:
        seen.append((html, style))
        return b"%PDF"

    monkeypatch.setattr("reports.views.camera_products.pdf_of", printed)
    answer = client.get(f"{HERE}points/KP-1/sign.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, "application/pdf", b"%PDF")
    html, style = seen[0]
    assert style == "portal/camera-sign.css"
    for words in (
        "This place is watched by cameras",
        "Sound is recorded too.",
        "Order at crossings on the way to school",
        "Statutory City of Zkušebnice",
        "dpo@zkusebnice.example",
        "7 days at most",
        "You may ask for access",
        f"{HERE}points/KP-1/",
        '<path d="M4 4h7v1h-7z',
    ):
        assert words in html, words


def test_report_tells_the_year(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    point = full_point()
    seen: list[str] = []

    def printed(html: str, **_style: str) -> bytes:
        seen.append(html)
        return b"%PDF"

    monkeypatch.setattr("reports.views.camera_products.pdf_of", printed)
    address = f"{HERE}systems/{point.system.slug}/"
    assert client.get(f"{address}2024.pdf").status_code == 200
    assert client.get(f"{address}2025.pdf").status_code == 200
    for year in (0, today().year + 1, 99_999):
        assert client.get(f"{address}{year}.pdf").status_code == 404
    assert ("1 May 2024" in seen[0].replace("\u00a0", " "), "Fewer crashes." in seen[0]) == (True, False)
    assert ("1 May 2024" in seen[1].replace("\u00a0", " "), "Fewer crashes." in seen[1]) == (False, True)
    assert [secret for secret in SECRETS if secret in "".join(seen)] == []


def test_report_does_not_call_devices_that_nobody_entered_none(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def printed(html: str, **_style: object) -> bytes:
        seen.append(" ".join(html.split()))
        return b"%PDF"

    monkeypatch.setattr("reports.views.camera_products.pdf_of", printed)
    system = camera_point().system
    assert client.get(f"{HERE}systems/{system.slug}/{today().year}.pdf").status_code == 200
    assert "Devices at active points</th><td>none in the register</td>" in seen[0]
    assert "Sensors of those devices" not in seen[0]


def test_page_says_it_when_no_pdf_can_be_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(html: str, style: str) -> bytes:
        raise PdfUnavailable("no Pango")

    full_point()
    monkeypatch.setattr("reports.views.camera_products.pdf_of", fail)
    answer = client.get(f"{HERE}points/KP-1/sign.pdf")
    assert answer.status_code == 503
    assert "choose Print in your browser" in answer.content.decode()


def test_sign_is_really_made(client: Client) -> None:
    full_point()
    body = client.get(f"{HERE}points/KP-1/sign.pdf").content
    assert body.startswith(b"%PDF")
    assert len(body) > 5_000


def test_list_of_one_and_of_three_points_costs_the_same(client: Client, count_queries: QueryCounter) -> None:
    told = []
    client.get(f"{HERE}points/?x=first")
    for wanted in (1, 3):
        while CameraPoint.objects.count() < wanted:
            placed(camera_point(town=town()))
        with count_queries() as made:
            client.get(f"{HERE}points/?x={wanted}")
        told.append(len(made))
    assert told[0] == told[1]


def test_list_names_what_is_not_known_and_leaves_out_what_is_known_of_no_point(client: Client) -> None:
    camera_point(code="A-1")
    text = client.get(f"{HERE}points/").content.decode()
    assert 'data-label="Devices"' not in text
    assert 'data-label="Where"' not in text
    placed(camera_point(code="B-1"))
    text = client.get(f"{HERE}points/").content.decode()
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in text.split("<tr>")[2:]]
    assert rows[0].startswith("Korandova × Plachého A-1 ")
    assert rows[0].endswith("active not known not known")
    assert "active 1 1" in rows[1]
