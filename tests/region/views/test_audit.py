"""The audit screen: who sees it, filters in the address, pages by key, one event in words, the file for a SIEM."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from region.audit_words import act_words, differences, kind_words
from region.domain.audit import CLOCK, record
from region.domain.audit_proof import PROVED
from region.domain.audit_seals import seal_new_events
from region.domain.erasure import erase_person
from region.domain.users import system_user
from region.models import AuditEvent, AuditSeal, Heartbeat, RegionProfile, Town, User
from region.queries import audit as queries
from region.views.audit import history_url
from tests.conftest import QueryCounter
from tests.factories.accounts import new_user
from tests.factories.events import event
from tests.factories.people import assignment, officer
from tests.factories.places import town
from tests.factories.roles import new_organisation, with_role
from tests.factories.security import security_lines

pytestmark = pytest.mark.django_db
LIST = "/en/office/audit/"


@pytest.fixture
def auditor(county: RegionProfile, client: Client) -> User:
    user = with_role("auditor")
    client.force_login(user)
    return user


def shown(client: Client, query: str = "") -> list[str]:
    """Ids of the events on the page."""
    return [str(line["event"].pk) for line in client.get(f"{LIST}{query}").context["lines"]]


@pytest.mark.parametrize("address", [LIST, f"{LIST}export/", f"{LIST}00000000-0000-0000-0000-000000000000/"])
def test_only_auditors_may_look(address: str, county: RegionProfile, client: Client) -> None:
    assert client.get(address).status_code == 302
    client.force_login(with_role("administrator"))
    assert client.get(address).status_code == 403


def test_unknown_event_is_not_there(auditor: User, client: Client) -> None:
    assert client.get(f"{LIST}00000000-0000-0000-0000-000000000000/").status_code == 404


def test_empty_trail_says_so(auditor: User, client: Client) -> None:
    page = client.get(LIST).content.decode()
    assert "No event matches" in page
    assert "No event is sealed yet." in page
    assert "has not been proved yet" in page


def test_line_says_who_did_what_to_what(auditor: User, client: Client) -> None:
    editor = with_role("editor")
    place = town(name="Stříbro")
    record(action="town.change", target=place, by=editor, before={"phone": "1"}, after={"phone": "2"})
    line = client.get(LIST).context["lines"][0]
    assert {name: line[name] for name in ("who", "roles", "act", "kind", "thing", "changed")} == {
        "who": editor.email,
        "roles": "editor",
        "act": "changed",
        "kind": "Town",
        "thing": "Stříbro",
        "changed": "Phone of the town hall",
    }


def test_names_of_people_are_looked_up_when_shown(auditor: User, client: Client) -> None:
    person = new_user(first_name="Eva", last_name="Malá")
    record(action="person.export", target=person, by=person)
    record(action="officer.delete", target=officer(), by=None)
    deleted, exported = client.get(LIST).context["lines"]
    assert (exported["who"], exported["thing"]) == ("Eva Malá", "Eva Malá")
    assert deleted["who"] == "the clock"
    erase_person(user=person, by=system_user())
    lines = client.get(f"{LIST}?act=person.export").context["lines"]
    assert [line["who"] for line in lines] == ["erased account"]
    assert "Malá" not in client.get(LIST).content.decode()


def test_account_that_is_gone_is_unknown(auditor: User, client: Client) -> None:
    event(actor_id="nobody", target="", target_type="gone.Model", actor_roles="old_role")
    line = client.get(LIST).context["lines"][0]
    assert (line["who"], line["kind"], line["roles"]) == ("unknown account", "gone.Model", "old_role")


def test_filters_stand_in_the_address(auditor: User, client: Client) -> None:
    day = datetime(2026, 3, 1, 12, tzinfo=UTC)
    person = new_user(first_name="Eva", last_name="Malá")
    mine = event(actor_id=str(person.pk), action="role.give", target_type="region.User", target_id="7", at=day)
    other = event(at=day - timedelta(days=2), before={"name": "Žďár"}, target="Jiné")
    cases = {
        "?who=eva mal": [mine],
        "?who=MALÁ": [mine],
        "?who=mala": [mine],
        f"?who={person.email}": [mine],
        f"?who={person.pk}": [mine],
        "?act=role.give": [mine],
        "?act=role.": [mine],
        "?kind=region.User": [mine],
        "?kind=region.User&thing=7": [mine],
        "?thing=8": [],
        "?since=1. 3. 2026": [mine],
        "?until=28. 2. 2026": [other],
        "?since=2026-02-27&until=2026-02-27": [other],
        "?q=Žďár&since=2026-01-01": [other],
        "?q=Jiné&since=2026-01-01": [other],
        "?q=Žďár": [],
    }
    assert {query: shown(client, query) for query in cases} == {
        query: [str(one.pk) for one in events] for query, events in cases.items()
    }


def test_words_without_a_day_are_looked_for_in_the_last_month(auditor: User, client: Client) -> None:
    new = event(after={"name": "Žďár"})
    assert shown(client, "?q=Žďár") == [str(new.pk)]


@pytest.mark.parametrize("query", ["?since=tomorrow", "?kind=nothing", "?since=2026-03-02&until=2026-03-01"])
def test_filter_that_cannot_be_read_is_marked(query: str, auditor: User, client: Client) -> None:
    response = client.get(f"{LIST}{query}")
    assert (response.status_code, response.context["lines"]) == (400, [])
    assert "filter cannot be read" in response.content.decode()
    assert client.get(f"{LIST}export/{query}").status_code == 302


def test_pages_lead_there_and_back(auditor: User, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PER_PAGE", 2)
    moment = timezone.now() - timedelta(hours=1)
    # Several at one moment: the id decides then.
    keys = [str(event(at=moment).pk) for _number in range(5)]
    keys.sort(reverse=True)
    seen, pages, address = [], [], "?kind=region.Town"
    while address:
        context = client.get(f"{LIST}{address}").context
        pages.append(address)
        seen += [str(line["event"].pk) for line in context["lines"]]
        address = context["older"]
    assert (seen, len(pages)) == (keys, 3)
    newer = client.get(f"{LIST}{pages[2]}").context["newer"]
    assert shown(client, newer) == keys[2:4]
    newest = client.get(f"{LIST}{newer}").context["newer"]
    assert shown(client, newest) == keys[:2]
    assert client.get(f"{LIST}{newest}").context["newer"] == ""


def test_acts_are_chosen_in_words(auditor: User, client: Client) -> None:
    for action in ("role.give", "bankaccount.verify", "role.give", "bankaccount.add", "site_built", "moon.painted"):
        event(action=action)
    form = client.get(LIST).context["form"]
    assert form.fields["act"].choices == [
        ("", "Anything"),
        ("bankaccount.", "Bank account: every act"),
        ("bankaccount.add", "Bank account: added"),
        ("bankaccount.verify", "Bank account: verified"),
        ("moon.", "Moon: every act"),
        ("moon.painted", "Moon: moon.painted"),
        ("role.", "Role: every act"),
        ("role.give", "Role: role given"),
        ("site_built", "Site built"),
    ]


def test_act_that_the_trail_does_not_hold_is_a_mistake_in_the_filter(auditor: User, client: Client) -> None:
    event(action="role.give")
    assert client.get(f"{LIST}?act=role").status_code == 400


@pytest.mark.parametrize(
    "key",
    [
        "nonsense",
        "2026-03-01T00:00:00_x",
        "2026-99-01T00:00:00+00:00_x",
        "2026-03-01T10:00:00_{}",
        "0001-01-01T00:00:00%2B14:00_{}",
        "9999-12-31T23:59:59-14:00_{}",
    ],
)
def test_key_that_cannot_be_read_shows_the_newest(key: str, auditor: User, client: Client) -> None:
    one = event()
    assert shown(client, f"?before={key.format(one.pk)}") == [str(one.pk)]


def test_page_beyond_the_last_is_empty(auditor: User, client: Client) -> None:
    one = event()
    key = f"{one.at.isoformat()}_{one.pk}".replace("+", "%2B")
    assert shown(client, f"?before={key}") == []


def test_list_asks_the_same_number_of_queries_for_one_and_three(
    auditor: User, client: Client, count_queries: QueryCounter
) -> None:
    asked = []
    for count in (1, 2):
        for _number in range(count):
            record(action="town.change", target=town(), by=new_user())
            record(action="assignment.ended", target=assignment(), by=new_user())
        client.get(LIST)
        with count_queries() as captured:
            client.get(LIST)
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_one_event_shows_before_and_after_in_words(auditor: User, client: Client) -> None:
    place = town(name="Stříbro", status="preparation", member_since=None)
    one = record(
        action="town.change",
        target=place,
        by=auditor,
        before={"status": "preparation", "member_since": None, "is_example": False},
        after={"status": "member", "member_since": "2026-03-01", "is_example": True},
    )
    one.refresh_from_db()
    assert [(row.label, row.before, row.after) for row in differences(one)] == [
        ("Example", "no", "yes"),
        ("In the programme", "in preparation", "member"),
        ("Member since", "–", "March 1, 2026"),
    ]
    response = client.get(reverse("region:office-audit-event", args=[one.pk]))
    assert "in the next minute" in response.content.decode()
    assert response.context["history"] == history_url(place)
    assert shown(client, response.context["history"].removeprefix(LIST)) == [str(one.pk)]


def test_other_values_in_words(county: RegionProfile) -> None:
    place = town(name="Stříbro")
    one = AuditEvent(
        target_type="region.OfficerAssignment",
        before={"town_id": str(place.pk), "substitute_id": "00000000-0000-0000-0000-000000000000"},
        after={
            "at": "2026-03-01T10:00:00Z",
            "local": "2026-03-01T10:00:00",
            "odd": "2026-99-99",
            "count": 7,
            "parts": ["a", {"b": True}],
            "bounds": "…",
        },
    )
    words = {row.label: row.before + row.after for row in differences(one)}
    assert words == {
        "Town": "Stříbro",
        "Substitute": "00000000-0000-0000-0000-000000000000",
        "At": "March 1, 2026, 11 a.m.",
        "Local": "March 1, 2026, 10 a.m.",
        "Odd": "2026-99-99",
        "Count": "7",
        "Parts": "a, b: yes",
        "Bounds": "filled in (personal data is not kept here)",
    }


def test_relation_without_words_of_its_own_has_its_name() -> None:
    one = AuditEvent(target_type="region.Town", before={"districts": ["a"]}, after={})
    assert [row.label for row in differences(one)] == ["Districts"]


def test_unknown_act_and_kind_stay_as_they_are() -> None:
    assert (act_words("town.painted"), kind_words("gone.Model"), kind_words("nonsense")) == (
        "town.painted",
        "gone.Model",
        "nonsense",
    )


def test_event_without_values_says_so(auditor: User, client: Client) -> None:
    one = event(before={}, after={})
    seal_new_events(now=timezone.now())
    page = client.get(reverse("region:office-audit-event", args=[one.pk])).content.decode()
    assert "The event keeps no values." in page
    assert AuditSeal.objects.get().digest in page.replace("<wbr>", "")


def test_state_of_the_chain_is_shown(auditor: User, client: Client) -> None:
    event()
    seal_new_events(now=timezone.now())
    Heartbeat.objects.create(name=PROVED, at=timezone.now())
    page = client.get(LIST).content.decode()
    assert "1 event is sealed" in page
    assert "The whole chain was proved on" in page
    Heartbeat.objects.update(last_error="changed 7 abc")
    page = client.get(LIST).content.decode()
    assert "the event or its seal was changed (7 abc)" in page


def test_file_holds_the_filtered_events_as_json_lines(auditor: User, client: Client) -> None:
    first = event(at=timezone.now() - timedelta(hours=2), target="Žďár", actor_roles="editor, head")
    event(action="other.add")
    seal_new_events(now=timezone.now())
    with security_lines() as noted:
        response: Any = client.get(f"{LIST}export/?act=town.change")
    rows = [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]
    assert len(rows) == 1
    assert (rows[0]["id"], rows[0]["target"], rows[0]["actor_roles"], rows[0]["seal_number"]) == (
        str(first.pk),
        "Žďár",
        ["editor", "head"],
        1,
    )
    assert [(line["event.action"], line["safe_county.what"]) for line in noted] == [("export", "region.auditevent")]
    assert response["Content-Type"] == "application/x-ndjson"


@pytest.mark.parametrize(("role", "is_shown"), [("auditor", True), ("administrator", False)])
def test_history_of_a_record_is_a_link_for_auditors(
    role: str, is_shown: bool, county: RegionProfile, client: Client
) -> None:
    client.force_login(with_role(role))
    records = {"region:office-person": new_user(), "region:office-organisation": new_organisation()}
    for name, one in records.items():
        page = client.get(reverse(name, args=[one.pk]))
        assert (page.status_code, page.context["history"]) == (200, history_url(one) if is_shown else "")
        assert ("History of this record" in page.content.decode()) is is_shown


def test_clock_is_no_account(county: RegionProfile) -> None:
    assert queries.actors_of([AuditEvent(actor_id=CLOCK)]) == {}
    assert not Town.objects.exists()


def test_opening_one_event_is_noted(auditor: User, client: Client) -> None:
    one = event()
    with security_lines() as noted:
        client.get(f"{LIST}{one.pk}/")
    told = [(line["event.action"], line["safe_county.what"], line["safe_county.target_id"]) for line in noted]
    assert told == [("personal_data.view", "region.auditevent", str(one.pk))]


def test_counts_of_an_import_are_told_in_words(auditor: User, client: Client) -> None:
    one = event(before={}, after={"added_count": 3, "rejected_count": 1})
    page = client.get(reverse("region:office-audit-event", args=[one.pk])).content.decode()
    assert [words in page for words in ("New rows", "Rejected rows", "Added count")] == [True, True, False]
