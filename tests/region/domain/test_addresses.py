from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from region.domain.addresses import AddressOptions, import_addresses
from region.domain.imports import ImportReport, Rejection, Run
from region.domain.places import System
from region.domain.users import system_user
from region.messages import Problem
from region.models import Address, AuditEvent, RegionProfile, Street
from region.queries.profile import forget_profile
from region.tables import chunks
from region.tables.address_columns import ADDRESS_COLUMNS
from region.tables.chunks import open_long_table
from tests.factories.places import square, town

pytestmark = pytest.mark.django_db
WRITE = Run(apply=True)
SKIP = Run(apply=True, skip_rejected=True)
HEADER = "Obec;Ulice;Číslo;lat;lon\n"
ROWS = "Stod;Plzeňská;1;49,639;13,164\nStod;Plzeňská;2;49,640;13,165\nPlaná;;15;49,868;12,743\n"


@pytest.fixture
def imported(tmp_path: Path, county: RegionProfile) -> Any:
    def run_import(text: str, run: Run = WRITE, *, encoding: str = "utf-8", **options: Any) -> ImportReport:
        path = tmp_path / "addresses.csv"
        path.write_bytes(text.encode(encoding))
        table = open_long_table(path, ADDRESS_COLUMNS)
        return import_addresses(table=table, by=system_user(), options=AddressOptions(**options), run=run)

    return run_import


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added_count, report.changed_count, report.unchanged_count, report.rejected_count


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    return [(found.row, found.column, found.value, found.reason) for found in report.rejected]


def stored() -> list[tuple[str, str, str, float, float]]:
    return list(Address.objects.order_by("pk").values_list("street__place", "street__name", "number", "lon", "lat"))


def test_import_addresses_of_a_table(imported: Any) -> None:
    report = imported(HEADER + ROWS)
    assert (counts(report), report.applied) == ((3, 0, 0, 0), True)
    assert stored() == [
        ("Stod", "Plzeňská", "1", 13.164, 49.639),
        ("Stod", "Plzeňská", "2", 13.165, 49.640),
        ("Planá", "", "15", 12.743, 49.868),
    ]
    assert [change.item for change in report.added] == ["Plzeňská 1, Stod", "Plzeňská 2, Stod", "Planá 15"]
    assert report.notes == [
        "Read as CSV, UTF-8, semicolon; the header is in row 1.",
        "The search index was built; streets: 2.",
    ]
    assert dict(Street.objects.values_list("place", "addresses_count")) == {"Stod": 2, "Planá": 1}
    assert AuditEvent.objects.get().after == {"file": "addresses.csv", "added": 3, "changed": 0, "rejected": 0}


def test_import_addresses_again_changes_nothing(imported: Any) -> None:
    imported(HEADER + ROWS)
    assert counts(imported(HEADER + ROWS)) == (0, 0, 3, 0)


def test_import_addresses_moves_and_adds(imported: Any) -> None:
    imported(HEADER + ROWS)
    report = imported(HEADER + ROWS.replace("13,164", "13,17") + "Stod;Nová;1;49,639;13,164\n")
    assert counts(report) == (1, 1, 2, 0)
    assert [(change.item, dict(change.before), dict(change.after)) for change in report.changed] == [
        ("Plzeňská 1, Stod", {"point": "13.164000, 49.639000"}, {"point": "13.170000, 49.639000"})
    ]
    assert stored()[0] == ("Stod", "Plzeňská", "1", 13.17, 49.639)
    assert Address.objects.count() == 4


def test_import_addresses_dry_run_writes_nothing(imported: Any) -> None:
    report = imported(HEADER + ROWS, Run())
    assert (counts(report), report.applied, Street.objects.count()) == ((3, 0, 0, 0), False, 0)


