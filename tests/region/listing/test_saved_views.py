"""Views that people keep: own ones, under a name, opened by an address that works for colleagues too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup

from region.domain.saved_views import MOST_VIEWS, delete_view, save_view
from region.models import SavedView
from tests.factories.roles import new_organisation, with_role

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.factories.lists"), pytest.mark.usefixtures("county")]
LIST = "/en/office/samples/"
VIEWS = f"{LIST}views/"
SCREEN = "samples:office-samples"


@pytest.fixture
def person(db: None) -> User:
    return with_role("coordinator")


@pytest.fixture
def office(client: Client, person: User) -> Client:
    client.force_login(person)
    return client


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text().split()) for tag in soup.select(selector)]


def test_filters_in_use_can_be_kept(office: Client) -> None:
    soup = soup_of(office.get(f"{LIST}?q=plzen&sort=-name&kind="))
    (save,) = [link for link in soup.select(".views a") if link.get_text(strip=True) == "Save this view"]
    assert save["href"] == f"{VIEWS}?q=plzen"
    form = soup_of(office.get(str(save["href"])))
    assert [tag["value"] for tag in form.select("input[name=query]")] == ["q=plzen"]
    response = office.post(VIEWS, {"name": "Mine", "query": "sort=name&q=plzen"})
    assert (response.status_code, response["Location"]) == (302, f"{LIST}?q=plzen")
    listed = soup_of(office.get(response["Location"]))
    assert words(listed, ".notice p:last-child") == ["The view “Mine” is kept."]
    assert words(listed, ".views a[aria-current]") == ["Mine"]


def test_name_used_again_gets_the_new_filters(office: Client, person: User) -> None:
    save_view(screen=SCREEN, name="Mine", query="q=a", by=person)
    office.post(VIEWS, {"name": "Mine", "query": "q=b"})
    assert list(SavedView.objects.values_list("name", "query")) == [("Mine", "q=b")]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": ""}, "Name of the view: Give the view a name."),
        (
            {"name": "x" * 61},
            "Name of the view: Ensure this value has at most 60 characters (it has 61).",
        ),
    ],
)
def test_name_is_needed(office: Client, given: dict[str, str], error: str) -> None:
    response = office.post(VIEWS, given)
    assert response.status_code == 422
    assert words(soup_of(response), ".errors li") == [error]


def test_only_so_many_views_fit(office: Client, person: User) -> None:
    for number in range(MOST_VIEWS):
        save_view(screen=SCREEN, name=str(number), query="", by=person)
    response = office.post(VIEWS, {"name": "One more"})
    assert words(soup_of(response), ".errors li") == [
        f"Name of the view: You have {MOST_VIEWS} views of this list. Delete one first."
    ]


def test_view_can_be_deleted(office: Client, person: User) -> None:
    view, _new = save_view(screen=SCREEN, name="Mine", query="q=a", by=person)
    soup = soup_of(office.get(VIEWS))
    assert [tag["action"] for tag in soup.select(".rows form")] == [f"{VIEWS}{view.pk}/delete/"]
    response = office.post(f"{VIEWS}{view.pk}/delete/")
    assert (response.status_code, response["Location"]) == (302, VIEWS)
    assert not SavedView.objects.exists()
    assert office.get(f"{VIEWS}{view.pk}/delete/").status_code == 405


def test_somebody_elses_view_is_not_there(office: Client) -> None:
    view, _new = save_view(screen=SCREEN, name="Theirs", query="q=a", by=with_role("coordinator"))
    assert office.post(f"{VIEWS}{view.pk}/delete/").status_code == 404
    assert words(soup_of(office.get(VIEWS)), ".rows a") == []
    assert "Theirs" not in words(soup_of(office.get(LIST)), ".views a")


def test_view_of_another_list_is_not_there(office: Client, person: User) -> None:
    view, _new = save_view(screen="other:list", name="Other", query="", by=person)
    assert office.post(f"{VIEWS}{view.pk}/delete/").status_code == 404


def test_somebody_elses_view_cannot_be_deleted(person: User) -> None:
    view, _new = save_view(screen=SCREEN, name="Mine", query="", by=person)
    with pytest.raises(SavedView.DoesNotExist):
        delete_view(view=view, by=with_role("coordinator"))


def test_address_of_a_view_shows_a_colleague_the_same_rows(client: Client) -> None:
    new_organisation(name="Plzeň")
    new_organisation(name="Praha")
    for _colleague in range(2):
        client.force_login(with_role("coordinator"))
        assert words(soup_of(client.get(f"{LIST}?q=plzen")), "tbody th") == ["Plzeň"]


def test_way_to_ones_views_stands_beside_them(office: Client, person: User) -> None:
    save_view(screen=SCREEN, name="Mine", query="q=a", by=person)
    assert words(soup_of(office.get(LIST)), ".views a") == ["All", "Towns 0", "Police", "Mine", "My views"]
