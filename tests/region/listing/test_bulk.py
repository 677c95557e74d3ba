"""Bulk actions: choose, see what will happen, confirm once, read the result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from region.listing import bulk
from region.models import Organisation
from tests.factories.lists import FAULTY
from tests.factories.roles import new_organisation, with_role

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import QueryCounter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.factories.lists"), pytest.mark.usefixtures("county")]
LIST = "/en/office/samples/"
BULK = f"{LIST}bulk/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(with_role("coordinator"))
    return client


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def words(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").replace("\u00a0", " ").split()) for tag in soup.select(selector)]


def preview(client: Client, query: str) -> BeautifulSoup:
    response = client.get(f"{BULK}?{query}")
    assert response.status_code == 200
    return soup_of(response)


def confirm(client: Client, soup: BeautifulSoup, code: str = "move", **given: str) -> Any:
    fields = {tag["name"]: tag.get("value", "") for tag in soup.select("main form input")}
    return client.post(f"{BULK}?action={code}", {**fields, **given})


def places() -> dict[str, str]:
    return dict(Organisation.objects.values_list("name", "place"))


def test_list_offers_only_what_the_person_may_do(office: Client) -> None:
    new_organisation()
    assert words(soup_of(office.get(LIST)), ".bulk button") == ["Move", "Place", "Download as XLSX"]


def test_list_without_a_permitted_action_has_nothing_to_tick(client: Client) -> None:
    new_organisation()
    client.force_login(with_role("auditor"))
    assert soup_of(client.get(LIST)).select(".bulk, .c-pick") == []


def test_preview_says_what_will_change_and_what_not_and_why(office: Client) -> None:
    one, two = new_organisation(name="A"), new_organisation(name="B", place="moved")
    new_organisation(name="C")
    soup = preview(office, f"action=move&pick={one.pk}&pick={two.pk}")
    assert words(soup, ".lead") == ["1 will change. 1 will not."]
    assert words(soup, "section[aria-labelledby=refused] li") == ["B It has moved already."]
    assert words(soup, "section[aria-labelledby=changing] li") == ["A"]
    assert places() == {"A": "", "B": "moved", "C": ""}


def test_confirmed_preview_changes_and_tells_of_each(office: Client) -> None:
    one, two = new_organisation(name="A"), new_organisation(name="B")
    response = confirm(office, preview(office, f"action=move&pick={one.pk}&pick={two.pk}"))
    assert response.status_code == 302
    soup = soup_of(office.get(response["Location"]))
    assert words(soup, ".lead") == ["2 changed."]
    assert words(soup, "section[aria-labelledby=changed] li") == ["A", "B"]
    assert places() == {"A": "moved", "B": "moved"}


def test_record_changed_meanwhile_is_told_of_and_does_not_hold_up_others(office: Client) -> None:
    made = [
        new_organisation(name="A"),
        new_organisation(name="B"),
        new_organisation(name="C", phone=FAULTY),
        new_organisation(name="D", phone="problem"),
        new_organisation(name="E"),
    ]
    soup = preview(office, "action=move&" + "&".join(f"pick={one.pk}" for one in made))
    Organisation.objects.filter(name="B").update(place="moved")
    Organisation.objects.filter(name="E").update(place="hidden")
    result = soup_of(office.get(confirm(office, soup)["Location"]))
    assert words(result, ".lead") == ["1 changed. 4 did not, since something had changed meanwhile."]
    assert words(result, "section[aria-labelledby=failed] li") == [
        "B It has moved already.",
        "C A fault in the system. It was noted; nothing was changed here.",
        "D Somebody was quicker.",
        f"{made[4].pk} It is no longer here, or you may no longer see it.",
    ]
    assert places() == {"A": "moved", "B": "moved", "C": "", "D": "", "E": "hidden"}


def test_preview_confirmed_twice_has_one_effect(office: Client) -> None:
    one = new_organisation(name="A")
    soup = preview(office, f"action=move&pick={one.pk}")
    first = confirm(office, soup)
    Organisation.objects.update(place="")
    second = confirm(office, soup)
    assert second["Location"] == first["Location"]
    assert places() == {"A": ""}


def test_form_without_its_key_changes_nothing(office: Client) -> None:
    one = new_organisation(name="A")
    assert office.post(f"{BULK}?action=move", {"keys": str(one.pk)}).status_code == 409
    assert places() == {"A": ""}


def test_everything_that_matches_is_more_than_the_page(office: Client) -> None:
    for number in range(7):
        new_organisation(name=f"Obec {number}")
    new_organisation(name="Policie", kind="police")
    soup = preview(office, "action=move&all=1&kind=municipality&pick=nonsense")
    assert words(soup, ".lead") == ["7 will change."]
    confirm(office, soup)
    assert sorted(name for name, place in places().items() if place == "moved") == [f"Obec {n}" for n in range(7)]


def test_list_offers_everything_only_when_there_is_more(office: Client) -> None:
    for number in range(5):
        new_organisation(name=f"Obec {number}")
    assert words(soup_of(office.get(LIST)), ".bulk-all") == []
    new_organisation()
    assert words(soup_of(office.get(LIST)), ".bulk-all") == ["All 6 rows that match, on all pages"]


def test_nothing_chosen_is_said(office: Client) -> None:
    new_organisation()
    assert words(preview(office, "action=move&kind=police&sort=name"), ".lead") == [
        "You have not chosen anything. Tick some rows of the list first."
    ]


def test_key_sent_twice_is_done_once(office: Client) -> None:
    one = new_organisation()
    soup = preview(office, f"action=move&pick={one.pk}")
    result = soup_of(office.get(confirm(office, soup, keys=f"{one.pk},{one.pk}")["Location"]))
    assert len(result.select("main ul.rows li")) == 1


def test_too_many_at_once_are_refused(office: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("region.listing.views.MOST_AT_ONCE", 1)
    new_organisation()
    new_organisation()
    soup = preview(office, "action=move&all=1")
    assert words(soup, ".lead") == ["That is too many at once. Narrow the list to at most 1 rows and choose again."]
    assert soup.select("main form") == []


def test_long_preview_is_folded(office: Client) -> None:
    for _number in range(21):
        new_organisation()
    assert words(preview(office, "action=move&all=1"), ".fold summary") == ["Show all 21"]


def test_key_that_is_none_falls_away(office: Client) -> None:
    one = new_organisation(name="A")
    assert words(preview(office, f"action=move&pick=nonsense&pick={one.pk}"), ".lead") == ["1 will change."]


def test_hidden_record_cannot_be_chosen(office: Client) -> None:
    hidden = new_organisation(name="A", place="hidden")
    assert words(preview(office, f"action=move&pick={hidden.pk}"), ".lead")[0].startswith("You have not chosen")
    soup = preview(office, f"action=move&pick={new_organisation(name='B').pk}")
    result = soup_of(office.get(confirm(office, soup, keys=str(hidden.pk))["Location"]))
    assert words(result, ".lead") == ["0 changed. 1 did not, since something had changed meanwhile."]
    assert places()["A"] == "hidden"


def test_action_with_a_form_asks_and_passes_its_values_on(office: Client) -> None:
    one = new_organisation(name="A")
    soup = preview(office, f"action=place&pick={one.pk}")
    assert words(soup, "main form label") == ["Place"]
    wrong = office.post(
        f"{BULK}?action=place&pick={one.pk}", {"keys": str(one.pk), "form_key": str(uuid4()), "place": ""}
    )
    assert wrong.status_code == 422
    assert words(soup_of(wrong), ".errors a") == ["Place: This field is required."]
    confirm(office, soup, "place", place="Plzeň")
    assert places() == {"A": "Plzeň"}


@pytest.mark.parametrize(("code", "status"), [("secret", 403), ("nothing", 404), ("", 404)])
def test_action_that_is_none_or_not_for_this_person(office: Client, code: str, status: int) -> None:
    assert office.get(f"{BULK}?action={code}").status_code == status
    assert office.post(f"{BULK}?action={code}", {"form_key": str(uuid4())}).status_code == status


def test_bad_filter_leads_back_to_the_list(office: Client) -> None:
    response = office.get(f"{BULK}?action=move&all=1&until=x")
    assert (response.status_code, response["Location"]) == (302, f"{LIST}?until=x")


def test_result_of_somebody_else_is_not_there(office: Client) -> None:
    assert office.get(f"{BULK}{uuid4()}/").status_code == 404


def test_only_the_last_results_are_kept(office: Client) -> None:
    addresses = []
    for _number in range(bulk.REPORTS_KEPT + 1):
        one = new_organisation()
        addresses.append(confirm(office, preview(office, f"action=move&pick={one.pk}"))["Location"])
    assert [office.get(address).status_code for address in addresses] == [404, *[200] * bulk.REPORTS_KEPT]


def test_number_of_queries_of_a_preview_does_not_depend_on_rows(office: Client, count_queries: QueryCounter) -> None:
    new_organisation()
    preview(office, "action=move&all=1")
    with count_queries() as one:
        preview(office, "action=move&all=1")
    new_organisation()
    new_organisation()
    with count_queries() as more:
        preview(office, "action=move&all=1")
    assert len(more) == len(one)
