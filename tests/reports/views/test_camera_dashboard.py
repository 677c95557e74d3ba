from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import translation

from region.models import RegionProfile, Town
from region.pdf import PdfUnavailable
from region.queries.profile import forget_profile
from reports.asked import Asked
from reports.domain.coverage import refresh_coverage
from reports.models import Cost, ExternalCameraSet, NearbyPlace, YearlyReview
from reports.queries.camera_dashboard import camera_key_figures
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_point, camera_system, placed
from tests.factories.figures import new_metric, new_source, observe
from tests.factories.places import bounded, district, square, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]
SECRETS = ("SECRET", "123.25", "123,25", "77.5", "77,5", "61.5", "61,5")


def address(name: str = "cameras", language: str = "en") -> str:
    with translation.override(language):
        return reverse(f"reports:{name}")


def page(client: Client, query: str = "", language: str = "en") -> str:
    response = client.get(address(language=language) + query)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


@pytest.fixture
def place() -> Town:
    """A town with one district and one of everything the page tells of."""
    here = town(name="Zkušebna", slug="zkusebna", boundary=square(13.3, 49.7))
    part = district(town=here, code="7", name="Západ", boundary=square(13.3, 49.7, 0.05))
    system = camera_system(name_en="Cameras of Zkušebna", name_cs="Kamery Zkušebny", town=here)
    point = camera_point(system=system, town=here, district=part, lon=13.32, lat=49.72, code="A1", surroundings="park")
    placed(point, kind="multi_sensor", sensor_count=5)
    near = camera_point(
        system=system,
        town=here,
        name="Near the square",
        location_status="approximate",
        lon=13.33,
        lat=49.73,
        stage="planned",
        planned_by=date(2027, 6, 30),
        expected_device_count=3,
    )
    camera_point(
        system=system, town=here, name="ANPR somewhere", location_status="none", lon=None, lat=None, stage="planned"
    )
    Cost.objects.create(
        system=system, kind="maintenance", amount=635, currency="CZK", tax="gross", period="year", per="point"
    )
    ExternalCameraSet.objects.create(
        owner="Municipal units", count=22_273, joinable="possible", as_of=date(2025, 1, 1), is_published=True
    )
    NearbyPlace.objects.create(kind="school", code="s1", name="School", lon=13.3201, lat=49.72, source="Schools")
    YearlyReview.objects.create(
        point=point, year=2025, reviewed_on=date(2025, 11, 1), is_necessary=True, decision="keep", reasons="Still so."
    )
    refresh_coverage(on=date(2026, 3, 1))
    assert near.stage == "planned"
    return here


def test_empty_register(client: Client) -> None:
    shown = page(client)
    assert "No camera point is published here" in shown
    assert "<svg" in shown  # the header's own
    assert 'class="chart' not in shown


@pytest.mark.usefixtures("place")
def test_page_tells_everything_that_is_public(client: Client) -> None:
    shown = page(client)
    for words in (
        "Camera points by stage: 1 active, 2 to come",
        "Sensors at active points; most often: multi-sensor camera (5)",
        "What a camera point costs every year (with VAT)",
        "22,273",
        "An active camera point within 300 m – school: 100%",
        "Within reach of cameras at most; the largest share: Zkušebna",
        "ANPR somewhere",
        "1 point has no place and stands only in the list.",
        "Outlined plates: the place is only approximate.",
        "Days that recordings are kept: 7",
        "3 expected",
    ):
        assert words in shown, words


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_nothing_that_is_not_public_is_shown(client: Client, language: str) -> None:
    shown = page(client, language=language)
    assert 'class="chart' in shown
    assert [secret for secret in SECRETS if secret in shown] == []


def test_unpublished_points_do_not_count(client: Client) -> None:
    camera_point(is_published=False, name="Hidden place")
    assert "Hidden place" not in page(client)
    assert "No camera point is published here" in page(client)


def test_filters_narrow_to_a_town_and_a_district(client: Client, place: Town) -> None:
    camera_point(name="Elsewhere", town=town(slug="jinde"), lon=13.9, lat=49.9)
    assert "Elsewhere" in page(client)
    narrowed = page(client, "?town=zkusebna")
    assert "Elsewhere" not in narrowed
    assert "Cameras: Zkušebna" in narrowed
    assert 'name="district"' in narrowed
    assert f"{reverse('reports:figure', args=['cameras-points-by-stage'])}?town=zkusebna" in narrowed
    deeper = page(client, "?town=zkusebna&district=7")
    assert "Camera points by stage: 1 active, 0 to come" in deeper
    assert place.name in deeper


def test_past_year(client: Client) -> None:
    camera_point(since=date(2023, 6, 1), name="Old one")
    camera_point(since=date(2025, 6, 1), name="New one")
    shown = page(client, "?until=2024")
    assert "This is a past state" in shown
    assert "Old one" in shown
    assert "New one" not in shown


@pytest.mark.parametrize("query", ["?town=nowhere", "?until=1800", "?until=x", "?town=zkusebna&district=99"])
def test_filters_that_cannot_be_read_are_errors_at_their_fields(client: Client, place: Town, query: str) -> None:
    for name in ("cameras", "cameras-pdf"):
        response = client.get(address(name) + query)
        assert response.status_code == 400
        assert "error" in response.content.decode()
        assert 'class="chart' not in response.content.decode()


def test_coverage_says_that_it_is_being_calculated(client: Client) -> None:
    placed(camera_point())
    assert "This is being calculated" in page(client)
    refresh_coverage(on=date(2026, 3, 1))
    assert "This is being calculated" not in page(client)


