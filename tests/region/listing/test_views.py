"""A list on screen: filters, order, pages, empty states, who may see it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from region.clock import today
from tests.factories.places import town
from tests.factories.roles import new_organisation, with_role

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import QueryCounter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.factories.lists"), pytest.mark.usefixtures("county")]
LIST = "/en/office/samples/"


def page(client: Client, address: str = LIST, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.content, "html.parser")


def names(soup: BeautifulSoup) -> list[str]:
    return [head.get_text(strip=True) for head in soup.select("tbody th")]


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().replace("\u00a0", " ").split()) for tag in soup.select(selector)]


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(with_role("coordinator"))
    return client


def test_rows_stand_in_the_order_of_letters_without_diacritics(office: Client) -> None:
    for name in ("Zbiroh", "Čachrov", "Dobřany"):
        new_organisation(name=name)
    assert names(page(office)) == ["Čachrov", "Dobřany", "Zbiroh"]
    assert names(page(office, f"{LIST}?sort=-name")) == ["Zbiroh", "Dobřany", "Čachrov"]


def test_heading_sorts_and_turns_round(office: Client) -> None:
    new_organisation()
    ascending = page(office, f"{LIST}?kind=municipality&sort=inhabitants").select_one("th[aria-sort]")
    assert ascending is not None
    assert ascending["aria-sort"] == "ascending"
    assert [link["href"] for link in ascending.select("a")] == ["?kind=municipality&sort=-inhabitants"]
    descending = page(office, f"{LIST}?sort=-inhabitants").select_one("th[aria-sort]")
    assert descending is not None
    assert descending["aria-sort"] == "descending"


def test_rows_without_a_value_come_last_both_ways(office: Client) -> None:
    new_organisation(name="A")
    new_organisation(name="B", inhabitants=5, inhabitants_year=2025)
    assert names(page(office, f"{LIST}?sort=inhabitants")) == ["B", "A"]
    assert names(page(office, f"{LIST}?sort=-inhabitants")) == ["B", "A"]


@pytest.mark.parametrize("sort", ["nothing", "-", "kind", "phone", "%00"])
def test_order_that_is_none_is_the_lists_own(office: Client, sort: str) -> None:
    new_organisation(name="B")
    new_organisation(name="A")
    assert names(page(office, f"{LIST}?sort={sort}")) == ["A", "B"]


def test_search_finds_words_without_case_and_diacritics(office: Client) -> None:
    new_organisation(name="Město Plzeň")
    new_organisation(name="Gmina Łódź")
    assert names(page(office, f"{LIST}?q=PLZEN+mesto")) == ["Město Plzeň"]
    assert names(page(office, f"{LIST}?q=łodz")) == ["Gmina Łódź"]
    assert names(page(office, f"{LIST}?q=plzen+lodz")) == []


def test_filters_narrow_together_and_are_counted(office: Client) -> None:
    new_organisation(name="A", kind="police", member_since=date(2020, 1, 1), member_until=date(2026, 1, 1))
    new_organisation(name="B", kind="police", member_since=date(2020, 1, 1), member_until=date(2027, 1, 1))
    new_organisation(name="C", member_since=date(2020, 1, 1), member_until=date(2026, 1, 1))
    soup = page(office, f"{LIST}?kind=police&until=1.+6.+2026")
    assert names(soup) == ["A"]
    assert words(soup, ".filter summary .cnt") == ["2"]
    assert [link["href"] for link in soup.select(".filter .clear")] == [LIST]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("until=tomorrow", "until"),
        ("until=1.1.9999", "until"),
        ("since=31.2.2025", "since"),
        ("kind=nonsense", "kind"),
        ("q=%00", "q"),
        (f"q={'x' * 200}", "q"),
    ],
)
def test_bad_filter_is_an_error_at_its_field(office: Client, query: str, field: str) -> None:
    new_organisation()
    soup = page(office, f"{LIST}?{query}", status=400)
    assert names(soup) == []
    assert len(soup.select(f"#id_{field}_error .err")) == 1
    assert words(soup, ".empty h2") == ["A filter cannot be read"]
    assert [link["href"] for link in soup.select(".errors a")] == [f"#id_{field}"]


def test_empty_list_says_so(office: Client) -> None:
    assert words(page(office), ".empty h2") == ["There is nothing here yet"]


def test_list_without_a_match_leads_back_to_everything(office: Client) -> None:
    new_organisation()
    soup = page(office, f"{LIST}?q=xyzzy")
    assert words(soup, ".empty h2") == ["Nothing matches these filters"]
    assert [link["href"] for link in soup.select(".empty a")] == [LIST]


def test_pages_keep_the_filters(office: Client) -> None:
    for number in range(7):
        new_organisation(name=f"Obec {number}")
    soup = page(office, f"{LIST}?kind=municipality&page=2")
    assert names(soup) == ["Obec 5", "Obec 6"]
    assert words(soup, ".pages p") == ["6–7 / 7"]
    assert [link["href"] for link in soup.select(".pages a[rel=prev]")] == ["?kind=municipality"]
    assert words(soup, "caption") == ["7 rows, sorted by: Name. 7 in all."]


@pytest.mark.parametrize(("number", "first"), [("99", "Obec 5"), ("x", "Obec 0"), ("-3", "Obec 5"), ("", "Obec 0")])
def test_page_that_is_none_leads_to_the_nearest(office: Client, number: str, first: str) -> None:
    for one in range(6):
        new_organisation(name=f"Obec {one}")
    assert names(page(office, f"{LIST}?page={number}"))[0] == first


def test_values_are_written_for_people(office: Client) -> None:
    new_organisation(
        name="A", inhabitants=12345, inhabitants_year=2025, member_since=date(2020, 1, 1), member_until=today()
    )
    new_organisation(name="B", town=town(name="Stříbro"))
    soup = page(office)
    assert words(soup, "tbody tr:nth-child(1) td[data-label]")[:3] == ["municipality", "no town", "12,345"]
    assert words(soup, "tbody tr:nth-child(1) .soon") == ["today"]
    assert words(soup, "tbody tr:nth-child(2) td[data-label]") == ["municipality", "Stříbro", "", ""]


@pytest.mark.parametrize(
    ("days", "told", "mark"),
    [(-1, "1 day late", "late"), (-3, "3 days late", "late"), (1, "tomorrow", "soon"), (9, "in 9 days", "dim")],
)
def test_deadline_says_how_near_it_is(office: Client, days: int, told: str, mark: str) -> None:
    new_organisation(town=town(), member_since=date(2020, 1, 1), member_until=today() + timedelta(days=days))
    assert words(page(office), f"tbody td .{mark}") == [told]


def test_views_of_the_code_are_tabs_with_counts(office: Client) -> None:
    new_organisation(kind="police")
    new_organisation()
    soup = page(office, f"{LIST}?kind=police&sort=-name")
    assert words(soup, ".views a") == ["All", "Towns 1", "Police"]
    assert words(soup, ".views a[aria-current]") == ["Police"]


def test_number_of_queries_does_not_depend_on_rows(office: Client, count_queries: QueryCounter) -> None:
    new_organisation(town=town())
    page(office)
    with count_queries() as one:
        page(office)
    for _number in range(3):
        new_organisation(town=town())
    with count_queries() as more:
        page(office)
    assert len(more) == len(one)


@pytest.mark.parametrize("part", ["", "export/", "bulk/?action=move", "views/"])
def test_anonymous_people_sign_in_first(client: Client, part: str) -> None:
    response = client.get(f"{LIST}{part}")
    assert response.status_code == 302
    assert response["Location"].startswith("/en/account/login/?next=/en/office/samples/")


@pytest.mark.parametrize("part", ["", "export/", "bulk/?action=move", "views/"])
def test_list_is_forbidden_without_the_permission(client: Client, part: str) -> None:
    client.force_login(with_role("analyst"))
    assert client.get(f"{LIST}{part}").status_code == 403


@pytest.mark.parametrize("part", ["", "export/"])
def test_list_is_only_read(office: Client, part: str) -> None:
    assert office.post(f"{LIST}{part}").status_code == 405
