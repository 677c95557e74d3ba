from __future__ import annotations

import os
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from region.domain.imports import ImportReport, Run
from region.messages import Problem
from region.models import AuditEvent, RegionProfile
from reports.enums.events import DistrictRule, DoubledHour, LoadMode, SkippedHour
from reports.models import (
    Correction,
    EventLabel,
    EventLoad,
    EventMonth,
    EventSpellingCount,
    EventSummary,
    InterventionEvent,
)
from tests.factories.cameras import camera_point
from tests.factories.event_registers import HEADER, SKIP, WRITE, category, loaded, register, two_districts, written
from tests.factories.places import town
from tests.factories.workbooks import workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
JULY = "1.7.2013 9:25;Vrak;13,45;49,75\n31. 7. 2013 23:59;vrak ;13,55;49,75\n"
AUGUST = "2013-08-01 00:00;Odtah;;\n"
REPLACE: dict[str, Any] = {"mode": LoadMode.REPLACE}


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added_count, report.changed_count, report.unchanged_count, report.rejected_count


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    return [(found.row, found.column, found.value, found.reason) for found in report.rejected]


def summaries() -> list[tuple[Any, ...]]:
    names = ("month", "town__name", "district__code", "category__key", "rows")
    return sorted(EventSummary.objects.values_list(*names), key=repr)


def months() -> list[tuple[Any, ...]]:
    rows = EventMonth.objects.filter(is_current=True).order_by("month")
    return list(rows.values_list("month", "rows", "is_part"))


def test_load_events_writes_rows_months_and_counts(tmp_path: Path) -> None:
    west, east = two_districts()
    into = register()
    report = loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    assert (counts(report), report.applied) == ((3, 0, 0, 0), True)
    names = ("moment", "label__spelling", "district", "lon", "lat")
    assert list(InterventionEvent.objects.order_by("pk").values_list(*names)) == [
        (datetime(2013, 7, 1, 7, 25, tzinfo=UTC), "vrak", west.pk, 13.45, 49.75),
        (datetime(2013, 7, 31, 21, 59, tzinfo=UTC), "vrak", east.pk, 13.55, 49.75),
        (datetime(2013, 7, 31, 22, 0, tzinfo=UTC), "odtah", None, None, None),
    ]
    assert months() == [(date(2013, 7, 1), 2, False), (date(2013, 8, 1), 1, False)]
    assert summaries() == [
        (date(2013, 7, 1), west.town.name, "1", None, 1),
        (date(2013, 7, 1), west.town.name, "2", None, 1),
        (date(2013, 8, 1), None, None, None, 1),
    ]
    load = EventLoad.objects.get()
    assert (load.rows_read, load.rows_stored, load.rows_rejected, str(load.pk)) == (3, 3, 0, report.kept)
    assert (load.since, load.until) == (date(2013, 7, 1), date(2013, 8, 1))
    event = AuditEvent.objects.get(action="events.imported")
    assert (event.target_id, event.after["rows"], event.after["file"]) == (str(into.pk), 3, "events.csv")
    assert sorted(EventSpellingCount.objects.values_list("label__spelling", "rows")) == [("odtah", 1), ("vrak", 2)]


def test_load_events_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = loaded(written(tmp_path, HEADER + JULY), register(), Run())
    assert (counts(report), report.applied, report.kept) == ((2, 0, 0, 0), False, "")
    assert [change.item for change in report.added] == ["2013-07"]
    for model in (InterventionEvent, EventMonth, EventLoad, EventLabel, EventSummary):
        assert not model._base_manager.exists()


def test_load_events_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    into = register(is_published=True)
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    before = list(InterventionEvent.objects.values_list())
    # The same rows in another order and another encoding are the same rows.
    report = loaded(written(tmp_path, HEADER + AUGUST + JULY, encoding="utf-16", name="again.csv"), into)
    assert (counts(report), report.applied, report.kept) == ((0, 0, 3, 0), True, "")
    assert list(InterventionEvent.objects.values_list()) == before
    assert (EventLoad.objects.count(), Correction.objects.count()) == (1, 0)


def test_load_events_appends_months_that_are_new(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY), into)
    report = loaded(written(tmp_path, HEADER + JULY + AUGUST, name="two.csv"), into)
    assert counts(report) == (1, 0, 2, 0)
    assert months() == [(date(2013, 7, 1), 2, False), (date(2013, 8, 1), 1, False)]


