"""The page cache in front of the whole site: readers see what editors publish, nobody sees what is not theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

from portal.models import StandardPage
from region.models import Town
from tests.factories.accounts import new_editor
from tests.factories.places import town
from tests.factories.sites import child, home, town_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(county: Any, settings: Any) -> HomePage:
    settings.PAGE_CACHE_MB = 4
    return home()


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], object]], None]:
    def carry_out(change: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return carry_out


def processes(number: int) -> list[Client]:
    """Browsers that reach a process of their own: each client builds its own chain of middleware."""
    return [Client() for _ in range(number)]


def queries_of(client: Client, path: str, count_queries: Any) -> int:
    with count_queries() as made:
        assert client.get(path).status_code == 200
    return len(made)


@pytest.mark.parametrize("path", ["/cs/", "/cs/rady/", "/cs/hledat/?q=rady", "/robots.txt"])
def test_second_reader_asks_the_database_nothing(start: HomePage, count_queries: Any, path: str) -> None:
    child(start, StandardPage, title="Rady", slug="rady")
    reader = Client()
    reader.get(path)
    if path.startswith("/cs/"):
        assert queries_of(reader, path, count_queries) == 0
    assert dict(reader.cookies) == {}


def test_published_page_is_seen_by_readers_of_every_process(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Staré", slug="rady")
    readers = processes(2)
    assert [b"Star\xc3\xa9" in reader.get("/cs/rady/").content for reader in readers] == [True, True]
    page.title = "Nové"
    commit(lambda: page.save_revision().publish())
    assert [b"Nov\xc3\xa9" in reader.get("/cs/rady/").content for reader in readers] == [True, True]


def test_unpublished_page_is_gone_at_once(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Rady", slug="rady")
    reader = Client()
    assert reader.get("/cs/rady/").status_code == 200
    commit(page.unpublish)
    assert reader.get("/cs/rady/").status_code == 404


def test_edited_town_is_seen_on_its_page(start: HomePage, commit: Any) -> None:
    place = town(name="Stříbro", slug="stribro", summary="Staré město.")
    town_page(place, start)
    reader = Client()
    assert "Staré město." in reader.get("/cs/towns/stribro/").content.decode()
    place.summary = "Nové město."
    commit(place.save)
    text = reader.get("/cs/towns/stribro/").content.decode()
    assert ("Nové město." in text, "Staré město." in text, Town.objects.count()) == (True, False, 1)


def test_page_for_chosen_readers_is_never_stored(start: HomePage) -> None:
    page = child(start, StandardPage, title="Tajné", slug="tajne")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="heslo")
    signed_in, other = processes(2)
    asked = signed_in.get("/cs/tajne/")
    assert asked.status_code == 200
    back = {"return_url": "/cs/tajne/", "password": "heslo"}
    restriction = PageViewRestriction.objects.get()
    answer = signed_in.post(f"/cs/_util/authenticate_with_password/{restriction.pk}/{page.pk}/", back)
    assert (answer.status_code, answer["Location"]) == (302, "/cs/tajne/"), answer.content
    heading = "<h1>Tajné</h1>"
    assert heading in signed_in.get("/cs/tajne/").content.decode()
    for reader in (other, Client()):
        assert heading not in reader.get("/cs/tajne/").content.decode()
    assert "sessionid" not in other.cookies


def test_signed_in_person_neither_gets_nor_leaves_stored_pages(start: HomePage, count_queries: Any) -> None:
    child(start, StandardPage, title="Rady", slug="rady")
    browser = Client()
    browser.force_login(new_editor())
    answer = browser.get("/cs/rady/")
    assert (answer["Cache-Control"], "ETag" in answer) == ("private, no-store", False)
    assert queries_of(browser, "/cs/rady/", count_queries) > 0
    browser.logout()
    browser.cookies.clear()
    assert queries_of(browser, "/cs/rady/", count_queries) > 0
    assert queries_of(browser, "/cs/rady/", count_queries) == 0


def test_preview_of_a_draft_is_neither_stored_nor_answered_from_the_store(start: HomePage) -> None:
    page = child(start, StandardPage, title="Veřejné", slug="rady")
    reader = Client()
    reader.get("/cs/rady/")
    page.title = "Koncept"
    preview = page.make_preview_request()
    assert "Koncept" in preview.content.decode()
    assert preview["Content-Security-Policy"].count("frame-ancestors 'self'") == 1
    assert "Koncept" not in reader.get("/cs/rady/").content.decode()
    assert "Koncept" not in Client().get("/cs/rady/").content.decode()


def test_missing_page_is_not_stored(start: HomePage, commit: Any) -> None:
    reader = Client()
    assert reader.get("/cs/rady/").status_code == 404
    commit(lambda: child(start, StandardPage, title="Rady", slug="rady"))
    assert reader.get("/cs/rady/").status_code == 200


def test_stored_page_carries_every_header_of_safety(start: HomePage) -> None:
    reader = Client()
    first, second = reader.get("/cs/"), reader.get("/cs/")
    names = [
        "Content-Security-Policy",
        "Permissions-Policy",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "X-Frame-Options",
    ]
    assert [first[name] for name in names] == [second[name] for name in names]
    assert second["Content-Language"] == "cs"
