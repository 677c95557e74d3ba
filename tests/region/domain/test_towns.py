from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from django.db import OperationalError
from django.db.models import Max

from region.domain.imports import ImportReport, Run
from region.domain.places import System
from region.domain.towns import TOWN_COLUMNS, TownDefaults, import_towns
from region.domain.users import system_user
from region.messages import Problem
from region.models import AuditEvent, RegionProfile, Town
from region.resources import TownResource
from region.tables.reading import Options, parse_table, read_table
from tests.conftest import QueryCounter
from tests.factories.places import town

pytestmark = pytest.mark.django_db
WRITE = Run(apply=True)
COUNTED = TownDefaults(year=2020, source="ČSÚ")
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")


def imported(text: str, defaults: TownDefaults | None = None, run: Run = WRITE) -> ImportReport:
    table = parse_table(text.encode(), TOWN_COLUMNS)
    return import_towns(table=table, by=system_user(), defaults=defaults, run=run)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added_count, report.changed_count, report.unchanged_count, report.rejected_count


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    return [(found.row, found.column, found.value, found.reason) for found in report.rejected]


FULL = """kód obce;název obce;druh;okres;obyvatel;rok;zdroj;šířka;délka;stav;členem od;web;telefon
560715;Tachov;město;Tachov;13 072;2020;ČSÚ;49,79527;12,63364;člen;1. 12. 2010;www.tachov-mesto.cz;+420 374 774 111
558044;Merklín;obec;Plzeň-jih;1 176;2020;ČSÚ;49,56042;13,19789;v přípravě;;;
"""


def test_import_towns_of_a_whole_table(county: RegionProfile) -> None:
    report = imported(FULL)
    assert (counts(report), report.applied) == ((2, 0, 0, 0), True)
    assert report.notes == ["Read as CSV, UTF-8, semicolon; the header is in row 1."]
    found = Town.objects.get(code="560715")
    assert (found.name, found.slug, found.kind, found.county_part) == ("Tachov", "tachov", "town", "Tachov")
    assert (found.inhabitants, found.inhabitants_year, found.inhabitants_source) == (13072, 2020, "ČSÚ")
    assert (found.lon, found.lat) == (12.63364, 49.79527)
    assert (found.status, found.member_since, found.member_since_precision) == ("member", date(2010, 12, 1), "day")
    assert (found.website, found.phone) == ("https://www.tachov-mesto.cz", "+420 374 774 111")
    assert Town.objects.get(code="558044").status == "preparation"


def test_import_towns_again_changes_nothing(county: RegionProfile) -> None:
    imported(FULL)
    told = AuditEvent.objects.count()
    assert counts(imported(FULL)) == (0, 0, 2, 0)
    assert AuditEvent.objects.count() == told


def test_import_towns_changes_what_differs(county: RegionProfile) -> None:
    imported(FULL)
    report = imported("kód;telefon;web\n560715;+420 374 000 000;\n")
    assert [(change.item, dict(change.before), dict(change.after)) for change in report.changed] == [
        (
            "560715 Tachov",
            {"phone": "+420 374 774 111", "website": "https://www.tachov-mesto.cz"},
            {"phone": "+420 374 000 000", "website": ""},
        )
    ]
    found = Town.objects.get(code="560715")
    assert (found.phone, found.website, found.inhabitants) == ("+420 374 000 000", "", 13072)
    event = AuditEvent.objects.filter(action="town.imported").latest("at")
    assert (event.before["phone"], event.after["phone"]) == ("+420 374 774 111", "+420 374 000 000")


def test_import_towns_dry_run_writes_nothing(county: RegionProfile) -> None:
    report = imported(FULL, run=Run())
    assert (counts(report), report.applied, Town.objects.count(), AuditEvent.objects.count()) == (
        (2, 0, 0, 0),
        False,
        0,
        0,
    )


def test_import_towns_rejects_whole_rows_and_changes_nothing(county: RegionProfile) -> None:
    text = "kód;název;obyv 2020;stav;členem od\n1;Stod;x;byvalý;32. 1. 2010\n2;;;;\n3;Stod;5;;\n"
    report = imported(text, TownDefaults(source="ČSÚ"))
    assert sorted(reasons(report)) == [
        (2, "member_until", "", "A former member needs the date until when."),
        (2, "obyv 2020", "x", "This is not a number."),
        (2, "členem od", "32. 1. 2010", "There is no such day."),
        (3, "název", "", "This field cannot be blank."),
    ]
    assert (report.applied, Town.objects.count()) == (False, 0)
    report = imported(text, TownDefaults(source="ČSÚ"), run=Run(apply=True, skip_rejected=True))
    assert (report.applied, [row.code for row in Town.objects.all()]) == (True, ["3"])


