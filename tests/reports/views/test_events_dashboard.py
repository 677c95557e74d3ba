from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from region.chart import ChartKind, Missing, PointStatus, Precision
from region.geometry.shapes import from_geojson
from region.models import SecurityDistrict
from reports.asked import Asked
from reports.domain.events_sorting import sort_spellings
from reports.domain.events_summaries import recount
from reports.enums.events import LoadMode
from reports.models import EventLabel, EventRegister, Metric
from reports.queries.event_areas import events_by_district, events_per_inhabitants, is_one_ground
from reports.queries.event_charts import events_by_category, events_by_month, events_by_year
from tests.factories.event_registers import category, loaded, register, two_districts, written
from tests.factories.figures import krakow_interventions
from tests.factories.places import district, square, town
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from django.test import Client

    from region.chart import Chart
    from tests.conftest import QueryCounter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
WEST, EAST = "13,45;49,75", "13,55;49,75"


def rows(day: str, what: str, where: str, count: int) -> str:
    return f"{day};{what};{where}\n" * count


@pytest.fixture
def tows(tmp_path: Path) -> EventRegister:
    """Two whole years and a part of a third: 12 + 8 and 30 + 3 tow-aways in two districts, by two spellings."""
    west, _east = two_districts(name="Teplice", slug="teplice", inhabitants=10_000, inhabitants_year=2021)
    into = register(key="tows", name_en="Tow-aways", unit_en="tow-aways", issuer="Municipal police", is_published=True)
    text = "datum;druh;lon;lat\n"
    text += rows("5.7.2013", "křižovatka", WEST, 12) + rows("5.8.2013", "chodník", EAST, 8)
    text += rows("5.7.2014", "křižovatka", WEST, 30) + rows("6.7.2014", "chodník", EAST, 3)
    text += rows("5.1.2015", "křižovatka", WEST, 6)
    loaded(written(tmp_path, text), into, since=date(2013, 1, 1), until=date(2015, 2, 10))
    by = with_role("analyst")
    for spelling, key in (("křižovatka", "crossing"), ("chodník", "pavement")):
        keys = list(EventLabel.objects.filter(spelling=spelling).values_list("pk", flat=True))
        sort_spellings(register=into, keys=keys, category=category(key), by=by, later=lambda _key: None)
    recount(register_id=into.pk)
    assert west.town.name == "Teplice"
    return into


def told(chart: Chart | None) -> dict[str, Decimal | str | None]:
    """Values of the first series by their categories; why one is missing, and "at least"."""
    assert chart is not None
    found: dict[str, Decimal | str | None] = {}
    for name, point in zip(chart.categories, chart.series[0].points, strict=True):
        words = point.missing.value if point.missing else point.value
        found[name] = f"{words}+" if point.precision == Precision.AT_LEAST else words
    return found


def of(code: str, **fields: Any) -> Asked:
    one = SecurityDistrict.objects.select_related("town").get(code=code)
    return Asked(town=one.town, district=one, **fields)


def test_events_by_year_marks_what_is_not_whole(tows: EventRegister) -> None:
    chart = events_by_year(Asked())
    assert told(chart) == {"2013": 20, "2014": 33, "2015": 6}
    assert chart is not None
    assert [point.status for point in chart.series[0].points] == [
        PointStatus.FINAL,
        PointStatus.FINAL,
        PointStatus.PART,
    ]
    assert chart.title == "Tow-aways: 33 in 2014, 65% more than in 2013"
    assert chart.series[0].points[2].note == "known: January\u00a02015 to February\u00a02015"
    assert (chart.unit, chart.sources[0].issuer, tows.key) == ("number of tow-aways", "Municipal police", "tows")


