"""Registers of events where files, months and undoing meet in odd orders."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone

from region.domain.users import system_user
from region.messages import Problem
from reports.asked import Asked
from reports.domain.events_spellings import spelling_of
from reports.domain.events_undoing import KEPT, forget_exchanged, undo_load
from reports.enums.events import LoadMode
from reports.models import Correction, EventLoad, EventMonth, EventSummary, InterventionEvent
from reports.queries.event_areas import events_per_inhabitants
from reports.queries.event_charts import events_by_year
from tests.factories.event_registers import HEADER, category, loaded, register, two_districts, written
from tests.factories.places import square, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
JULY = "1.7.2013 9:25;Vrak;13,45;49,75\n31. 7. 2013 23:59;vrak ;13,55;49,75\n"
WHOLE_JULY: dict[str, Any] = {"since": date(2013, 7, 1), "until": date(2013, 7, 31)}


def test_a_part_of_a_month_that_proves_to_be_all_is_a_part_no_more(tmp_path: Path) -> None:
    into, path = register(is_published=True), written(tmp_path, HEADER + JULY.splitlines()[0] + "\n")
    loaded(path, into, since=date(2013, 7, 1), until=date(2013, 7, 20))
    assert EventMonth.objects.get().is_part
    report = loaded(path, into, **WHOLE_JULY)
    assert (report.unchanged_count, report.changed_count) == (1, 0)
    assert not EventMonth.objects.get().is_part
    # The same rows said to cover less tell nothing new.
    loaded(path, into, since=date(2013, 7, 1), until=date(2013, 7, 20))
    assert not EventMonth.objects.get().is_part
    assert not Correction.objects.exists()
    assert EventLoad.objects.count() == 1


def test_a_load_is_not_undone_once_what_it_exchanged_is_gone(tmp_path: Path) -> None:
    into = register(is_published=True)
    loaded(written(tmp_path, HEADER + JULY), into)
    report = loaded(written(tmp_path, HEADER + "5.7.2013;jiný;;\n"), into, mode=LoadMode.REPLACE, reason="Wrong file.")
    later = timezone.now() + KEPT + timedelta(days=1)
    forget_exchanged(now=later)
    EventLoad.objects.update(at=timezone.now() - KEPT - timedelta(days=1))
    with pytest.raises(Problem, match="too long ago"):
        undo_load(load_id=UUID(report.kept), by=system_user())
    assert EventMonth.objects.get(is_current=True).rows == 1


def test_a_month_comes_back_after_undoing_and_loading_again(tmp_path: Path) -> None:
    into, path = register(is_published=True), written(tmp_path, HEADER + JULY)
    first = loaded(path, into)
    undo_load(load_id=UUID(first.kept), by=system_user())
    assert loaded(path, into).added_count == 2
    assert loaded(path, into).unchanged_count == 2
    assert (EventSummary.objects.get().rows, InterventionEvent.objects.count()) == (2, 2)


def test_files_of_overlapping_months_change_only_what_differs(tmp_path: Path) -> None:
    into = register()
    august, september = "2.8.2013;Vrak;;\n", "3.9.2013;Vrak;;\n"
    loaded(written(tmp_path, HEADER + JULY + august), into)
    report = loaded(written(tmp_path, HEADER + august + september, name="b.csv"), into)
    assert (report.added_count, report.unchanged_count, report.changed_count) == (1, 1, 0)
    report = loaded(written(tmp_path, HEADER + august * 2 + september, name="c.csv"), into, mode=LoadMode.REPLACE)
    assert (report.added_count, report.unchanged_count, report.changed_count) == (0, 1, 2)
    assert dict(EventSummary.objects.values_list("month__month", "rows")) == {7: 2, 8: 2, 9: 1}


@pytest.mark.parametrize(
    "text",
    [
        "opilec rč 850101/1234",
        "volal 00420 602 123 456",
        "volal 602/123456",
        "volal 602.123.456",
        "pesel 85010112345",
        "dzwonił 12 345 67 89",
        "vůz 1AB-1234",
        "vůz plzen123",
        "auto ba-123ab",
        "auto w0 abc12",
    ],
)
def test_no_spelling_keeps_what_points_at_somebody(text: str) -> None:
    assert spelling_of(text).split(" ", 1)[0] == text.split(maxsplit=1)[0]
    assert not any(sign.isdigit() for sign in spelling_of(text))


@pytest.mark.parametrize(
    "text", ["§ 27 odst. 1", "b29", "zóna 30", "vjezd b11 do 3,5 t", "125c/1k", "2 a více vozidel"]
)
def test_numbers_of_laws_and_signs_stay(text: str) -> None:
    assert spelling_of(text) == text


def test_a_town_that_a_register_does_not_know_is_no_zero(tmp_path: Path) -> None:
    west, _east = two_districts()
    elsewhere = town(name="Elsewhere", boundary=square(15.0, 49.7, 0.2))
    kind = category("wreck")
    category("fight")
    into = register(is_published=True, category=kind)
    loaded(written(tmp_path, "datum;lon;lat\n1.7.2013;13,45;49,75\n"), into)
    assert events_by_year(Asked(town=west.town)) is not None
    assert events_by_year(Asked(town=elsewhere)) is None
    assert events_by_year(Asked(category="wreck")) is not None
    assert events_by_year(Asked(category="fight")) is None


def test_towns_without_a_denominator_are_named(tmp_path: Path) -> None:
    one = town(name="Alfa", inhabitants=1000, inhabitants_year=2021)
    two = town(name="Beta", inhabitants=2000, inhabitants_year=2021)
    three = town(name="Gama", inhabitants=None)
    into = register(is_published=True)
    rows = "".join(f"1.{month}.2013;{place}\n" for month in range(1, 13) for place in ("Alfa", "Beta", "Gama"))
    loaded(written(tmp_path, f"datum;obec\n{rows}"), into)
    chart = events_per_inhabitants(Asked())
    assert chart is not None
    assert chart.categories == (one.name, two.name)
    assert "The number of inhabitants is not known: Gama." in chart.note
    assert three.inhabitants is None


def test_a_rate_of_a_part_of_a_year_is_no_finding(tmp_path: Path) -> None:
    town(name="Alfa", inhabitants=1000, inhabitants_year=2021)
    loaded(written(tmp_path, "datum;obec\n1.1.2013;Alfa\n"), register(name_en="Tows", is_published=True))
    chart = events_per_inhabitants(Asked())
    assert chart is not None
    assert chart.title == "Tows, Alfa: for each 1,000 inhabitants"