@pytest.mark.parametrize(
    ("text", "rejected"),
    [
        ("kód;název\n;Stod\n", (2, "kód", "", "This cell must not be empty.")),
        (
            "kód;název\n1;=A1\n",
            (
                2,
                "název",
                "=A1",
                "This is a formula without a result. Open the file in a spreadsheet program and save it again.",
            ),
        ),
        ("kód;název;stav\n1;Stod;člen\n", (2, "member_since", "", "A member needs the date since when.")),
        ("kód;název;stav\n1;Stod;bývalý\n", (2, "member_until", "", "A former member needs the date until when.")),
        (
            "kód;název;stav\n1;Stod;verified\n",
            (2, "stav", "verified", "“verified” is not known here. Write one of: člen, v přípravě, bývalý."),
        ),
        (
            "kód;název;členem od;členem do\n1;Stod;2012;2011\n",
            (2, "členem do", "2011", "The end lies before the beginning."),
        ),
        (
            "kód;název;obyvatel\n1;Stod;5\n",
            (
                2,
                "inhabitants_year",
                "",
                "A number of inhabitants needs its year: in a column, or one for the whole file.",
            ),
        ),
        (
            "kód;název;obyv 2020\n1;Stod;5\n",
            (
                2,
                "inhabitants_source",
                "",
                "A number of inhabitants needs its source: in a column, or one for the whole file.",
            ),
        ),
        (
            "kód;název;obyv 2020\n1;Stod;1.605\n",
            (
                2,
                "obyv 2020",
                "1.605",
                "This is not a whole number; write thousands with spaces or without any separator.",
            ),
        ),
        ("kód;název;lat;lon\n1;Stod;49.6;\n", (2, "lon", "", "Longitude and latitude belong together.")),
        ("kód;název;lat;lon\n1;Stod;;13.1\n", (2, "lat", "", "Longitude and latitude belong together.")),
        ("kód;název\na b;Stod\n", (2, "kód", "a b", "Enter a valid value.")),
        ("kód;název;e-mail\n1;Stod;a@b\n", (2, "e-mail", "a@b", "Enter a valid email address.")),
    ],
)
def test_import_towns_says_row_column_value_and_reason(
    county: RegionProfile, text: str, rejected: tuple[int, str, str, str]
) -> None:
    report = imported(text)
    assert rejected in reasons(report)
    assert not report.applied


def test_import_towns_of_one_code_twice(county: RegionProfile) -> None:
    report = imported("kód;název\n1;Stod\n2;Planá\n1;Stod\n")
    assert reasons(report) == [(row, "kód", "1", "The same stands in rows 2, 4; keep only one.") for row in (2, 4)]


def test_import_towns_needs_a_name_only_for_new_ones(county: RegionProfile) -> None:
    town(code="1", phone="1")
    report = imported("kód;telefon\n1;2\n2;3\n")
    assert (report.changed_count, reasons(report)) == (1, [(3, "name", "", "This field cannot be blank.")])


def test_import_towns_empty_cells_keep_what_is_never_empty(county: RegionProfile) -> None:
    town(code="1", kind="city", status="member")
    assert counts(imported("kód;druh;stav\n1;;\n")) == (0, 0, 1, 0)


def test_import_towns_of_one_name_get_addresses_of_their_own(county: RegionProfile) -> None:
    imported("kód;název;okres\n1;Merklín;Plzeň-jih\n2;Merklín;Karlovy Vary\n3;Merklín;\n4;Łąka;\n5;Merklín;Plzeň-jih\n")
    assert dict(Town.objects.values_list("code", "slug")) == {
        "1": "merklin",
        "2": "merklin-karlovy-vary",
        "3": "merklin-3",
        "4": "laka",
        "5": "merklin-plzen-jih",
    }


def test_import_towns_with_defaults_for_the_whole_file(county: RegionProfile) -> None:
    imported("kód;název;obyvatel\n1;Stod;3578\n2;Planá;\n", TownDefaults(year=2020, source="ČSÚ", kind="town"))
    found = {row.code: row for row in Town.objects.all()}
    assert (found["1"].inhabitants_year, found["1"].inhabitants_source, found["1"].kind) == (2020, "ČSÚ", "town")
    assert (found["2"].inhabitants_year, found["2"].inhabitants_source) == (None, "")


