from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.urls import reverse

from region.rules import can
from reports.domain.events_loading import MANAGE
from reports.domain.events_summaries import ask_recount
from reports.enums.events import LoadMode
from reports.models import EventCategory, EventLabel, EventLoad, EventRegister, EventSummary, InterventionEvent
from tests.factories.event_registers import category, loaded, register, written
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from django.test import Client

    from region.models import User
    from tests.conftest import QueryCounter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
ROWS = "datum;druh\n1.7.2013;vrak\n2.7.2013;vrak\n3.7.2013;odtah\n"


@pytest.fixture
def analyst(client: Client) -> User:
    person = with_role("analyst")
    client.force_login(person)
    assert can(person, MANAGE)
    return person


@pytest.fixture
def tows(tmp_path: Path) -> EventRegister:
    into = register(key="tows", name_en="Tow-aways")
    loaded(written(tmp_path, ROWS), into)
    return into


def page(client: Client, name: str, *args: object, query: str = "") -> str:
    response = client.get(reverse(f"reports:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_registers_tell_their_rows_and_what_waits(client: Client, analyst: User, tows: EventRegister) -> None:
    text = page(client, "office-event-registers")
    assert reverse("reports:office-event-register", args=["tows"]) in text
    shown = page(client, "office-event-register", "tows")
    assert "3 events written, 0 rows rejected" in shown
    assert EventLoad.objects.get().sha256[:20] in shown


def test_registers_cost_the_same_for_one_and_three(
    client: Client, analyst: User, tows: EventRegister, tmp_path: Path, count_queries: QueryCounter
) -> None:
    urls = [reverse("reports:office-event-registers"), reverse("reports:office-event-spellings")]
    for url in urls:
        client.get(url)
        with count_queries() as one:
            client.get(url)
        for _number in range(2):
            loaded(written(tmp_path, ROWS), register())
        with count_queries() as three:
            client.get(url)
        assert len(three) == len(one)


def test_a_load_is_taken_back_after_asking(client: Client, analyst: User, tows: EventRegister, tmp_path: Path) -> None:
    first = EventLoad.objects.get()
    loaded(written(tmp_path, "datum;druh\n5.7.2013;jiný\n"), tows, mode=LoadMode.REPLACE)
    url = reverse("reports:office-event-undo", args=[first.pk])
    refused = client.post(url, {"form_key": str(uuid4())})
    assert refused.status_code == 422
    assert "A later load has exchanged some of these months (2013-07)" in refused.content.decode()
    second = EventLoad.objects.exclude(pk=first.pk).get()
    done = client.post(reverse("reports:office-event-undo", args=[second.pk]), {"form_key": str(uuid4())})
    assert (done.status_code, InterventionEvent.objects.count()) == (302, 3)
    assert "(undone)" in page(client, "office-event-register", "tows")
    assert client.get(reverse("reports:office-event-undo", args=[second.pk])).status_code == 404


def test_spellings_that_wait_come_first_the_most_frequent_on_top(
    client: Client, analyst: User, tows: EventRegister
) -> None:
    EventLabel.objects.filter(spelling="vrak").update(category=category("wreck"))
    text = page(client, "office-event-spellings")
    assert text.index(">odtah<") < text.index(">vrak<")
    EventLabel.objects.update(category=None)
    text = page(client, "office-event-spellings")
    assert text.index(">vrak<") < text.index(">odtah<")
    assert "vrak" not in page(client, "office-event-spellings", query="?sorted=yes").split("<main")[1]


@pytest.mark.django_db(transaction=True)
def test_many_spellings_are_sorted_at_once(client: Client, tmp_path: Path) -> None:
    client.force_login(with_role("analyst"))
    into = register(key="tows", name_en="Tow-aways")
    loaded(written(tmp_path, ROWS), into)
    wreck = category("wreck")
    keys = ",".join(str(pk) for pk in EventLabel.objects.values_list("pk", flat=True))
    url = reverse("reports:office-event-spellings-bulk") + "?action=sort"
    told = {"keys": keys, "form_key": str(uuid4()), "category": str(wreck.pk)}
    assert client.post(url, told).status_code == 302
    assert set(EventLabel.objects.values_list("category", flat=True)) == {wreck.pk}
    assert list(EventSummary.objects.values_list("category__key", "rows")) == [("wreck", 3)]
    assert EventRegister.objects.get().recount_asked_at is None


def test_counting_anew_is_told_while_it_lasts(client: Client, analyst: User, tows: EventRegister) -> None:
    ask_recount(register=tows)
    assert "0 of 1 months are done" in page(client, "office-event-register", "tows")
    assert EventCategory.objects.count() == 0


def test_those_who_keep_registers_are_led_to_their_forms(client: Client, analyst: User, tows: EventRegister) -> None:
    ways = {"office-event-registers": (), "office-event-register": ("tows",)}
    forms = ("eventregister/add/", f"eventregister/edit/{tows.pk}/")
    assert [form in page(client, name, *args) for (name, args), form in zip(ways.items(), forms, strict=True)] == [
        True,
        True,
    ]
    client.force_login(with_role("auditor"))
    assert ["/admin/" in page(client, name, *args) for name, args in ways.items()] == [False, False]
