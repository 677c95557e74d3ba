"""A town's pages and who may change them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Collection

from portal.domain.town_pages import create_town_page, town_group_name
from portal.models import NewsPage
from region.models import AuditEvent
from tests.factories.accounts import new_user
from tests.factories.places import town as new_town
from tests.factories.roles import with_role
from tests.factories.trees import add

if TYPE_CHECKING:
    from django.test import Client

    from portal.domain.site import Pages
    from portal.models import TownPage
    from region.models import RegionProfile, Town, User

pytestmark = pytest.mark.once


@pytest.fixture
def towns(site: Pages, administrator: User) -> tuple[Town, Town]:
    """Two towns with pages in three languages."""
    both = new_town(name="Merklín"), new_town(name="Merklín")
    for town in both:
        create_town_page(town=town, by=administrator)
    return both


@pytest.fixture
def own_client(towns: tuple[Town, Town], client: Client) -> Client:
    """Browser of an editor of the first town."""
    client.force_login(with_role("town_editor", town=towns[0]))
    return client


def page_of(town: Town, code: str = "cs") -> TownPage:
    """The town's page in a language."""
    found: TownPage = town.pages.get(locale__language_code=code)
    return found


def test_towns_of_one_name_have_pages_and_groups_of_their_own(towns: tuple[Town, Town]) -> None:
    assert [town.pages.count() for town in towns] == [3, 3]
    assert len({town_group_name(town) for town in towns}) == 2
    assert len({page_of(town).url for town in towns}) == 2


def test_second_making_changes_nothing(towns: tuple[Town, Town], administrator: User) -> None:
    before = AuditEvent.objects.count()
    create_town_page(town=towns[0], by=administrator)
    assert (AuditEvent.objects.count(), towns[0].pages.count()) == (before, 3)


def test_town_before_the_site_is_refused(county: RegionProfile, administrator: User) -> None:
    with pytest.raises(LookupError, match="create_site"):
        create_town_page(town=new_town(), by=administrator)


@pytest.mark.parametrize("code", ["cs", "pl"])
def test_town_editor_opens_the_towns_own_page(code: str, towns: tuple[Town, Town], own_client: Client) -> None:
    address = reverse("wagtailadmin_pages:edit", args=(page_of(towns[0], code).pk,))
    assert own_client.get(address).status_code == 200


@pytest.mark.parametrize("name", ["edit", "add_subpage", "delete", "move", "copy", "unpublish"])
def test_town_editor_is_turned_away_from_another_towns_page(
    name: str, towns: tuple[Town, Town], own_client: Client
) -> None:
    response = own_client.get(reverse(f"wagtailadmin_pages:{name}", args=(page_of(towns[1]).pk,)))
    assert (response.status_code, response["Location"]) == (302, reverse("wagtailadmin_home"))


def test_town_editor_changes_nothing_on_another_towns_page(towns: tuple[Town, Town], own_client: Client) -> None:
    foreign = page_of(towns[1])
    data = {"title": "Mine now", "slug": foreign.slug, "town": str(towns[1].pk), "action-publish": "1"}
    own_client.post(reverse("wagtailadmin_pages:edit", args=(foreign.pk,)), data)
    foreign.refresh_from_db()
    assert (foreign.title, foreign.revisions.count()) == ("Merklín", 1)


def test_town_editor_does_not_publish(towns: tuple[Town, Town], own_client: Client) -> None:
    user = new_user()
    user.groups.add(Group.objects.get(name=town_group_name(towns[0])))
    rights = page_of(towns[0]).permissions_for_user(user)
    assert (rights.can_edit(), rights.can_publish(), rights.can_submit_for_moderation()) == (True, False, True)


def test_form_of_news_under_a_towns_page_begins_with_the_town(towns: tuple[Town, Town], own_client: Client) -> None:
    address = reverse("wagtailadmin_pages:add", args=("portal", "newspage", page_of(towns[0]).pk))
    form = own_client.get(address).context["form"]
    assert form.initial["towns"] == [towns[0].pk]


def test_news_written_under_a_towns_page_are_in_the_list_of_news(towns: tuple[Town, Town], client: Client) -> None:
    add(page_of(towns[0]), NewsPage, title="Z Merklína", towns=[towns[0]])
    assert "Z\u00a0Merklína" in client.get("/cs/novinky/").content.decode()


def test_news_of_a_town_editor_appear_when_a_moderator_approves(towns: tuple[Town, Town], editor: User) -> None:
    author = new_user()
    author.groups.add(Group.objects.get(name=town_group_name(towns[0])))
    page = add(page_of(towns[0]), NewsPage, title="Návrh", live=False)
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    page.refresh_from_db()
    assert (page.live, page.current_workflow_task.user_can_access_editor(page, editor)) == (False, True)
    page.current_workflow_task_state.approve(user=editor)
    page.refresh_from_db()
    assert page.live


def test_page_under_another_address_is_still_the_towns(towns: tuple[Town, Town], administrator: User) -> None:
    page = page_of(towns[0])
    page.slug = "u-nas"
    page.save()
    pages = create_town_page(town=towns[0], by=administrator)
    assert (pages["cs"].pk, pages["cs"].slug, towns[0].pages.count()) == (page.pk, "u-nas", 3)


def test_renamed_town_keeps_its_group_and_collection(towns: tuple[Town, Town], administrator: User) -> None:
    before = Group.objects.count(), Collection.objects.count()
    towns[0].name = "Nový Merklín"
    create_town_page(town=towns[0], by=administrator)
    assert (Group.objects.count(), Collection.objects.count()) == before
    name = f"Nový Merklín ({towns[0].code})"
    assert (Group.objects.filter(name=name).count(), Collection.objects.filter(name=name).count()) == (1, 1)
