from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from region.models import AuditEvent, DayOverride, RegionProfile
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
ADDRESS = "/en/office/calendar/"


@pytest.fixture(autouse=True)
def profile(county: RegionProfile) -> RegionProfile:
    return county


def browser(client: Client, role: str = "coordinator") -> Client:
    client.force_login(with_role(role))
    return client


def words(answer: Any) -> str:
    """Texts of the page's main part, without tags and doubled spaces."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def sent(**values: str) -> dict[str, str]:
    return {"form_key": str(uuid4()), "day": "3. 8. 2026", "is_working": "no", "reason": "Moving", **values}


def test_year_shows_holidays_and_exceptions(client: Client) -> None:
    DayOverride.objects.create(day=date(2026, 8, 3), is_working=False, reason="Moving")
    answer = browser(client, "auditor").get(ADDRESS, {"year": "2026"})
    text = words(answer)
    assert "Calendar 2026" in text
    assert "3 April 2026 Friday Good Friday" in text
    assert "3 August 2026 The office is closed: Moving" in text
    assert "Add an exception" not in text
    assert "Remove" not in text
    html = answer.content.decode()
    assert html.count("<table") == 12
    assert (
        '<td class="closed" title="Moving"><time datetime="2026-08-03">3</time><span class="sr"> Moving</span></td>'
        in html
    )
    assert '<td class="holiday" title="Good Friday">' in html


def test_working_exception_is_marked(client: Client) -> None:
    DayOverride.objects.create(day=date(2026, 8, 2), is_working=True, reason="Open day")
    answer = browser(client).get(ADDRESS, {"year": "2026"})
    assert '<td class="works" title="Open day">' in answer.content.decode()


@pytest.mark.parametrize("year", ["", "x", "1800", "99999", "²"])
def test_odd_year_shows_this_one(client: Client, year: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("region.views.calendar.today", lambda: date(2027, 3, 1))
    assert "Calendar 2027" in words(browser(client).get(ADDRESS, {"year": year}))


@pytest.mark.parametrize(("year", "links"), [("2000", ["2001"]), ("2100", ["2099"]), ("2026", ["2025", "2027"])])
def test_years_beside_are_linked(client: Client, year: str, links: list[str]) -> None:
    html = browser(client).get(ADDRESS, {"year": year}).content.decode()
    assert re.findall(r'href="/en/office/calendar/\?year=(\d+)" rel', html) == links


def test_exception_is_added_once(client: Client) -> None:
    values = sent()
    answers = [browser(client).post(reverse("region:office-calendar-add"), values) for _ in range(1)]
    answers.append(client.post(reverse("region:office-calendar-add"), values))
    assert [answer["Location"] for answer in answers] == [f"{reverse('region:office-calendar')}?year=2026"] * 2
    assert [(row.day, row.is_working, row.reason) for row in DayOverride.objects.all()] == [
        (date(2026, 8, 3), False, "Moving")
    ]
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"day": ""}, "Write the day."),
        ({"day": "31. 2. 2026"}, "Write the day as 31. 12. 2025."),
        ({"is_working": ""}, "Choose what holds on the day."),
        ({"reason": ""}, "Write the reason."),
        ({"day": "2. 8. 2026"}, "It is not a working day anyway."),
    ],
)
def test_exception_that_cannot_be_is_refused_in_words(client: Client, values: dict[str, str], problem: str) -> None:
    answer = browser(client).post(reverse("region:office-calendar-add"), sent(**values))
    assert (answer.status_code, DayOverride.objects.count()) == (422, 0)
    assert problem in words(answer)


def test_exception_is_removed(client: Client) -> None:
    DayOverride.objects.create(day=date(2026, 8, 3), is_working=False, reason="Moving")
    answer = browser(client).post(reverse("region:office-calendar-remove"), sent(day="2026-08-03"))
    assert answer["Location"] == f"{reverse('region:office-calendar')}?year=2026"
    assert DayOverride.objects.count() == 0


def test_removal_of_no_day_is_not_there(client: Client) -> None:
    assert browser(client).post(reverse("region:office-calendar-remove"), sent(day="x")).status_code == 404


@pytest.mark.parametrize("name", ["region:office-calendar-add", "region:office-calendar-remove"])
def test_auditor_changes_nothing(client: Client, name: str) -> None:
    assert browser(client, "auditor").post(reverse(name), sent()).status_code == 403


def counted(client: Client, **values: str) -> Any:
    known = {"start": "19. 3. 2026", "count": "15", "unit": "days"}
    return browser(client).get(ADDRESS, {"year": "2026", **known, **values})


def test_deadline_is_counted_and_told(client: Client) -> None:
    text = words(counted(client))
    assert "There is time until 7 April 2026 (Tuesday), the whole day." in text
    for line in (
        "Day 0, which does not count, is 19 March 2026 (Thursday).",
        "The count of 15 ends on 3 April 2026 (Friday).",
        "The end moves on from 3 April 2026 (Friday): Good Friday.",
        "The end moves on from 4 April 2026 (Saturday).",
        "The end moves on from 6 April 2026 (Monday): Easter Monday.",
    ):
        assert line in text


def test_count_of_working_days_tells_what_was_left_out(client: Client) -> None:
    text = words(counted(client, count="12", unit="working_days"))
    assert "Left out: 3 April 2026 (Friday), Good Friday." in text


@pytest.mark.parametrize("values", [{"count": "x"}, {"count": "-1"}, {"start": ""}, {"unit": "years"}])
def test_count_that_cannot_be_read_is_told(client: Client, values: dict[str, str]) -> None:
    text = words(counted(client, **values))
    assert "There is time until" not in text


def test_queries_do_not_grow_with_exceptions(client: Client, count_queries: Any) -> None:
    browser(client).get(ADDRESS, {"year": "2026"})
    counts = []
    for number in (1, 3):
        for day in range(number):
            DayOverride.objects.get_or_create(day=date(2026, 8, 3 + day), is_working=False, reason="x")
        with count_queries() as queries:
            client.get(ADDRESS, {"year": "2026"})
        counts.append(len(queries))
    assert counts[0] == counts[1]
