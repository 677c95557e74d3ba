"""Setting up the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from wagtail.models import Locale, Page, Site, Workflow, WorkflowPage

from portal.domain.outline import OUTLINE, PageWords
from portal.domain.pages import publish, put_page
from portal.domain.site import build_site
from portal.models import HomePage, NewsPage, StandardPage
from region.models import AuditEvent
from tests.factories.places import town as new_town

if TYPE_CHECKING:
    from portal.domain.site import Pages
    from region.models import RegionProfile, User

pytestmark = pytest.mark.once


def test_site_has_the_outline_in_each_language(county: RegionProfile, administrator: User) -> None:
    pages = build_site(by=administrator, languages=["cs", "pl"])
    assert list(pages) == ["home", *(planned.key for planned in OUTLINE)]
    assert {key: list(found) for key, found in pages.items()} == {key: ["cs", "pl"] for key in pages}
    assert len({page.translation_key for page in pages["news"].values()}) == 1
    assert all(page.live for found in pages.values() for page in found.values())


def test_root_of_the_site_is_the_home_page_of_the_installations_language(
    county: RegionProfile, administrator: User
) -> None:
    pages = build_site(by=administrator, languages=["pl", "cs"])
    site = Site.objects.get()
    assert site.root_page.specific == pages["home"]["cs"]
    assert (site.hostname, site.port) == ("127.0.0.1", 8000)
    assert list(Page.objects.filter(depth=2).specific()) == list(HomePage.objects.order_by("path"))


def test_second_building_changes_nothing(county: RegionProfile, administrator: User) -> None:
    pages = build_site(by=administrator, languages=["cs"])
    pages["about"]["cs"].title = "Changed by an editor"
    pages["about"]["cs"].save()
    events, count = AuditEvent.objects.count(), Page.objects.count()
    again = build_site(by=administrator, languages=["cs"])
    assert again["about"]["cs"].title == "Changed by an editor"
    assert (AuditEvent.objects.count(), Page.objects.count()) == (events, count)


def test_pages_under_other_addresses_are_not_made_again(site: Pages, administrator: User) -> None:
    moved = {key: site[key]["cs"] for key in ("towns", "materials", "about")}
    for key, page in moved.items():
        page.slug = f"jinde-{key}"
        page.save()
    count = Page.objects.count()
    again = build_site(by=administrator, languages=["cs", "pl", "en"])
    assert Page.objects.count() == count
    assert {key: (again[key]["cs"].pk, again[key]["cs"].slug) for key in moved} == {
        key: (page.pk, f"jinde-{key}") for key, page in moved.items()
    }


def test_page_of_text_with_the_outlines_address_is_the_outlines(site: Pages, administrator: User) -> None:
    put_page(kind=StandardPage, parent=site["home"]["cs"], words={"cs": {"title": "A", "slug": "a"}}, by=administrator)
    assert build_site(by=administrator, languages=["cs"])["about"]["cs"].slug == "o-webu"


def test_language_added_later_gets_its_pages(county: RegionProfile, administrator: User) -> None:
    first = build_site(by=administrator, languages=["cs"])
    second = build_site(by=administrator, languages=["cs", "en"])
    assert second["news"]["en"].translation_key == first["news"]["cs"].translation_key
    assert sorted(Locale.objects.values_list("language_code", flat=True)) == ["cs", "en"]


def test_longer_words_go_to_the_heading_and_the_menu_stays_short(county: RegionProfile, administrator: User) -> None:
    words = {"towns": {"cs": PageWords("Zapojená města a obce", "mesta-a-obce", "Lead.")}}
    page = build_site(by=administrator, languages=["cs"], titles=words)["towns"]["cs"]
    assert (page.title, page.heading, page.slug, page.lead) == (
        "Města",
        "Zapojená města a obce",
        "mesta-a-obce",
        "Lead.",
    )


def test_city_speaks_of_districts(city: RegionProfile, administrator: User) -> None:
    assert build_site(by=administrator, languages=["pl"])["towns"]["pl"].title == "Dzielnice"


@pytest.mark.parametrize("any_profile", ["county", "city"], indirect=True)
def test_legal_pages_have_the_text_of_the_country(any_profile: RegionProfile, administrator: User) -> None:
    pages = build_site(by=administrator, languages=["cs", "pl", "en"])
    laws = {"accessibility": {"CZ": "99/2019", "PL": "2019"}, "privacy": {"CZ": "110/2019", "PL": "2018"}}
    for key, law in laws.items():
        first = [str(page.body[0].value) for page in pages[key].values()]
        assert all(law[any_profile.country] in text for text in first)
        assert len(set(first)) == 3


def test_moderation_is_restored_when_it_is_gone(county: RegionProfile, administrator: User) -> None:
    Workflow.objects.all().delete()
    build_site(by=administrator, languages=["cs"])
    assert WorkflowPage.objects.get().page == Page.get_first_root_node()


WORDS = {"cs": {"title": "Zpráva", "slug": "zprava", "body": [("paragraph", "<p>Text.</p>")]}}


def test_page_put_twice_is_written_once(site: Pages, administrator: User) -> None:
    shared = {"towns": [new_town()]}
    page = put_page(kind=NewsPage, parent=site["news"]["cs"], words=WORDS, shared=shared, by=administrator)["cs"]
    again = put_page(kind=NewsPage, parent=site["news"]["cs"], words=WORDS, shared=shared, by=administrator)["cs"]
    assert again == page
    assert page.revisions.count() == 1


@pytest.mark.parametrize("field", ["title", "body", "towns"])
def test_page_put_with_other_words_is_mended(field: str, site: Pages, administrator: User) -> None:
    town = new_town()
    put_page(kind=NewsPage, parent=site["news"]["cs"], words=WORDS, by=administrator)
    change = {"title": "Jiná", "body": [("paragraph", "<p>Jiný text.</p>")], "towns": [town]}[field]
    other = {"cs": {**WORDS["cs"], field: change}}
    page = put_page(kind=NewsPage, parent=site["news"]["cs"], words=other, by=administrator)["cs"]
    stored = NewsPage.objects.get(pk=page.pk)
    values = {"title": stored.title, "body": stored.body[0].value.source, "towns": list(stored.towns.all())}
    assert values[field] == ("<p>Jiný text.</p>" if field == "body" else change)
    assert page.revisions.count() == 2


def test_page_published_after_its_children_were_made_keeps_its_place_in_the_tree(
    county: RegionProfile, administrator: User
) -> None:
    home = build_site(by=administrator, languages=["cs"])["home"]["cs"]
    home.lead = "Nová věta."
    publish(page=home, by=administrator)
    assert Page.find_problems() == ([], [], [], [], [])
    assert HomePage.objects.get().lead == "Nová věta."


def test_language_without_the_parent_is_left_out(county: RegionProfile, administrator: User) -> None:
    site = build_site(by=administrator, languages=["cs"])
    words = {"cs": {"title": "A", "slug": "a"}, "pl": {"title": "B", "slug": "b"}}
    assert list(put_page(kind=StandardPage, parent=site["about"]["cs"], words=words, by=administrator)) == ["cs"]
