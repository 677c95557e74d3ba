"""What the site search finds, and in which order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from portal.models import NewsPage, SearchEntry, StandardPage
from portal.search.finding import search
from portal.search.indexing import refresh_everything
from tests.factories.people import assignment, officer
from tests.factories.places import district, town
from tests.factories.sites import child, home

pytestmark = pytest.mark.django_db


def text(words: str) -> list[tuple[str, str]]:
    return [("paragraph", f"<p>{words}</p>")]


@pytest.fixture
def index(county: Any) -> None:
    """A small Czech site with towns, a person, news."""
    start = home()
    place = town(name="Plzeň", slug="plzen", summary="")
    town(name="Plasy", slug="plasy", summary="")
    assignment(officer=officer(rank="", name="Jana Plzeňská"), district=district(town=place, name="Lochotín", code="2"))
    child(start, StandardPage, title="Bezpečný kraj", slug="b", body=text("O programu."))
    child(start, StandardPage, title="Rady", slug="r", body=text("Jak bydlet v bezpečném domě. Policie radí."))
    child(start, NewsPage, title="Hlídky", slug="h1", date=date(2025, 1, 1), lead="Více hlídek v ulicích.")
    child(start, NewsPage, title="Hlídky", slug="h2", date=date(2026, 1, 1), lead="Více hlídek v ulicích.")
    refresh_everything()


def titles(query: str, language: str = "cs", kind: str = "") -> list[str]:
    return [entry.title for entry in search(query, language=language, kind=kind).entries]


@pytest.mark.parametrize("query", ["Plzeň", "plzen", "PLZEŇ", "  plzeň  ", "„Plzeň“!"])
def test_town_comes_first_whatever_way_its_name_is_written(index: None, query: str) -> None:
    assert titles(query)[0] == "Plzeň"


@pytest.mark.parametrize("query", ["bezpečného", "bezpecny", "BEZPEČNÝ", "bezpečném"])
def test_inflected_word_is_found_in_title_then_in_text(index: None, query: str) -> None:
    assert titles(query) == ["Bezpečný kraj", "Rady"]


def test_last_word_is_found_by_its_beginning(index: None) -> None:
    assert set(titles("pla")) == {"Plasy"}
    assert set(titles("Lochot")) == {"Lochotín", "Jana Plzeňská"}


def test_only_the_last_word_is_a_beginning(index: None) -> None:
    assert titles("loch nic") == []


def test_any_word_is_enough_and_more_words_come_first(index: None) -> None:
    assert titles("bydlet policie kraj")[0] == "Rady"
    assert set(titles("bydlet policie kraj")) >= {"Rady", "Bezpečný kraj"}


def test_rarer_word_tells_more(index: None) -> None:
    start = SearchEntry.objects.get(title="Rady").page
    for number in range(30):
        child(start, StandardPage, title=f"Stránka {number}", body=text("hlídek"))
    refresh_everything()
    assert titles("hlídek bydlet")[0] == "Rady"


def test_newer_comes_first_among_equals(index: None) -> None:
    found = search("hlídky", language="cs").entries
    assert [entry.date for entry in found] == [date(2026, 1, 1), date(2025, 1, 1)]


def test_other_languages_have_their_own_results(index: None) -> None:
    assert titles("bezpečný", "en") == []
    assert titles("Plzen", "en")[0] == "Plzeň"


def test_kinds_are_counted_and_chosen(index: None) -> None:
    found = search("plzeň lochotín", language="cs", kind="person")
    assert (found.counts, found.total, [entry.title for entry in found.entries]) == (
        {"town": 2, "person": 1}, 3, ["Jana Plzeňská"],
    )  # fmt: skip


def test_unknown_word_brings_the_most_alike_word_of_a_title(index: None) -> None:
    assert search("Plzneň", language="cs").meant == "Plzeň"
    assert search("hlídky Lochotin xx", language="cs").meant == ""
    assert search("hlídky Lochtín x", language="cs").meant == "hlídky Lochotín x"


@pytest.mark.parametrize(
    "query", ["", '"', "%", "*", "\x00", "'; DROP TABLE", "a" * 5000, "(a OR b", "NEAR/9", "_" * 50]
)
def test_odd_query_finds_nothing_and_breaks_nothing(index: None, query: str) -> None:
    found = search(query, language="cs")
    assert (found.total, list(found.entries), found.counts) == (0, [], {})


def test_sign_of_the_database_stands_for_nothing(index: None) -> None:
    assert titles("pl%") == []
    assert titles("plz_n") == []


def test_number_of_queries_is_the_same_for_many_results(index: None, count_queries: Any) -> None:
    def queries() -> int:
        with count_queries() as made:
            list(search("policie plze", language="cs").entries[:10])
        return len(made)

    few = queries()
    for number in range(20):
        town(name=f"Plzeň {number}")
    refresh_everything()
    assert queries() == few == 3


def test_results_with_pages_need_no_query_of_their_own(index: None, count_queries: Any) -> None:
    entries = list(search("bezpečný", language="cs").entries)
    with count_queries() as made:
        assert [entry.page.url_path for entry in entries if entry.page] == ["/cs/b/", "/cs/r/"]
    assert len(made) == 0