def test_load_events_refuses_to_append_to_a_month_that_is_there(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    with pytest.raises(Problem, match=r"there already, with other rows: 2013-08\. Choose"):
        loaded(written(tmp_path, HEADER + AUGUST + AUGUST + "1.9.2013;x;;\n"), into)
    assert InterventionEvent.objects.count() == 3
    assert EventLoad.objects.count() == 1


def test_load_events_exchanges_the_months_of_the_file(tmp_path: Path) -> None:
    into = register()
    loaded(written(tmp_path, HEADER + JULY + AUGUST), into)
    report = loaded(written(tmp_path, HEADER + "5.7.2013;jiný;;\n"), into, **REPLACE)
    assert counts(report) == (0, 1, 0, 0)
    assert (report.changed[0].item, report.changed[0].before, report.changed[0].after) == (
        "2013-07",
        {"rows": "2"},
        {"rows": "1"},
    )
    assert months() == [(date(2013, 7, 1), 1, False), (date(2013, 8, 1), 1, False)]
    assert [row[0] for row in summaries()] == [date(2013, 7, 1), date(2013, 8, 1)]
    # Nobody has seen the register: there is nothing to correct.
    assert not Correction.objects.exists()


def test_load_events_records_a_correction_of_a_published_month(tmp_path: Path) -> None:
    into = register(is_published=True)
    loaded(written(tmp_path, HEADER + JULY), into)
    corrected = written(tmp_path, HEADER + JULY + "8.7.2013;Vrak;;\n", name="corrected.csv")
    with pytest.raises(Problem, match=r"These months are published: 2013-07\. Say why they change"):
        loaded(corrected, into, **REPLACE)
    loaded(corrected, into, **REPLACE, reason="One event was missing.")
    found = Correction.objects.get()
    assert (found.register, found.month, found.reason_en) == (into.key, date(2013, 7, 1), "One event was missing.")
    assert (found.before["value"], found.after["value"]) == ("2", "3")
    told = AuditEvent.objects.get(action="correction.publish")
    assert (told.target_id, told.after["reason_en"]) == (str(found.pk), "One event was missing.")


def test_load_events_completing_a_part_of_a_month_is_no_correction(tmp_path: Path) -> None:
    into = register(is_published=True)
    loaded(written(tmp_path, HEADER + JULY), into, since=date(2013, 7, 1), until=date(2013, 8, 10))
    assert months() == [(date(2013, 7, 1), 2, False), (date(2013, 8, 1), 0, True)]
    loaded(written(tmp_path, HEADER + AUGUST), into, **REPLACE)
    assert months() == [(date(2013, 7, 1), 2, False), (date(2013, 8, 1), 1, False)]
    assert not Correction.objects.exists()


def test_load_events_covered_months_without_rows_are_zeros(tmp_path: Path) -> None:
    loaded(written(tmp_path, HEADER + AUGUST), register(), since=date(2013, 6, 15), until=date(2013, 9, 30))
    assert months() == [
        (date(2013, 6, 1), 0, True),
        (date(2013, 7, 1), 0, False),
        (date(2013, 8, 1), 1, False),
        (date(2013, 9, 1), 0, False),
    ]


def test_load_events_refuses_rows_outside_the_days_that_it_covers(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="from 2013-07-01 to 2013-07-31: more than the days"):
        loaded(written(tmp_path, HEADER + JULY), register(), since=date(2013, 7, 2), until=date(2013, 7, 31))
    with pytest.raises(Problem, match="both the first and the last day"):
        loaded(written(tmp_path, HEADER + JULY), register(), since=date(2013, 7, 2))


def test_load_events_reports_every_bad_row(tmp_path: Path) -> None:
    text = (
        "datum;druh;lon;lat;číslo události\n"
        "31.2.2014 9:00;a;;;1\n;a;;;2\n1.7.2013 25:10;a;;;3\nvčera;a;;;4\n\n1.1.2099;a;;;5\n"
        "1.7.2013;a;jih;49;6\n1.7.2013;a;500;49;7\n1.7.2013;" + "á" * 161 + ";;;8\n1.7.2013;a;;;" + "9" * 81 + "\n"
        "1.7.2013;a;;;10;49,7\n1.7.2013;a;13,4;49,7;11\n"
    )
    report = loaded(written(tmp_path, text, encoding="cp1250"), register(), SKIP)
    assert counts(report) == (1, 0, 0, 10)
    assert sorted(row[:2] for row in reasons(report)) == [
        (2, "datum"), (3, "datum"), (4, "datum"), (5, "datum"), (7, "datum"),
        (8, "lon"), (9, "lon"), (10, "druh"), (11, "číslo události"), (12, ""),
    ]  # fmt: skip
    told = {row: (value, reason) for row, _column, value, reason in reasons(report)}
    assert told[2] == ("31.2.2014 9:00", "There is no such day.")
    assert told[3] == ("", "This cell must not be empty.")
    assert told[4] == ("1.7.2013 25:10", "There is no such time of day.")
    assert told[7] == ("1.1.2099", "This lies in the future.")
    assert told[8] == ("jih; 49", "This is not a number.")
    assert told[9] == ("500; 49", "This is no place on Earth.")
    assert InterventionEvent.objects.get().key == "11"


def test_load_events_writes_nothing_with_rejected_rows_unless_told(tmp_path: Path) -> None:
    report = loaded(written(tmp_path, HEADER + JULY + "nic;;;\n"), register())
    assert (counts(report), report.applied) == ((2, 0, 0, 1), False)
    assert not InterventionEvent.objects.exists()
    assert not EventLoad.objects.exists()


CLOCKS = "datum;druh;lon;lat\n2014-03-30 02:30;a;;\n26.10.2014 2:30;a;;\n26.10.2014 3:00;a;;\n"


def moments() -> list[str]:
    return [
        f"{moment:%m-%d %H:%M}" for moment in InterventionEvent.objects.order_by("pk").values_list("moment", flat=True)
    ]


def test_load_events_tells_of_the_changes_of_clocks(tmp_path: Path) -> None:
    report = loaded(written(tmp_path, CLOCKS), register(), SKIP)
    assert reasons(report) == [
        (2, "datum", "2014-03-30 02:30", "This local time does not exist: the clocks were put forward.")
    ]
    assert "Local times that exist twice: 1 (rows 3). The first of the two was taken." in report.notes
    assert moments() == ["10-26 00:30", "10-26 02:00"]


def test_load_events_by_other_rules_for_clocks(tmp_path: Path) -> None:
    rules: dict[str, Any] = {"doubled": DoubledHour.SECOND, "skipped": SkippedHour.FORWARD}
    report = loaded(written(tmp_path, CLOCKS), register(), **rules)
    assert moments() == ["03-30 01:30", "10-26 01:30", "10-26 02:00"]
    assert report.notes[-2:] == [
        "Local times that exist twice: 1 (rows 3). The second of the two was taken.",
        "Local times that do not exist: 1. They were taken for an hour later.",
    ]
    report = loaded(written(tmp_path, CLOCKS), register(), SKIP, doubled=DoubledHour.REJECT)
    assert [row[3] for row in reasons(report)] == [
        "This local time does not exist: the clocks were put forward.",
        "This local time exists twice: the clocks were put back.",
    ]


def test_load_events_refuses_free_text(tmp_path: Path) -> None:
    rows = "".join(
        f"1.7.2013;Vozidlo {number}U{number % 10} {number:04} odtaženo {number};;\n" for number in range(2500)
    )
    with pytest.raises(Problem, match=r"The column “druh” holds \d+ different texts: that is free text"):
        loaded(written(tmp_path, HEADER + rows), register())
    few = "".join(f"1.7.2013;Text o události číslo {number};;\n" for number in range(201))
    with pytest.raises(Problem, match="holds 201 different texts"):
        loaded(written(tmp_path, HEADER + few), register())
    assert not EventLabel.objects.exists()


def test_load_events_leaves_out_what_points_at_somebody(tmp_path: Path) -> None:
    texts = (
        "Vrak 1U2 3456",
        "vrak PMA 12-34",
        "volat 602 123 456",
        "pisz jan@example.org",
        "Vrak KR 12345",
        "V12c 125c/1k",
    )
    report = loaded(written(tmp_path, HEADER + "".join(f"1.7.2013;{text};;\n" for text in texts)), register())
    assert sorted(EventLabel.objects.values_list("spelling", flat=True)) == [
        "pisz …",
        "v12c 125c/1k",
        "volat …",
        "vrak …",
    ]
    assert report.notes[-1].endswith("number plate, phone number or e-mail was left out: 5.")


def test_load_events_counts_rows_with_the_same_number(tmp_path: Path) -> None:
    text = "číslo události,datum,druh\nA1,1.7.2013,a\nA1,1.7.2013,a\nA2,1.7.2013,a\n,2.7.2013,a\n,2.7.2013,a\n"
    report = loaded(written(tmp_path, text), register())
    assert counts(report) == (5, 0, 0, 0)
    assert report.notes[-1] == "Numbers that stand in the file more than once: 1. Every row counts as an event."


def test_load_events_tells_where_file_and_point_differ(tmp_path: Path) -> None:
    west, east = two_districts()
    text = "datum;okrsek;lon;lat\n1.7.2013;2;13,45;49,75\n2.7.2013;Západ;13,45;49,75\n"
    text += "3.7.2013;2;;\n4.7.2013;9;13,55;49,75\n"
    report = loaded(written(tmp_path, text), register(town=west.town))
    assert list(InterventionEvent.objects.order_by("pk").values_list("district", flat=True)) == [
        west.pk, west.pk, east.pk, east.pk,
    ]  # fmt: skip
    assert report.notes[-1] == (
        "The file's district is not the one in which the point lies: 2 Východ → 1 Západ (1); rows 2. "
        "The one of the point was taken."
    )
    assert "Districts that are not in the register: 9 (1)." in report.notes
    InterventionEvent.objects.all().delete()
    loaded(written(tmp_path, text), register(), district=DistrictRule.FILE)
    assert list(InterventionEvent.objects.order_by("pk").values_list("district", flat=True))[:2] == [east.pk, west.pk]


def test_load_events_finds_towns_by_what_the_file_says(tmp_path: Path) -> None:
    stod, twin, other = town(name="Stod"), town(name="Merklín"), town(name="Merklín", code="999001")
    text = "datum;obec\n1.7.2013;Stod\n1.7.2013;Merklín\n1.7.2013;999001\n1.7.2013;Atlantida\n1.7.2013;\n"
    report = loaded(written(tmp_path, text), register(town=twin))
    found = list(InterventionEvent.objects.order_by("pk").values_list("town", flat=True))
    # A name that two towns share means neither; what no town is named for belongs to the register's own town.
    assert found == [stod.pk, twin.pk, other.pk, twin.pk, twin.pk]
    assert report.notes[-1].startswith("Towns that are not in the register: ")


def test_load_events_takes_points_elsewhere_as_they_are(tmp_path: Path) -> None:
    report = loaded(
        written(tmp_path, "Month,Longitude,Latitude,Crime type\n2024-03,-2.35,53.45,Drugs\n2024-03,0,0,Drugs\n"),
        register(),
    )
    assert InterventionEvent.objects.filter(lon=-2.35, lat=53.45).count() == 1
    assert InterventionEvent.objects.filter(lon=None).count() == 1
    assert "Points that lie in no town of the register: 1. Their events are kept." in report.notes


def test_load_events_by_camera_point(tmp_path: Path) -> None:
    point = camera_point(code="K-1")
    report = loaded(written(tmp_path, "datum;kamera\n1.7.2013;K-1\n1.7.2013;K-9\n1.7.2013;\n"), register())
    assert list(InterventionEvent.objects.order_by("pk").values_list("camera_point", flat=True)) == [
        point.pk,
        None,
        None,
    ]
    assert report.notes[-1] == "Camera points that are not in the register: K-9."


def test_load_events_of_one_category(tmp_path: Path) -> None:
    loaded(written(tmp_path, "datum\n1.7.2013\n"), register(category=category("tow")))
    assert summaries() == [(date(2013, 7, 1), None, None, "tow", 1)]


def test_load_events_from_a_workbook_with_day_and_time(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Přehled zásahů"],
        ["Dne", "Čas", "Důvod"],
        [date(2013, 7, 1), time(9, 25), "Vrak"],
        ["2.7.2013", "13:00", "Vrak"],
        [date(2013, 7, 3), None, "Vrak"],
    ]
    path = tmp_path / "events.xlsx"
    path.write_bytes(workbook(rows))
    report = loaded(path, register())
    assert moments() == ["07-01 07:25", "07-02 11:00", "07-02 22:00"]
    assert report.notes[0] == "Read as XLSX, Sheet; the header is in row 2."


def test_load_events_needs_a_column_with_moments(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="No column says when the events were"):
        loaded(written(tmp_path, "druh;lon;lat\na;1;2\n"), register())


def test_load_events_marks_the_running_month_as_a_part(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    loaded(written(tmp_path, f"datum\n{now:%Y-%m}-01 00:00\n"), register())
    assert months() == [(date(now.year, now.month, 1), 1, True)]


@needs_samples
def test_load_events_of_a_real_register(tmp_path: Path, county: RegionProfile) -> None:
    teplice = town(name="Teplice", code="567442", lon=13.83, lat=50.64)
    into = register(key="teplice", town=teplice)
    path = Path(SAMPLES) / "interventions" / "teplice_odtahy.csv"
    report = loaded(path, into, SKIP)
    assert (counts(report), report.applied) == ((1052, 0, 0, 0), True)
    assert InterventionEvent.objects.filter(town=teplice).count() == 1052
    assert EventSummary.objects.filter(town=teplice, category=None).count() == EventMonth.objects.count()
    first = InterventionEvent.objects.order_by("pk").values_list("moment", "label__spelling", "lon", "lat").first()
    assert first == (datetime(2013, 7, 1, 7, 25, tzinfo=UTC), "stání v křižovatce", 13.843658, 50.641243)
    assert counts(loaded(path, into, WRITE)) == (0, 0, 1052, 0)
