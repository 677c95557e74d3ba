"""Pages of figures as anybody sees them."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from portal.middleware.page_cache import may_be_kept
from region.chart import Chart, ChartKind, Point, Series
from reports import figures as registry
from reports.domain.figures import correct_month, correct_observation
from reports.figures import Figure, register_figure
from reports.models import Metric
from tests.factories.event_registers import register
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year
from tests.factories.places import town

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django.fixtures import SettingsWrapper

    from region.models import RegionProfile
    from reports.asked import Asked
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.django_db
KEY = "interventions-by-camera"
FIGURE = f"/en/figures/{KEY}/"
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _region(city: RegionProfile) -> None:
    """Every figure belongs to a region."""


@pytest.fixture
def registered(monkeypatch: pytest.MonkeyPatch) -> Figure:
    """A figure made from a register, known for one test."""
    monkeypatch.setattr(registry, "_figures", {})

    def build(asked: Asked) -> Chart | None:
        if asked.town:
            return None
        points = (Point(Decimal(3)),)
        return Chart("cams", "Three points", ChartKind.BARS, ("2024",), (Series("points", points),), "points")

    figure = Figure("points-by-kind", "Points by kind", "cameras", "Points of the register.", build)
    register_figure(figure)
    return figure


def text(client: Client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_page_tells_the_finding_both_sources_and_their_words(client: Client) -> None:
    krakow_interventions()
    page = text(client, FIGURE)
    assert re.search(r"<h1>Interventions by camera: 13–\u206018% more in 2024 than in 2023</h1>", page)
    for words in ("7,208", "7,500", "8,489", "8,480", "8,956", "+292 (+4.1%)", "−9 (−0.1%)", "+13.1% to +17.8%"):
        assert words in page
    assert '<q lang="cs">7\u00a0208 interwencji</q>' in page
    assert "as of 3–15\u00a0December\u00a02025" in page
    assert page.count("<svg") >= 2


def test_page_sets_no_cookie_and_may_be_kept(client: Client) -> None:
    krakow_interventions()
    answer = client.get(FIGURE)
    assert not answer.cookies
    assert may_be_kept(RequestFactory().get(FIGURE), answer)


def test_machines_read_the_figure_as_a_data_set(client: Client) -> None:
    krakow_interventions()
    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text(client, FIGURE), re.DOTALL)
    assert found is not None
    facts = json.loads(found[1])
    assert (facts["@type"], facts["name"]) == ("Dataset", "Interventions by camera")
    assert facts["distribution"][0]["encodingFormat"] == "text/csv"


def test_texts_of_editors_stay_texts(client: Client) -> None:
    metric = new_metric(key="evil", name_en=SCRIPT, definition_en=SCRIPT, unit_en=SCRIPT, limits_en=SCRIPT)
    observe(metric, new_source(title_en=SCRIPT, issuer=SCRIPT, short_en=SCRIPT), 5, quote=SCRIPT, note_en=SCRIPT)
    observe(metric, new_source(title_en=SCRIPT), 6, quote=SCRIPT)
    for url in ("/en/figures/evil/", "/en/figures/evil/embed/", "/en/figures/evil/chart.svg", "/en/figures/"):
        assert SCRIPT not in text(client, url)


def test_past_state_is_marked_and_not_indexed(client: Client) -> None:
    krakow = krakow_interventions()
    before = datetime.now(UTC)
    correct_observation(
        observation=krakow.values["page", 2023], reasons={"en": "A slip of ours."}, by=None, value=Decimal(7501)
    )
    now = text(client, FIGURE)
    assert "<del>7,500</del>" in now
    assert "A slip of ours." in now
    assert "This is how it stood then" not in now
    then = text(client, f"{FIGURE}?as_of={quote(before.isoformat())}")
    assert "This is how it stood then" in then
    assert "7,501" not in then
    assert '<meta name="robots" content="noindex">' in then
    earlier = (before - timedelta(days=2)).date()
    assert "Nothing is known for what you asked" in text(client, f"{FIGURE}?as_of={earlier}")


@pytest.mark.parametrize("query", ["as_of=yesterday", "as_of=2025-13-01", "town=nowhere", "district=9", "since=x"])
def test_addresses_that_mean_nothing_are_not_found(client: Client, query: str) -> None:
    krakow_interventions()
    text(client, f"{FIGURE}?{query}", 404)


def test_a_day_ahead_is_today(client: Client) -> None:
    krakow_interventions()
    assert "This is how it stood then" not in text(client, f"{FIGURE}?as_of=2199-01-01")


def test_unpublished_figures_are_not_found(client: Client) -> None:
    Metric.objects.filter(pk=krakow_interventions().metric.pk).update(is_published=False)
    for url in (FIGURE, f"{FIGURE}embed/", f"{FIGURE}data.csv", f"{FIGURE}chart.svg", f"{FIGURE}explore.json"):
        text(client, url, 404)


def test_files_hold_what_the_page_shows(client: Client) -> None:
    krakow_interventions()
    rows = text(client, f"{FIGURE}data.csv").splitlines()
    assert rows[1].startswith(
        "2023,answer,7208,,,number of interventions,final,exact,,,Answer to an interpellation,Office,"
    )
    assert client.get(f"{FIGURE}data.csv")["Access-Control-Allow-Origin"] == "*"
    told = json.loads(text(client, f"{FIGURE}data.json"))
    assert [one["value"] for one in told["values"]] == [7208, 7500, 8489, 8480, 8956, None]
    from openpyxl import load_workbook  # slow to load

    book = load_workbook(BytesIO(b"".join(client.get(f"{FIGURE}data.xlsx").streaming_content)))
    assert book.worksheets[0]["C2"].value == 7208
    drawing = text(client, f"{FIGURE}chart.svg")
    assert drawing.startswith('<?xml version="1.0"')
    assert drawing.rstrip().endswith("</svg>")
    assert json.loads(text(client, f"{FIGURE}explore.json"))["data"]
    text(client, f"{FIGURE}data.exe", 404)
    assert "8489" not in text(client, f"{FIGURE}data.csv?until=2023")


def test_formulas_of_editors_stay_texts_in_files(client: Client) -> None:
    observe(new_metric(key="evil", unit_en="=1+1"), new_source(title_en="=HYPERLINK(1)"), 5, note_en="@x")
    rows = text(client, "/en/figures/evil/data.csv")
    assert not re.search(r'(^|,|")[=@]', rows)


def test_frame_of_another_site(client: Client, settings: SettingsWrapper) -> None:
    krakow_interventions()
    answer = client.get(f"{FIGURE}embed/")
    page = answer.content.decode()
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert not answer.cookies
    assert "<script" not in page
    assert f'href="{settings.BASE_URL}{FIGURE}"' in page
    other = client.get(FIGURE)
    assert other["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]


def test_figures_of_registers_have_the_same_page(client: Client, registered: Figure) -> None:
    page = text(client, f"/en/figures/{registered.key}/")
    assert "<h1>Three points</h1>" in page
    assert "Points of the register." in page
    assert "Points by kind" in text(client, "/en/figures/")
    town(slug="stod")
    assert "Nothing is known for what you asked" in text(client, f"/en/figures/{registered.key}/?town=stod")


def test_list_has_every_figure_under_its_topic(client: Client) -> None:
    krakow_interventions()
    page = text(client, "/en/figures/")
    assert f'href="{FIGURE}"' in page
    line = page[page.index(f'href="{FIGURE}"') :].partition("</li>")[0]
    assert " ".join(re.sub("<[^>]*>", "", line).split()).endswith(
        "8,480–8,489 interventions (2024, 2 official sources)"
    )
    assert "Nothing had to be corrected so far." in page


def test_empty_list_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_figures", {})
    assert "No figure is published yet" in text(client, "/en/figures/")


def test_corrections_as_page_and_feeds(client: Client) -> None:
    page = text(client, "/en/figures/corrections/")
    assert "Nothing had to be corrected so far" in page
    krakow = krakow_interventions()
    correct_observation(
        observation=krakow.values["page", 2023], reasons={"en": "A slip of ours."}, by=None, value=Decimal(7501)
    )
    month = datetime(2024, 3, 1, tzinfo=UTC).date()
    correct_month(
        register=register(name_en="Register", is_published=True).key,
        month=month,
        before={"value": "10"},
        after={"value": "12"},
        reasons={"en": "r"},
        by=None,
    )
    hidden = observe(new_metric(name_en="Hidden figure"), new_source(), 1)
    correct_observation(observation=hidden, reasons={"en": "x"}, by=None, value=Decimal(2))
    Metric.objects.filter(pk=hidden.metric_id).update(is_published=False)
    page = text(client, "/en/figures/corrections/")
    assert "Hidden figure" not in page
    assert "Register, March\u00a02024" in page
    for kind in ("rss", "atom"):
        feed = text(client, f"/en/figures/corrections.{kind}")
        assert "It said 7,500; right is 7,501. A slip of ours." in feed
        assert f"http://127.0.0.1:8000{FIGURE}" in feed
        assert "Hidden figure" not in feed


def test_addresses_are_translated() -> None:
    with translation.override("en"):
        assert reverse("reports:figure", args=[KEY]) == FIGURE


def test_similar_figures_and_other_places_are_linked(client: Client) -> None:
    metric, other = new_metric(key="one", name_en="One"), new_metric(key="other", name_en="Another way")
    metric.similar.add(other)
    place = town(name="Stod", slug="stod")
    observe(metric, new_source(), 5)
    observe(metric, new_source(), 7, town=place)
    page = text(client, "/en/figures/one/")
    assert 'href="/en/figures/other/">Another way</a>' in page
    assert 'href="/en/figures/one/?town=stod">Stod</a>' in page
    assert "<h1>Interventions" not in text(client, "/en/figures/one/?town=stod")


def test_page_costs_the_same_for_one_and_many_values(client: Client, count_queries: QueryCounter) -> None:
    metric = new_metric(key="one")
    observe(metric, new_source(), 1, **year(2001))
    text(client, "/en/figures/one/?since=1999")
    with count_queries() as one:
        text(client, "/en/figures/one/?since=2000")
    for number in (2002, 2003, 2004):
        observe(metric, new_source(), number, **year(number))
    text(client, "/en/figures/one/?since=1998")
    with count_queries() as many:
        text(client, "/en/figures/one/?since=2001")
    assert len(one) == len(many)