def test_events_by_year_keeps_sources_apart(tows: EventRegister, tmp_path: Path) -> None:
    other = register(name_en="Police", is_published=True, order=200)
    loaded(written(tmp_path, "datum\n1.3.2014\n"), other)
    hidden = register(name_en="Not yet")
    loaded(written(tmp_path, "datum\n1.3.2014\n"), hidden)
    chart = events_by_year(Asked())
    assert chart is not None
    assert [series.name for series in chart.series] == ["Tow-aways", "Police"]
    assert chart.kind == ChartKind.GROUPED
    assert [(point.value, point.missing) for point in chart.series[1].points] == [
        (None, Missing.UNKNOWN),
        (Decimal(1), None),
        (None, Missing.UNKNOWN),
    ]
    assert "never added up" in chart.note
    alone = events_by_year(Asked(source=other.key))
    assert told(alone) == {"2014": 1}


def test_events_by_year_of_a_past_state_is_not_kept(tows: EventRegister) -> None:
    assert events_by_year(Asked(as_of=timezone.now())) is None


def test_events_by_year_marks_corrected_years(tows: EventRegister, tmp_path: Path) -> None:
    text = "datum;druh;lon;lat\n" + rows("5.8.2013", "chodník", EAST, 9)
    loaded(written(tmp_path, text), tows, mode=LoadMode.REPLACE, reason="One was missing.")
    chart = events_by_year(Asked())
    assert chart is not None
    assert (chart.series[0].points[0].value, chart.series[0].points[0].status) == (Decimal(21), PointStatus.CORRECTED)


def test_events_by_year_of_a_district_hides_small_counts(tows: EventRegister) -> None:
    # 3 in the east in 2014 is hidden, and the west with it: 33 of the town less 30 would give it away.
    assert told(events_by_year(of("2"))) == {"2013": 8, "2014": "confidential", "2015": 0}
    assert told(events_by_year(of("1"))) == {"2013": 12, "2014": "confidential", "2015": 6}
    chart = events_by_year(of("2"))
    assert chart is not None
    assert chart.series[0].points[1].note == "fewer than 5, or would give such a count away"
    assert chart.note.endswith("Counts below 5 are not shown for districts, nor what would give them away.")


def test_events_by_month_tells_zero_from_unknown(tows: EventRegister, tmp_path: Path) -> None:
    chart = events_by_month(Asked(since=2013, until=2013))
    assert chart is not None
    assert list(told(chart).values()) == [0, 0, 0, 0, 0, 0, 12, 8, 0, 0, 0, 0]
    assert chart.title == "Tow-aways: most in July\u00a02013 (12)"
    late = events_by_month(Asked())
    assert late is not None
    assert late.series[0].points[-1].status == PointStatus.PART
    other = register(is_published=True)
    loaded(written(tmp_path, "datum\n1.3.2014\n1.5.2014\n"), other)
    gap = events_by_month(Asked(source=other.key))
    assert list(told(gap).values()) == [1, "unknown", 1]
    assert events_by_month(of("1")) is None


def test_events_by_category_largest_first(tows: EventRegister) -> None:
    chart = events_by_category(Asked())
    assert told(chart) == {"Crossing": 48, "Pavement": 11}
    assert chart is not None
    assert (chart.title, chart.note) == ("Tow-aways: most often Crossing (81%)", "Years: 2013–2015.")
    assert events_by_category(Asked(category="crossing")) is None
    assert told(events_by_category(Asked(until=2013))) == {"Crossing": 12, "Pavement": 8}


def test_events_by_category_of_a_district_gives_what_is_certain(tows: EventRegister) -> None:
    assert told(events_by_category(of("2"))) == {"Pavement": "8+"}
    assert told(events_by_category(of("2", since=2014, until=2014))) == {"Pavement": "confidential"}


def test_events_by_category_names_what_is_not_sorted(tows: EventRegister) -> None:
    keys = list(EventLabel.objects.filter(spelling="chodník").values_list("pk", flat=True))
    sort_spellings(register=tows, keys=keys, category=None, by=with_role("analyst"), later=lambda _key: None)
    recount(register_id=tows.pk)
    assert list(told(events_by_category(Asked()))) == ["Crossing", "not yet sorted"]


