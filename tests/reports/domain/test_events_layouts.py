"""Registers of events as cities publish them: how each says when and where something happened."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from region.domain.imports import ImportReport, Run
from region.messages import Problem
from reports.domain.events_checks import LoadOptions
from reports.domain.events_loading import load_events
from reports.domain.events_reading import look_at_events, open_events
from reports.enums.events import SlashOrder
from reports.models import EventLabel, InterventionEvent
from tests.factories.event_registers import register
from tests.factories.roles import with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def loaded(tmp_path: Path, text: str, *, name: str = "events.csv", **options: Any) -> ImportReport:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    chosen = LoadOptions(**options)
    how = Run(apply=True, skip_rejected=True)
    table = open_events(path)
    return load_events(table=table, register=register(), by=with_role("camera_registrar"), options=chosen, run=how)


def moments() -> list[datetime]:
    return list(InterventionEvent.objects.order_by("moment").values_list("moment", flat=True))


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("datum", "1704446700000"),
        ("timestamp", "1704446700"),
        ("kdy", "5. ledna 2024 10:25"),
        ("data i godzina", "5 stycznia 2024 r. godz. 10:25"),
        ("kdy", "pá 5.1.2024 10:25"),
        ("datum;čas", "5.1.2024;1025"),
        ("datum;čas", "5.1.24;10h25"),
        ("Datum;Hod;Min", "5.1.2024;10;25"),
        ("datum_nehody;cas_nehody", "2024/01/05 00:00:00+00;1025"),
        ("DateOfCall;TimeOfCall", "05 Jan 2024;10:25:00"),
        ("Rok;Měsíc;Den;Hodina;Min", "2024;1;5;10;25"),
        ("rok;miesiąc;dzień;godz.", "2024;styczeń;5;10.25"),
        ("Date", "01/05/24 10:25:00 AM\n01/13/24 10:25:00 AM"),
    ],
)
def test_ways_of_saying_when(tmp_path: Path, header: str, row: str) -> None:
    report = loaded(tmp_path, f"{header}\n{row}\n")
    assert report.rejected == []
    assert moments()[0] == datetime(2024, 1, 5, 9, 25, tzinfo=UTC)


def test_midnight_that_ends_a_day(tmp_path: Path) -> None:
    loaded(tmp_path, "datum;čas\n31.12.2023;24:00\n31.12.2023;\n")
    assert moments() == [datetime(2023, 12, 30, 23, tzinfo=UTC), datetime(2023, 12, 31, 23, tzinfo=UTC)]


def test_year_alone_says_too_little(tmp_path: Path) -> None:
    report = loaded(tmp_path, "rok;měsíc\n2024;\n;3\n2024;13\n")
    assert [(found.row, found.reason[:20]) for found in report.rejected] == [
        (2, "This cell must not b"), (3, "This cell must not b"), (4, "There is no such day"),
    ]  # fmt: skip


@pytest.mark.parametrize(("order", "day"), [(SlashOrder.DAY, 3), (SlashOrder.MONTH, 4)])
def test_order_in_dates_with_slashes_can_be_told(tmp_path: Path, order: SlashOrder, day: int) -> None:
    assert len(loaded(tmp_path, "datum\n3/4/2024 12:00\n").rejected) == 1
    assert not moments()
    loaded(tmp_path, "datum\n3/4/2024 12:00\n", slashes=order)
    assert [found.day for found in moments()] == [day]


@pytest.mark.parametrize(
    ("header", "point"),
    [
        ("wkt", "POINT (13.375 49.5)"),
        ("GPS", "49.5, 13.375"),
        ("souřadnice", "49°30′0″N 13°22′30″E"),
        ("lat;lon", "49°30′N;13°22′30″E"),
        ("lat;lon", "49,5;13,375"),
    ],
)
def test_ways_of_saying_where(tmp_path: Path, header: str, point: str) -> None:
    report = loaded(tmp_path, f"datum;{header}\n1.3.2024;{point}\n2.3.2024;{';' * header.count(';')}\n")
    assert report.rejected == []
    found = InterventionEvent.objects.order_by("moment").values_list("lon", "lat")
    assert list(found) == [(pytest.approx(13.375, abs=1e-5), pytest.approx(49.5, abs=1e-5)), (None, None)]


def test_point_that_cannot_be_read_is_told_at_its_column(tmp_path: Path) -> None:
    report = loaded(tmp_path, "datum;GPS\n1.3.2024;u mostu\n2.3.2024;49.5 13.3\n")
    (wrong,) = report.rejected
    assert (wrong.row, wrong.column, wrong.value) == (2, "GPS", "u mostu")
    assert wrong.reason.startswith("This is not a point")


def test_geojson_of_events(tmp_path: Path) -> None:
    one = {"type": "Feature", "properties": {"datum": 1704446700000, "druh": "Hluk"}, "geometry": None}
    other = {**one, "geometry": {"type": "Point", "coordinates": [13.375, 49.5]}}
    text = json.dumps({"type": "FeatureCollection", "features": [one, other]})
    loaded(tmp_path, text, name="events.geojson")
    assert moments() == [datetime(2024, 1, 5, 9, 25, tzinfo=UTC)] * 2
    assert EventLabel.objects.get().spelling == "hluk"


def test_vertical_bars_and_headings_of_two_lines(tmp_path: Path) -> None:
    report = loaded(tmp_path, '"Datum\nudálosti"|Druh|popis\n1.3.2024|Hluk|"a\nb"\n31.2.2024|Hluk|\n')
    assert [(found.row, found.column) for found in report.rejected] == [(3, "Datum události")]
    assert len(moments()) == 1


def test_file_without_rows_says_so_unless_it_covers_days(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="a header row and nothing below it"):
        loaded(tmp_path, "datum;druh\n")
    assert loaded(tmp_path, "datum;druh\n", since=date(2024, 3, 1), until=date(2024, 3, 31)).applied


def test_few_texts_that_tell_of_people_are_refused(tmp_path: Path) -> None:
    plates = "".join(f"1.3.2024;Vozidlo {number}A1 000{number}\n" for number in range(1, 8))
    with pytest.raises(
        Problem, match=r"In the column “druh” number plates, phone numbers .* stand in 7 different texts"
    ):
        loaded(tmp_path, f"datum;druh\n{plates}")
    people = "".join(f"1.3.2024;Pan Novák volal po {number}.\n" for number in range(41))
    with pytest.raises(Problem, match="holds 41 different texts"):
        loaded(tmp_path, f"datum;druh\n{people}")
    assert not EventLabel.objects.exists()


def test_column_with_moments_is_recognised_by_its_values(tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    path.write_text("od;do;druh;číslo\n1.3.2024 10:00;1.3.2024 11:00;hluk;20240301\n", encoding="utf-8")
    names = {column.heading: column.name for column in look_at_events(path).columns}
    assert names == {"od": "moment", "do": "", "druh": "label", "číslo": ""}
    path.write_text("číslo;druh;datum\n20240301;hluk;1.3.2024\n", encoding="utf-8")
    assert [column.name for column in look_at_events(path).columns] == ["", "label", "date"]


def test_rows_that_may_stand_for_many_events_are_remarked_on(tmp_path: Path) -> None:
    report = loaded(tmp_path, "rok;měsíc;druh;Počet\n2024;1;hluk;12\n")
    assert any("“Počet” may say how many events a row stands for" in note for note in report.notes)
    report = loaded(tmp_path, "číslo události;datum;počet\n7;1.3.2024;2\n")
    assert not any("how many events" in note for note in report.notes)
