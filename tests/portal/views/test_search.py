"""The page of the site search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation

from portal.models import ContactPage, StandardPage
from portal.search.indexing import refresh_everything
from tests.factories.people import assignment, officer
from tests.factories.places import town
from tests.factories.sites import child, home

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESS = {"cs": "/cs/hledat/", "pl": "/pl/szukaj/", "en": "/en/search/"}


@pytest.fixture
def site(county: Any) -> Any:
    """A Czech site with towns and pages, indexed."""
    start = home()
    child(
        start, StandardPage, title="Bezpečný kraj", slug="b", body=[("paragraph", "<p>Kdo <i>se</i> ptá &lt;b&gt;</p>")]
    )
    child(start, ContactPage, title="Kontakty", slug="kontakty")
    town(name="Plzeň", slug="plzen")
    assignment(officer=officer(rank="", name="Jana Nová"), town=town(name="Tachov", slug="tachov"))
    refresh_everything()
    return start


def body(client: Client, query: str = "", language: str = "cs", **more: str) -> str:
    response = client.get(ADDRESS[language], {"q": query, **more})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_address_is_in_the_readers_language(client: Client, site: Any, language: str) -> None:
    with translation.override(language):
        assert client.get(ADDRESS[language]).status_code == 200


def test_results_lead_to_page_and_town(client: Client, site: Any) -> None:
    assert '<a href="/cs/b/"><mark>Bezpečný</mark> kraj</a>' in body(client, "bezpecny")
    assert '<a href="/cs/kdo-odpovida/plzen/"><mark>Plzeň</mark></a>' in body(client, "plzen")


def test_excerpt_shows_text_never_as_html(client: Client, site: Any) -> None:
    assert "Kdo se <mark>ptá</mark> &lt;b&gt;" in body(client, "ptá")


def test_query_is_shown_again_escaped(client: Client, site: Any) -> None:
    text = body(client, '"><script>alert(1)</script>')
    assert ("<script>alert" in text, 'value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in text) == (False, True)


def test_kind_narrows_the_list_and_unknown_kind_does_not(client: Client, site: Any) -> None:
    people = body(client, "tachov", kind="person")
    assert ("Jana Nová" in people, '<a href="/cs/kdo-odpovida/tachov/"><mark>Tachov</mark></a>' in people) == (
        True,
        False,
    )
    assert body(client, "tachov", kind="nonsense").count('<li> <p class="kicker">') == 2


def test_results_come_ten_a_page(client: Client, site: Any) -> None:
    for number in range(25):
        child(site, StandardPage, title=f"Hlídka {number:02}")
    refresh_everything()
    first, last = body(client, "hlídka"), body(client, "hlídka", page="3")
    assert (first.count('<p class="kicker">'), last.count('<p class="kicker">')) == (10, 5)
    assert 'href="?q=hl%C3%ADdka&amp;page=2"' in first
    assert body(client, "hlídka", page="99") == body(client, "hlídka", page="99")


def test_nothing_found_offers_other_ways(client: Client, site: Any) -> None:
    text = body(client, "Tachof")
    assert '<a href="/cs/hledat/?q=Tachov">Tachov</a>' in text
    assert ('href="/cs/kdo-odpovida/"' in text, 'href="/cs/kontakty/"' in text) == (True, True)


def test_page_without_a_query_explains(client: Client, site: Any) -> None:
    response = client.get(ADDRESS["en"])
    assert response.context["found"].total == 0
    assert "What you can search for" in response.content.decode()


@pytest.mark.parametrize("query", ['"', "%", "*", "\x00", "a" * 5000, "slovo " * 1000, "'", "\\", "{{ 7*7 }}"])
def test_odd_query_gets_a_plain_answer(client: Client, site: Any, query: str) -> None:
    assert "<h1>" in body(client, query)


def test_search_engines_do_not_keep_results(client: Client, site: Any) -> None:
    assert '<meta name="robots" content="noindex">' in body(client, "plzen")


def test_invented_thing_carries_its_mark_and_words_of_the_note_are_marked(client: Client, site: Any) -> None:
    assignment(officer=officer(rank="", name="Eva Vzorová", is_example=True), town=town(name="Klatovy"))
    refresh_everything()
    text = body(client, "eva klatovy", kind="person")
    assert '<p class="kicker">Osoba <span class="demo">příklad</span> </p>' in text
    assert "<p>Policista, <mark>Klatovy</mark></p>" in text or ", <mark>Klatovy</mark></p>" in text


def test_writing_method_is_refused(client: Client, site: Any) -> None:
    assert client.post(ADDRESS["cs"]).status_code == 405


def test_reader_gets_no_cookie(client: Client, site: Any) -> None:
    assert dict(client.get(ADDRESS["cs"], {"q": "plzen"}).cookies) == {}


def test_number_of_queries_does_not_depend_on_results(client: Client, site: Any, count_queries: Any) -> None:
    def queries() -> int:
        with count_queries() as made:
            client.get(ADDRESS["cs"], {"q": "tachov"})
        return len(made)

    queries()
    few = queries()
    for number in range(15):
        town(name=f"Tachov {number}")
        child(site, StandardPage, title=f"Tachov {number}")
    refresh_everything()
    assert queries() == few