def test_import_addresses_says_row_column_value_and_reason(imported: Any) -> None:
    bad = [
        "Stod;Plzeňská;2;49,640;13,165",
        ";Plzeňská;3;49,640;13,165",
        "Stod;Plzeňská;;49,640;13,165",
        "Stod;Plzeňská;4;x;13,165",
        "Stod;Plzeňská;5;;13,165",
        "Stod;Plzeňská;6;48,85;2,35",
        "Stod;Plzeňská;7;13,165;49,640",
        "Stod;Plzeňská;8;49;640;13;165",
        f"Stod;Plzeňská;{'9' * 21};49,640;13,165",
    ]
    seen: list[Rejection] = []
    report = imported(HEADER + ROWS + "\n".join(bad), on_rejected=seen.append)
    assert sorted(reasons(report)) == [
        (5, "Číslo", "Plzeňská 2, Stod", "The same address stands in row 3."),
        (6, "Obec", "", "This cell must not be empty."),
        (7, "Číslo", "", "This cell must not be empty."),
        (8, "lat", "x", "This is not a number."),
        (9, "lat", "", "This cell must not be empty."),
        (10, "lon", "2.35; 48.85", "Lies outside: 2.35000, 48.85000 (longitude, latitude)."),
        (11, "lon", "49.64; 13.165", "Latitude and longitude are exchanged: 49.64000, 13.16500."),
        (12, "", "", "The row has more cells than the header; is there a decimal comma without quotation marks?"),
        (13, "Číslo", "9" * 21, "The text is too long."),
    ]
    assert sorted(seen, key=lambda one: one.row) == sorted(report.rejected, key=lambda one: one.row)
    assert (report.applied, Address.objects.count()) == (False, 0)
    assert (imported(HEADER + ROWS + "\n".join(bad), SKIP).applied, Address.objects.count()) == (True, 3)


def test_import_addresses_finds_doubles_across_pieces(imported: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chunks.LongTable.pieces, "__defaults__", (2,))
    report = imported(HEADER + ROWS + "Stod;Plzeňská;1;49,6;13,1\n", SKIP)
    assert reasons(report) == [(5, "Číslo", "Plzeňská 1, Stod", "The same address stands in row 2.")]
    assert (Address.objects.count(), Street.objects.count()) == (3, 2)
    assert counts(imported(HEADER + ROWS)) == (0, 0, 3, 0)


def test_import_addresses_lists_a_hundred_and_counts_all(imported: Any) -> None:
    rows = "".join(f"Stod;Nová;{number};49,639;13,164\n" for number in range(150))
    bad = "".join(f"Stod;;{number};x;13,164\n" for number in range(130))
    report = imported(HEADER + rows + bad)
    assert (counts(report), len(report.added), len(report.rejected)) == ((150, 0, 0, 130), 100, 100)


def test_import_addresses_of_the_czech_register(imported: Any) -> None:
    text = (
        "Kód ADM;Kód obce;Název obce;Název části obce;Název ulice;Typ SO;Číslo domovní;Číslo orientační;"
        "Znak čísla orientačního;PSČ;Souřadnice Y;Souřadnice X\n"
        "1;558044;Merklín;Merklín;;č.p.;12;;;33452;835000.12;1089000.34\n"
        "2;558044;Merklín;Kloušov;;č.ev.;3;;;33452;836000.12;1089500.34\n"
        "3;554791;Plzeň;Jižní Předměstí;Klatovská třída;č.p.;1234;5;a;30100;822900.5;1071400.5\n"
    )
    report = imported(text, encoding="cp1250")
    assert (
        report.notes[:3]
        == [
            "Read as CSV, cp1250, semicolon; the header is in row 1.",
            "Passed over: Kód ADM, PSČ.",
            "Coordinates are in S-JTSK / Křovák (EPSG:5514) without minus signs; recalculated to WGS 84.",
        ]
        or report.notes
    )
    assert [row[:3] for row in stored()] == [
        ("Merklín", "", "12"),
        ("Merklín", "Kloušov", "ev. 3"),
        ("Plzeň", "Klatovská třída", "1234/5a"),
    ]
    lon, lat = stored()[2][3:]
    assert Transformer.from_crs(4326, 5514, always_xy=True).transform(lon, lat) == pytest.approx(
        (-822900.5, -1071400.5), abs=0.2
    )


@pytest.mark.parametrize(
    ("header", "row", "number"),
    [
        ("číslo domovní", "12", "12"),
        ("číslo domovní,číslo orientační", "12,3", "12/3"),
        ("číslo domovní,číslo", "12,9", "12"),
    ],
)
def test_import_addresses_puts_numbers_together(imported: Any, header: str, row: str, number: str) -> None:
    imported(f"obec,lat,lon,{header}\nStod,49.6,13.1,{row}\n")
    assert [found[2] for found in stored()] == [number]