def test_events_by_district_is_a_map_without_what_must_be_hidden(tows: EventRegister) -> None:
    chart = events_by_district(Asked(since=2014, until=2014))
    assert told(chart) == {"1 Západ": "confidential", "2 Východ": "confidential"}
    assert chart is not None
    assert chart.kind == ChartKind.AREAS
    assert {point.note for point in chart.series[0].points} == {"fewer than 5, or would give such a count away"}
    whole = events_by_district(Asked())
    assert told(whole) == {"1 Západ": "18+", "2 Východ": "8+"}


def test_events_by_district_shows_towns_of_a_region(tows: EventRegister, tmp_path: Path) -> None:
    stod = town(name="Stod", boundary=square(14.0, 49.0))
    loaded(written(tmp_path, "datum;obec\n1.3.2016;Stod\n1.3.2016;Nikde\n"), tows, mode=LoadMode.REPLACE)
    chart = events_by_district(Asked())
    assert told(chart) == {"Stod": 1, "Teplice": 59}
    assert chart is not None
    assert (chart.note, stod.name) == ("Years: 2013–2016. Without a known town: 1.", "Stod")


def test_events_per_inhabitants_says_the_denominator(tows: EventRegister) -> None:
    chart = events_per_inhabitants(Asked())
    assert told(chart) == {"2013": Decimal("2.0"), "2014": Decimal("3.3"), "2015": Decimal("0.6")}
    assert chart is not None
    assert chart.series[0].points[2].status == PointStatus.PART
    assert chart.title == "Tow-aways, Teplice: 3.3 for each 1,000 inhabitants in 2014"
    assert chart.note == "Divided by 10,000 inhabitants counted in 2021, the same number for every year."
    assert chart.sources[1].dated == "2021"


def test_events_per_inhabitants_of_several_towns_is_of_the_last_whole_year(tows: EventRegister, tmp_path: Path) -> None:
    town(name="Stod", inhabitants=4_000, inhabitants_year=2024)
    text = "datum;obec;lon;lat\n1.7.2014;Stod;;\n" + rows("5.7.2014", "Teplice", WEST, 30)
    loaded(written(tmp_path, text), tows, mode=LoadMode.REPLACE, reason="Stod was missing.")
    chart = events_per_inhabitants(Asked())
    assert told(chart) == {"Stod": Decimal("0.25"), "Teplice": Decimal("3.0")}
    assert chart is not None
    assert chart.title == "Tow-aways in 2014 for each 1,000 inhabitants: most in Teplice (3.0)"
    assert chart.note == "Inhabitants as counted in 2021–2024."


def page(client: Client, query: str = "", status: int = 200) -> str:
    response = client.get(reverse("reports:interventions") + query)
    assert response.status_code == status
    return response.content.decode()


def test_interventions_page_shows_its_charts(client: Client, tows: EventRegister) -> None:
    text = page(client)
    for heading in ("33 in 2014, 65% more than in 2013", "most often Crossing (81%)", "Divided by 10,000 inhabitants"):
        assert heading in text
    assert "Kept by: Municipal police" in text
    assert "<script>" not in text


def test_interventions_page_by_filters(client: Client, tows: EventRegister) -> None:
    text = page(client, "?town=teplice&district=2&since=2014&until=2014")
    assert "Months and rates are shown for whole towns only" in text
    assert reverse("reports:figure", args=["interventions-by-year"]) + "?town=teplice&amp;district=2" in text
    assert "33" not in text.split("<main")[1].split("Choose a place")[0]
    wrong = client.get(reverse("reports:interventions") + "?since=2014&until=2013")
    assert (wrong.status_code, "The last year lies before the first." in wrong.content.decode()) == (400, True)
    assert client.get(reverse("reports:interventions") + "?town=nowhere").status_code == 400


