"""Figures against readers who mean no good, and against texts that editors paste from anywhere."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from reports.domain.figures import correct_month, correct_observation, withdraw_observation
from reports.models import Metric
from tests.factories.event_registers import register
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year
from tests.factories.places import town

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile

pytestmark = pytest.mark.django_db
KEY = "interventions-by-camera"
FIGURE = f"/en/figures/{KEY}/"
FILES = ("data.csv", "data.xlsx", "data.json", "chart.svg", "explore.json", "embed/")
# Ends a tag, an attribute, a script; a formula; what XML cannot hold (a word processor's soft line break).
EVIL = "=1+1</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>\x0b\x01"
WHY = {"en": "Wrong."}


@pytest.fixture(autouse=True)
def _region(city: RegionProfile) -> None:
    """Every figure belongs to a region."""


def evil_figure() -> Metric:
    """A figure in which whatever an editor writes is hostile."""
    words = {f"{name}_en": EVIL for name in ("name", "definition", "unit", "who_counts", "method", "limits")}
    metric = new_metric(key="evil", **words)
    source = new_source(title_en=EVIL, short_en=EVIL[:40], issuer=EVIL)
    said = {"quote": EVIL, "page": EVIL[:80], "note_en": EVIL}
    observe(metric, source, 5, **said, **year(2023))
    row = observe(metric, source, 7, **said)
    correct_observation(observation=row, reasons={"en": EVIL}, by=None, value=Decimal(8))
    return metric


@pytest.mark.parametrize(
    "query",
    [
        "as_of=9999-12-31", "as_of=0001-01-01", "as_of=0001-01-01T00:00", "as_of=2025-01-01T00:00%2B99:99",
        "as_of=2025-13-01", "as_of=%00", "as_of=now", "since=99999999999999999999", "since=-1", "until=NaN",
        "town=%00", "district=x", "town[]=1", "category=%00", "source=%27%20OR%201=1", "page=9999", "as_of=",
        "as_of=0001-01-01T00:00%2B23:59", "as_of=9999-12-31T23:59-23:59",
    ],
)  # fmt: skip
def test_odd_addresses_break_nothing(client: Client, query: str) -> None:
    krakow_interventions()
    for name in ("", *FILES):
        assert client.get(f"{FIGURE}{name}?{query}").status_code in {200, 404}
    assert client.get(f"/en/figures/interventions/?{query}").status_code in {200, 400}


def test_nothing_is_written_to_figures_from_outside(client: Client) -> None:
    krakow_interventions()
    for name in ("", *FILES):
        for ask in (client.post, client.put, client.delete, client.patch, client.options):
            assert ask(f"{FIGURE}{name}").status_code == 405
        answer = client.head(f"{FIGURE}{name}")
        assert (answer.status_code, getattr(answer, "content", b"")) == (200, b"")


def test_hostile_texts_stay_texts(client: Client) -> None:
    evil_figure()
    pages = ("/en/figures/", "/en/figures/corrections/", "/en/figures/evil/", "/en/figures/evil/embed/")
    for url in pages:
        page = client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    for url in ("/en/figures/corrections.rss", "/en/figures/corrections.atom", "/en/figures/evil/chart.svg"):
        ET.fromstring(client.get(url).content)
    # Plotly reads tags in what it draws; the title goes to readers of screens as a plain text.
    assert "<script" not in json.dumps(client.get("/en/figures/evil/explore.json").json()["data"])
    rows = client.get("/en/figures/evil/data.csv").content.decode()
    assert ",=1+1" not in rows
    assert '"=1+1' not in rows
    answer: Any = client.get("/en/figures/evil/data.xlsx")
    from openpyxl import load_workbook

    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert "f" not in kinds


def test_odd_values_are_drawn_in_every_way(client: Client) -> None:
    metric, first, second = new_metric(key="odd", decimals=2), new_source(), new_source()
    values = ("99999999999.1234", "-99999999999999", "0", "0.000001", "-0.5")
    for number, value in enumerate(values, start=2001):
        observe(metric, first, value, **year(number))
        observe(metric, second, None, missing="confidential", **year(number))
    for number, missing in enumerate(("did_not_occur", "unknown", "not_applicable", "confidential"), start=2006):
        observe(metric, first, None, missing=missing, **year(number))
    row = observe(metric, first, 5, **year(2010), precision="at_least")
    withdraw_observation(observation=row, reasons=WHY, by=None)
    for name in ("", *FILES):
        assert client.get(f"/en/figures/odd/{name}").status_code == 200
    rows = client.get("/en/figures/odd/data.csv").content.decode()
    assert "2001," in rows
    assert "99999999999.1234" in rows


def test_values_without_a_single_number_are_shown(client: Client) -> None:
    metric = new_metric(key="dark")
    for number in (2023, 2024):
        observe(metric, new_source(), None, missing="confidential", **year(number))
    for name in ("", *FILES):
        assert client.get(f"/en/figures/dark/{name}").status_code == 200
    assert client.get("/en/figures/").status_code == 200


def test_what_is_not_published_is_found_nowhere(client: Client) -> None:
    krakow = krakow_interventions()
    row = krakow.values["page", 2023]
    correct_observation(observation=row, reasons=WHY, by=None, value=Decimal(7501))
    krakow.metric.is_published = False
    krakow.metric.save()
    for name in ("", *FILES):
        assert client.get(f"{FIGURE}{name}").status_code == 404
        assert client.get(f"{FIGURE}{name}?as_of=2030-01-01").status_code == 404
    for name in ("", "corrections/", "corrections.rss", "interventions/"):
        page = client.get(f"/en/figures/{name}").content.decode()
        assert "7,501" not in page
        assert "Interventions by camera" not in page


def test_corrections_of_a_register_that_is_not_published_are_not_told(client: Client) -> None:
    register(key="secret", name_en="Secret register", is_published=False)
    register(key="open", name_en="Open register", is_published=True)
    for key in ("secret", "open"):
        state = {"value": "77", "missing": ""}
        correct_month(register=key, month=date(2024, 1, 1), before=state, after=state, reasons=WHY, by=None)
    for url in ("/en/figures/", "/en/figures/corrections/", "/en/figures/corrections.rss"):
        page = client.get(url).content.decode()
        assert "Secret register" not in page
        assert "Open register" in page


def test_the_frame_shows_the_place_that_the_page_shows(client: Client) -> None:
    metric = krakow_interventions().metric
    home = town(slug="home", name="Home")
    observe(metric, new_source(), 3, town=home)
    shown: Any = client.get(f"{FIGURE}?town=home")
    assert f'{KEY}/embed/?town=home"' in shown.context["embed_code"]
    frame = client.get(f"{FIGURE}embed/?town=home").content.decode()
    assert f'{KEY}/?town=home"' in frame


def test_headers_of_the_frame_stay_with_the_frame(client: Client) -> None:
    krakow_interventions()
    for _again in range(2):
        assert "X-Frame-Options" not in client.get(f"{FIGURE}embed/")
        assert client.get(FIGURE)["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in client.get(FIGURE)["Content-Security-Policy"]


def test_a_register_says_that_its_past_is_not_kept(client: Client) -> None:
    url = reverse("reports:figure", args=["interventions-by-year"])
    register(is_published=True)
    page = client.get(f"{url}?as_of=2025-01-01").content.decode()
    assert "Past states of this figure are not kept" in page
    assert "what we knew on" not in page
    answer = client.get(f"{url}data.csv?as_of=2025-01-01")
    assert answer.status_code == 404
    assert "Past states of this figure are not kept" in answer.content.decode()


def test_what_was_withdrawn_is_not_called_right(client: Client) -> None:
    row = krakow_interventions().values["page", 2023]
    withdraw_observation(observation=row, reasons=WHY, by=None)
    for url in (FIGURE, "/en/figures/corrections/"):
        assert "We withdrew <del>7,500</del>. Wrong." in " ".join(client.get(url).content.decode().split())
    feed = client.get("/en/figures/corrections.rss").content.decode()
    assert "We withdrew 7,500. Wrong." in feed
    assert "right is" not in feed


@pytest.mark.parametrize("name", ["source", "town", "district", "category", "system", "kind", "since", "until", "q"])
def test_a_null_sign_in_a_filter_breaks_no_page(client: Client, name: str) -> None:
    town(slug="home")
    register(is_published=True)
    for page in ("interventions/", "cameras/", "cameras/points/"):
        for query in (f"{name}=%00", f"town=home&{name}=a%00"):
            assert client.get(f"/en/figures/{page}?{query}").status_code in {200, 400, 404}