def test_import_addresses_of_the_polish_register(tmp_path: Path, city: RegionProfile) -> None:
    for code in ("I", "II", "III"):
        town(code=code, lon=19.94, lat=50.06)
    path = tmp_path / "prg.csv"
    path.write_text("Miejscowość,Ulica,Numer porządkowy,X,Y\nKraków,Rynek Główny,1,244247.14,567066.89\n", "utf-8")
    table = open_long_table(path, ADDRESS_COLUMNS)
    import_addresses(table=table, by=system_user(), run=WRITE)
    assert [(round(lon, 4), round(lat, 4)) for *_words, lon, lat in stored()] == [(19.9373, 50.0617)]


def test_import_addresses_in_a_named_system(imported: Any) -> None:
    text = "obec,číslo,x,y\nStod,1,-837000,-1079000\n"
    assert counts(imported(text, system=System(5514))) == (1, 0, 0, 0)
    with pytest.raises(Problem, match="EPSG:2180"):
        imported(text, system=System(2180))


def test_import_addresses_tells_towns_of_one_name_apart(imported: Any) -> None:
    town(code="558044", name="Merklín", county_part="Plzeň-jih")
    town(code="555363", name="Merklín", county_part="")
    imported(
        "obec,kód obce,číslo,lat,lon\nMerklín,558044,1,49.56,13.2\nMerklín,555363,1,50.33,12.87\nStod,9,1,49.6,13.1\n"
    )
    assert sorted(row[0] for row in stored()) == ["Merklín (555363)", "Merklín (Plzeň-jih)", "Stod"]


def test_import_addresses_inside_a_stored_boundary(imported: Any) -> None:
    RegionProfile.objects.update(boundary=square(13.0, 49.5, 0.3))
    forget_profile()
    report = imported(HEADER + ROWS)
    assert [found[0] for found in reasons(report)] == [4]


def test_import_addresses_removes_what_is_missing_only_when_asked(imported: Any) -> None:
    imported(HEADER + ROWS + "Kladruby;;1;49,7;12,9\n")
    less = HEADER + "Stod;Plzeňská;2;49,640;13,165\nPlaná;Nová;15;49,868;12,743\n"
    assert (counts(imported(less)), Address.objects.count()) == ((1, 0, 1, 0), 5)
    report = imported(less, remove_missing=True)
    assert report.notes[1] == "Addresses removed because the file no longer has them: 2."
    assert sorted(row[:3] for row in stored()) == [
        ("Kladruby", "", "1"),
        ("Planá", "Nová", "15"),
        ("Stod", "Plzeňská", "2"),
    ]
    assert sorted(Street.objects.values_list("place", "name")) == [
        ("Kladruby", ""),
        ("Planá", "Nová"),
        ("Stod", "Plzeňská"),
    ]


def test_import_addresses_removes_nothing_while_rows_are_rejected(imported: Any) -> None:
    imported(HEADER + ROWS)
    report = imported(HEADER + "Stod;Plzeňská;2;x;13,165\nStod;Plzeňská;1;49,639;13,164\n", SKIP, remove_missing=True)
    assert (report.notes[1], Address.objects.count()) == ("Nothing was removed, because rows were rejected.", 3)


@pytest.mark.parametrize(
    ("header", "missing"), [("obec,lat,lon", "number"), ("obec,číslo,lat", "lat, lon"), ("obec,číslo,x", "lat, lon")]
)
def test_import_addresses_without_a_column(imported: Any, header: str, missing: str) -> None:
    with pytest.raises(Problem, match=f"Missing columns: {missing}. The file has: obec"):
        imported(f"{header}\nStod,1,2\n")


def test_import_addresses_with_nothing_right(imported: Any) -> None:
    assert counts(imported(HEADER + ";;;;1\n")) == (0, 0, 0, 1)


def test_import_addresses_tells_how_far_it_is(imported: Any) -> None:
    seen: list[tuple[int, int]] = []
    imported(HEADER + ROWS, Run(progress=lambda done, total: seen.append((done, total))))
    assert seen == [(3, 4)]