def test_interventions_page_shows_corrections(client: Client, tows: EventRegister, tmp_path: Path) -> None:
    text = "datum;druh;lon;lat\n" + rows("5.8.2013", "chodník", EAST, 9)
    loaded(written(tmp_path, text), tows, mode=LoadMode.REPLACE, reason="One tow-away was missing.")
    shown = page(client)
    assert "One tow-away was missing." in shown
    assert "Tow-aways, August\u00a02013" in shown


def test_interventions_page_begins_with_published_figures(client: Client, tows: EventRegister) -> None:
    metric = krakow_interventions().metric
    text = page(client)
    assert text.index(metric.name) < text.index("Counted in registers")
    assert "8,489" in text
    assert reverse("reports:figure", args=[metric.key]) in text
    for number in range(3):
        Metric.objects.create(
            key=f"more-{number}",
            topic="interventions",
            name_en=f"More {number}",
            counting_unit="event",
            is_published=True,
        )
    more = page(client)
    assert "More figures of documents" in more
    assert reverse("reports:figure", args=["more-2"]) in more


def test_interventions_page_with_nothing_to_show(client: Client) -> None:
    assert "No interventions are published yet" in page(client)


def test_interventions_page_with_nothing_for_the_choice(client: Client, tows: EventRegister) -> None:
    EventRegister.objects.exclude(pk=tows.pk).delete()
    category("unused")
    assert client.get(reverse("reports:interventions") + "?category=unused").status_code == 400


def test_interventions_page_costs_the_same_for_few_and_many(
    client: Client, tows: EventRegister, tmp_path: Path, count_queries: QueryCounter
) -> None:
    url = reverse("reports:interventions")
    client.get(url)
    with count_queries() as few:
        client.get(url + "?town=teplice")
    home = town(name="Stod", boundary=square(14.0, 49.0))
    for number in range(3):
        district(town=home, code=str(number), boundary=square(14.0 + number / 100, 49.0, 0.01))
    more = "".join(rows(f"5.{month}.2016", f"druh {month}", WEST, 7) for month in range(1, 13))
    loaded(written(tmp_path, "datum;druh;lon;lat\n" + more + rows("5.1.2016", "x", "14,005;49,005", 9)), tows)
    for key in ("one", "two", "three"):
        category(key)
    with count_queries() as many:
        client.get(url + "?town=teplice")
    assert len(many) == len(few)
    assert len(few) <= 60


def test_figure_pages_of_events(client: Client, tows: EventRegister) -> None:
    for key in ("by-year", "by-month", "by-category", "by-district"):
        response = client.get(reverse("reports:figure", args=[f"interventions-{key}"]) + "?town=teplice&source=tows")
        assert response.status_code == 200
    whole = client.get(reverse("reports:figure", args=["interventions-per-inhabitants"])).content.decode()
    assert "for each 1,000 inhabitants" in whole


def test_city_of_two_documents_shows_ranges_growth_and_the_year_that_runs_before_any_chart(client: Client) -> None:
    krakow_interventions()
    text = page(client)
    before = text.partition("<figure")[0].partition("<h1")[2]
    for words in ("8,480–8,489, 2 official sources", "+13.1% to +17.8% by source", "2025, incomplete"):
        assert words in before
    # Nothing can be chosen where no register is: an empty filter would only stand in the way.
    assert '<form class="filters"' not in text
    assert '<form class="filters"' in page(client, "?until=2024", status=400)


def test_choice_goes_on_to_the_page_of_a_figure(client: Client, tows: EventRegister) -> None:
    krakow_interventions()
    links = re.findall(r'<a class="go" href="([^"]+)"', page(client, "?until=2014"))
    assert len(links) > 3
    assert [link for link in links if not link.endswith("?until=2014")] == []
    assert tows.key


def test_areas_that_lie_apart_are_bars_and_those_that_touch_a_map() -> None:
    near = [from_geojson(square(0, 0)), from_geojson(square(0.05, 0))]
    assert is_one_ground(near)
    assert not is_one_ground([near[0], from_geojson(square(5, 5))])
    assert not is_one_ground([])