def test_coverage_without_any_range(client: Client) -> None:
    camera_point()
    refresh_coverage(on=date(2026, 3, 1))
    assert "does not hold how far cameras reach here" in page(client)


def test_many_points_become_cells(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.queries.camera_dashboard.MOST_PLATES", 1)
    for number in range(2):
        camera_point(name=f"Place {number}", lon=13.3 + number / 50)
    shown = page(client)
    assert "There are too many points for a map of single ones." in shown
    assert "Active camera points on the map: 2" in shown
    assert "Place 1" not in shown


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_page_is_stored_for_anonymous_readers(client: Client, place: Town, language: str) -> None:
    response = client.get(address(language=language))
    assert response.cookies == {}
    assert "private" not in response.headers.get("Cache-Control", "")


def test_queries_do_not_grow_with_points(client: Client, count_queries: QueryCounter) -> None:
    here = town(boundary=square(13.3, 49.7))
    system = camera_system(town=here)
    NearbyPlace.objects.create(kind="school", code="s1", name="School", lon=13.32, lat=49.72, source="Schools")
    page(client)  # what every page needs is read once and stays at hand
    needed = []
    for number in (1, 3):
        while here.camera_points.count() < number:
            placed(camera_point(system=system, town=here, lon=13.32 + here.camera_points.count() / 100))
        refresh_coverage(on=date(2026, 3, 1))
        with count_queries() as made:
            page(client, "?town=" + here.slug)
        needed.append(len(made))
    assert needed[0] == needed[1]
    assert needed[0] < 70


def test_pdf(client: Client, place: Town) -> None:
    response = client.get(address("cameras-pdf") + "?town=zkusebna")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")
    assert place.name in response.context["asked"].town.name


def test_pdf_where_it_cannot_be_made(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr("reports.views.camera_dashboard.pdf_of", refuse)
    response = client.get(address("cameras-pdf"))
    assert response.status_code == 503
    assert "The PDF cannot be made here" in response.content.decode()


def test_points_whose_devices_nobody_entered_are_not_without_devices(client: Client) -> None:
    point = camera_point(code="A1")
    labels = [figure.label for figure in camera_key_figures(Asked())]
    cells = BeautifulSoup(page(client), "html.parser").select("td[data-label=Devices]")
    assert [" ".join(cell.get_text().split()) for cell in cells] == ["–"]
    assert labels == ["Active camera points", "Points to come"]
    placed(point, kind="fixed")
    figures = {figure.label: figure.value for figure in camera_key_figures(Asked())}
    assert figures == {"Active camera points": "1", "Devices": "1", "Sensors": "1", "Points to come": "0"}


def test_what_documents_say_stands_before_the_register(client: Client) -> None:
    observe(new_metric(topic="cameras", name_en="Cameras of the city", unit_en="cameras"), new_source(), 569)
    camera_point(system=camera_system(retention_days=None))
    text = page(client)
    assert text.index("Cameras of the city") < text.index('id="points-map"')
    # Nothing is known of recordings, and that is said: a system never lacks its line.
    assert 'href="#part-privacy"' in text
    assert "Recordings kept" in text.partition('id="part-privacy"')[2]


def test_map_names_only_the_plates_that_are_on_it_and_says_that_some_are_moved(client: Client) -> None:
    camera_point(lon=13.4, lat=49.7, location_status="approximate")
    camera_point(lon=13.4, lat=49.7, location_status="approximate", stage="planned")
    text = page(client)
    assert "Outlined plates" in text
    assert "Dark plates" not in text
    assert "Amber plates" not in text
    assert "Plates that would cover each other stand a little beside their place." in text
    camera_point(lon=13.5, lat=49.8, location_status="exact", stage="planned")
    text = page(client)
    assert "Amber plates" in text
    assert "Dark plates" not in text


def test_links_that_lead_to_unlike_figures_have_unlike_names(client: Client) -> None:
    placed(point=camera_point())
    links = re.findall(r'<a class="go" href="([^"]+)">(.*?)</a>', page(client))
    names = {re.sub("<[^>]+>", "", words) for _url, words in links}
    assert len(names) == len({url for url, _words in links}) > 3


@pytest.mark.parametrize(("value", "words"), [(1, "1 systém"), (3, "3 systémy"), (5, "5 systémů")])
def test_what_documents_say_has_the_form_that_follows_its_number(client: Client, value: int, words: str) -> None:
    metric = new_metric(topic="cameras", unit_cs="systém | systémy | systémů", counting_unit="system")
    observe(metric, new_source(), value)
    pages = [client.get(address(name, "cs")).content.decode() for name in ("cameras", "figures")]
    told = [re.sub(r"<[^>]+>", "", page).replace("\u00a0", " ") for page in pages]
    assert [words in re.sub(r"\s+", " ", page) for page in told] == [True, True]
    assert not any("|" in page.split("<main", 1)[1] for page in pages)


def test_map_of_a_town_without_an_outline_stands_on_the_region_and_says_its_width(client: Client) -> None:
    RegionProfile.objects.update(**bounded(square(13.0, 49.0, 0.405)))
    forget_profile()
    # Half a degree north of Zkušebnice and of every outline but the region's, whose edge runs beside it.
    for lon in (13.39, 13.4):
        camera_point(lon=lon, lat=49.2)
    text = page(client)
    drawing = BeautifulSoup(text, "html.parser").select_one('[data-map="camera-points"] svg')
    assert drawing is not None
    assert len(drawing.select(".area--city")) == 1
    assert "The map is 1.3 km wide." in text