def test_import_towns_with_accession_and_no_status_makes_members(county: RegionProfile) -> None:
    imported("kód;název;accession\n1;Stod;2011-06\n2;Planá;\n")
    found = {row.code: (row.status, row.member_since, row.member_since_precision) for row in Town.objects.all()}
    assert found == {"1": ("member", date(2011, 6, 1), "month"), "2": ("preparation", None, "day")}


def test_import_towns_recognises_exchanged_coordinates(county: RegionProfile) -> None:
    report = imported("kód;název;lat;lon\n1;Stod;13,16473;49,63908\n2;Planá;12,74377;49,86815\n3;Nikde;;\n")
    assert report.notes[1:] == ["Latitude stands before longitude; the two were swapped."]
    assert list(Town.objects.order_by("code").values_list("lon", "lat")) == [
        (13.16473, 49.63908),
        (12.74377, 49.86815),
        (None, None),
    ]


def test_import_towns_rejects_points_elsewhere(county: RegionProfile) -> None:
    text = "kód;název;lat;lon\n1;Stod;49.6;13.1\n2;Planá;49.8;12.7\n3;Paříž;48.85;2.35\n4;Tachov;12.6;49.8\n5;Nic;x;1\n"
    assert reasons(imported(text)) == [
        (4, "lat", "48.85; 2.35", "Lies outside: 2.35000, 48.85000 (longitude, latitude)."),
        (5, "lat", "12.6; 49.8", "Latitude and longitude are exchanged: 49.80000, 12.60000."),
        (6, "lat", "x", "This is not a number."),
    ]


def test_import_towns_in_a_named_system(county: RegionProfile) -> None:
    imported("kód;název;lon;lat\n1;Stod;-837000;-1079000\n", TownDefaults(system=System(5514)))
    assert [(round(row.lon or 0, 2), round(row.lat or 0, 2)) for row in Town.objects.all()] == [(13.2, 49.64)]


def test_import_towns_with_coordinates_that_fit_nowhere(county: RegionProfile) -> None:
    with pytest.raises(Problem, match="fit no known system"):
        imported("kód;název;lat;lon\n1;Stod;1;1\n")
    assert not Town.objects.exists()


def test_import_towns_a_fault_nobody_foresaw_ends_the_import(
    county: RegionProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def write(_resource: TownResource, records: list[Town]) -> None:
        if "2" in [record.code for record in records]:
            raise OperationalError("disk full")

    monkeypatch.setattr(TownResource, "write", write)
    with pytest.raises(Problem, match="Row 3 could not be saved: disk full"):
        imported("kód;název\n1;Stod\n2;Planá\n", run=Run(apply=True, skip_rejected=True))
    assert not Town.objects.exists()


@pytest.mark.parametrize("rows", [3, 30])
def test_import_towns_looks_up_all_towns_at_once(county: RegionProfile, rows: int, count_queries: QueryCounter) -> None:
    text = "kód;název\n" + "".join(f"{number};Obec {number}\n" for number in range(rows))
    imported(text)
    with count_queries() as made:
        imported(text)
    selects = [query for query in made.captured_queries if query["sql"].startswith("SELECT")]
    assert len(selects) <= 4


@pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
def test_import_towns_of_a_spreadsheets_unicode_text(county: RegionProfile) -> None:
    path = Path(SAMPLES) / "messy" / "derived_obce_utf16_tab_nbsp.txt"
    report = import_towns(table=read_table(path, TOWN_COLUMNS), by=system_user(), defaults=COUNTED, run=WRITE)
    assert (counts(report), Town.objects.aggregate(most=Max("inhabitants"))["most"]) == ((200, 0, 0, 0), 5171)


@pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
def test_import_towns_of_the_programme(county: RegionProfile) -> None:
    path = Path(SAMPLES) / "facts" / "plzen_region_towns.csv"
    table = read_table(path, TOWN_COLUMNS, Options(ignore=["status"]))
    report = import_towns(table=table, by=system_user(), defaults=COUNTED, run=WRITE)
    assert counts(report) == (15, 0, 0, 0)
    assert sorted(set(Town.objects.values_list("status", "member_since_precision"))) == [
        ("member", "day"),
        ("member", "month"),
    ]
