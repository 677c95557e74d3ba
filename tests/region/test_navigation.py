"""The frame of signed-in people: a menu of what they may open, the ways to the other places."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from django.urls import URLPattern

from region import office
from region.account_urls import urlpatterns
from region.office import Entry, Group, Place, register_entry
from tests.factories.accounts import new_user
from tests.factories.roles import give_role, new_organisation, with_role

if TYPE_CHECKING:
    from django.test import Client

RECORDS = Group("Records", 2)
pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.factories.lists"), pytest.mark.usefixtures("county")]


@pytest.fixture(autouse=True)
def entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "_entries", {})
    register_entry(Entry("Samples", "samples:office-samples", ("region.view_organisations",), group=RECORDS, order=2))
    register_entry(Entry("Views", "samples:office-samples-views", ("region.manage_people",), group=RECORDS, order=1))
    register_entry(Entry("Nowhere", "samples:nothing", ("region.enter_office",)))
    register_entry(Entry("Mine", "region:home", ("region.enter_my",), place=Place.MY))


def page(client: Client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def links(soup: BeautifulSoup, selector: str) -> list[tuple[str, Any]]:
    return [(" ".join(tag.get_text().split()), tag["href"]) for tag in soup.select(selector)]


def test_menu_has_what_the_person_may_open(client: Client) -> None:
    client.force_login(with_role("coordinator"))
    assert links(page(client, "/en/office/"), ".nav a") == [
        ("Home", "/en/office/"),
        ("Samples", "/en/office/samples/"),
    ]


def test_entry_of_the_page_and_of_pages_below_it_is_marked(client: Client) -> None:
    new_organisation()
    client.force_login(with_role("coordinator"))
    for address, mark in (("/en/office/samples/", "page"), ("/en/office/samples/views/", "true")):
        marked = page(client, address).select(".nav [aria-current]")
        assert [(tag.get_text(), tag["aria-current"]) for tag in marked] == [("Samples", mark)]
    home = page(client, "/en/office/").select(".nav [aria-current]")
    assert [(tag.get_text(), tag["aria-current"]) for tag in home] == [("Home", "page")]


def test_group_opens_under_its_name_and_is_marked_with_its_entry(client: Client) -> None:
    client.force_login(with_role("administrator"))
    soup = page(client, "/en/office/samples/")
    assert [tag.get_text() for tag in soup.select(".nav .group > summary[aria-current=true]")] == ["Records"]
    assert links(soup, ".nav .group a") == [("Views", "/en/office/samples/views/"), ("Samples", "/en/office/samples/")]
    assert page(client, "/en/office/").select(".nav summary[aria-current]") == []


def test_groups_stand_in_their_order_after_what_has_none(client: Client) -> None:
    people = Group("People", 1)
    register_entry(Entry("Own", "region:home", ("region.enter_office",), order=9))
    for label, name in (("Organisations", "region:office-organisations"), ("Accounts", "region:office-accounts")):
        register_entry(Entry(label, name, ("region.view_organisations",), group=people, order=50))
    client.force_login(with_role("administrator"))
    soup = page(client, "/en/office/")
    assert [tag.get_text() for tag in soup.select(".nav .group > summary")] == ["People", "Records"]
    assert [text for text, _url in links(soup, ".nav a")] == [
        "Home",
        "Own",
        "Organisations",
        "Accounts",
        "Views",
        "Samples",
    ]


def test_group_of_one_entry_is_that_entry(client: Client) -> None:
    client.force_login(with_role("coordinator"))
    soup = page(client, "/en/office/")
    assert soup.select(".nav .group") == []
    assert ("Samples", "/en/office/samples/") in links(soup, ".nav a")


def test_person_of_both_places_sees_the_way_between_them(client: Client) -> None:
    client.force_login(give_role(with_role("coordinator"), "signatory"))
    assert links(page(client, "/en/office/"), ".ways a") == [("Public site", "/en/"), ("My", "/en/my/")]
    assert links(page(client, "/en/my/"), ".ways a") == [("Public site", "/en/"), ("Office", "/en/office/")]
    assert links(page(client, "/en/my/"), ".nav a") == [("Home", "/en/my/"), ("Mine", "/en/home/")]


def test_editor_sees_the_way_to_the_pages(client: Client, editor: Any) -> None:
    client.force_login(give_role(editor, "editor"))
    assert ("Editors' screens", "/admin/") in links(page(client, "/en/office/"), ".ways a")


def test_person_can_reach_the_account_and_sign_out(client: Client) -> None:
    person = give_role(new_user(first_name="Eva", last_name="Vzorová"), "coordinator")
    client.force_login(person)
    soup = page(client, "/en/office/")
    assert [name for name, _url in links(soup, ".who a")] == ["Your account: Eva Vzorová"]
    assert [(form["method"], form["action"]) for form in soup.select(".who form")] == [("post", "/en/account/logout/")]


def test_languages_lead_to_the_same_page(client: Client) -> None:
    client.force_login(with_role("coordinator"))
    assert [url for _name, url in links(page(client, "/en/office/"), ".langs a")] == [
        "/cs/office/",
        "/pl/office/",
        "/en/office/",
    ]


@pytest.mark.parametrize(("role", "title"), [("coordinator", "Office"), ("signatory", "My")])
def test_own_account_stands_in_the_frame_of_the_place(client: Client, role: str, title: str) -> None:
    client.force_login(with_role(role))
    soup = page(client, "/en/account/details/")
    assert [tag.get_text() for tag in soup.select(".logo b")] == [title]
    assert ("Home", f"/en/{title.lower()}/") in links(soup, ".nav a")


def test_closed_place_is_refused_in_the_frame_of_ones_own(client: Client) -> None:
    client.force_login(with_role("signatory"))
    soup = page(client, "/en/office/")
    assert [tag.get_text() for tag in soup.select(".kicker")] == ["403"]
    assert ("Home", "/en/my/") in links(soup, ".nav a")
    assert [url for _text, url in links(soup, "main .btn")] == ["/en/home/"]


def test_stranger_is_refused_in_the_public_frame(client: Client) -> None:
    soup = page(client, "/en/office/nothing/")
    assert [tag.get_text() for tag in soup.select(".kicker")] == ["404"]
    assert [url for _text, url in links(soup, "main .btn")] == ["/en/"]
    assert soup.select(".who") == []


def test_nothing_leads_on_before_the_second_factor_is_set_up(client: Client, settings: Any) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    client.force_login(with_role("coordinator"))
    soup = page(client, "/en/account/2fa/")
    assert [tag.get_text() for tag in soup.select("h1")] == ["Second factor"]
    assert links(soup, ".nav a") == []
    assert links(soup, ".strip .ways a") == [("Public site", "/en/")]


def test_pages_of_the_account_have_names_by_which_languages_find_them() -> None:
    unnamed = [str(one.pattern) for one in urlpatterns if isinstance(one, URLPattern) and not one.name]
    assert unnamed == []
