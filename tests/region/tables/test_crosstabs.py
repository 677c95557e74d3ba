"""Statistical crosstabs: what is a heading, what a number, what a sum."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from region.messages import Problem
from region.tables.crosstab_files import crosstab_of, crosstab_rows, look_at_crosstab
from region.tables.crosstab_picks import AREAS, PERIODS, YEARS, cells_of, column_keys, row_keys, row_like
from region.tables.crosstabs import Crosstab, read_crosstab
from region.tables.periods import find_period, parse_period, year_of
from region.tables.reading import Options
from tests.factories.workbooks import new_workbook, packed

SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")


def table(text: str, **options: Any) -> Crosstab:
    rows = [(number, line.split("|")) for number, line in enumerate(text.strip("\n").split("\n"), start=1)]
    return read_crosstab(rows, **options)


NESTED = """
Crime in the county, 2015||||||
||||||
Code|What|Solved||People prosecuted||
||all|of it later|Recid-|Women|under 15
||||ivists||
1|2|3|4|5|6|7
101|Murder|7|2|3|1|0
102|Robbery|5|-|2|1|1
101-102|Together|12|2|5|2|1
103|Fraud|9|1|.|0|0
"""


def test_headings_of_several_rows_become_one_text() -> None:
    found = table(NESTED, header_row=5, header_depth=3)
    assert [one.heading for one in found.measures] == [
        "Solved all",
        "Solved of it later",
        "People prosecuted Recidivists",
        "People prosecuted Women",
        "People prosecuted under 15",
    ]
    assert (found.headings[0], found.headings[1], found.code, found.label) == ("Code", "What", 0, 1)
    assert found.titles == ("Crime in the county, 2015",)


def test_row_that_numbers_the_columns_is_no_data() -> None:
    assert [line.label for line in table(NESTED).lines] == ["Murder", "Robbery", "Together", "Fraud"]


def test_years_as_headings_are_no_data() -> None:
    found = table("Area|2014|2015|2016\nStod|10|11|12\nPlasy|20|21|22\n")
    assert ([one.heading for one in found.measures], len(found.lines)) == (["2014", "2015", "2016"], 2)


def test_page_headers_and_titles_between_rows_are_passed_over() -> None:
    text = "A|x|y\n101 a|1|2\n102 b|3|4\nPage 2||\nA|x|y\n103 c|5|6\n"
    assert [line.number for line in table(text).lines] == [2, 3, 6]


@pytest.mark.parametrize(
    ("text", "totals"),
    [
        ("A|x|y\nCounty|6|77\na|1|10\nb|2|25\nc|3|42\nd|9|91\n", ["County"]),
        ("A|x|y\na|1|10\nb|2|20\nAll of them|3|30\nd|9|90\ne|7|8\n", ["All of them"]),
        ("A|x|y\na|1|10\nb|2|21\nno addition|3|30\n", []),
        ("A|x|y\na|1|10\nRazem|9|9\n", ["Razem"]),
        ("A|x|y\na|0|0\nb|0|0\nnothing|0|0\n", []),
        # A sum is not added again with its parts.
        ("A|x|y\nEverybody|12|121\nNorth|3|31\na|1|10\nb|2|21\nSouth|9|90\nc|4|30\nd|5|60\n",
         ["Everybody", "North", "South"]),
    ],
)  # fmt: skip
def test_sums_are_recognised(text: str, totals: list[str]) -> None:
    assert [line.label for line in table(text).lines if line.is_total] == totals


def test_code_that_spans_others_is_a_sum_even_without_the_word() -> None:
    text = "TSK|What|x|y\n101|a|1|2\n105|b|3|4\n100-199|Violence|5|7\n201-202|Alone|1|1\n"
    assert [line.label for line in table(text).lines if line.is_total] == ["Violence"]


def test_signs_of_offices_are_read_as_cells_of_a_measure() -> None:
    found = table("A|x|y\na|1|i.d.\nb|-|2\nc|.|x\n")
    assert [line.cells for line in found.lines[:2]] == [{1: "1", 2: "i.d."}, {1: "-", 2: "2"}]


def test_what_has_no_numbers_is_refused() -> None:
    with pytest.raises(Problem, match="No rows of numbers"):
        table("a|b\nc|d\n")


def test_rows_and_columns_are_found_again_by_their_words() -> None:
    old = table("K|What|Found 2015\n101-903|TOTAL CRIME celkem:|9\n101|Murder|9\n")
    new = row_keys(table("K|What|Found 2016\n101|Murder|8\n100-999|Total crime|8\n"))
    kept = {line.label: key for key, line in row_keys(old).items()}
    assert row_like(kept["TOTAL CRIME celkem:"], new) == "100 999|total crime"
    assert row_like(kept["Murder"], new) == "101|murder"
    assert row_like("7|gone", new) == ""
    assert column_keys(old) == {"found": 2} or column_keys(old) == {"found #": 2}


def test_areas_periods_and_years_give_many_cells() -> None:
    found = table("Area|2014|2015\nStod|10|11\nPlasy|20|21\n")
    cells = list(cells_of(found, AREAS, YEARS))
    assert [(cell.line.label, cell.text, cell.address, cell.period and cell.period[0].year) for cell in cells] == [
        ("Stod", "10", "B2", 2014),
        ("Stod", "11", "C2", 2015),
        ("Plasy", "20", "B3", 2014),
        ("Plasy", "21", "C3", 2015),
    ]
    found = table("When|x|y\nleden 2015|1|3\núnor 2015|2|5\nother|7|7\n")
    cells = list(cells_of(found, PERIODS, "x"))
    assert [(cell.text, cell.period) for cell in cells] == [
        ("1", (date(2015, 1, 1), date(2015, 1, 31))),
        ("2", (date(2015, 2, 1), date(2015, 2, 28))),
    ]


def test_workbook_is_looked_at_sheet_by_sheet(tmp_path: Path) -> None:
    path = tmp_path / "table.xlsx"
    book = new_workbook()
    book.active.title = "Notes"
    book.active.append(["nothing here"])
    sheet = book.create_sheet("Data")
    for row in (["A", "x", "y"], ["a", 1, 2], ["b", 3, 4]):
        sheet.append(row)
    path.write_bytes(packed(book))
    look = look_at_crosstab(path, Options())
    assert (look.recognised.sheet, look.sheets, look.header_depth) == ("Data", ("Notes", "Data"), 1)
    assert [(column.heading, column.name, column.samples) for column in look.columns] == [
        ("A", "label", ("a", "b")),
        ("x", "", ("1", "3")),
        ("y", "", ("2", "4")),
    ]
    assert list(crosstab_rows(path, Options())) == [(1, ["A", "x", "y"]), (2, ["a", "1", "2"]), (3, ["b", "3", "4"])]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2/2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("1. 7. 2010", date(2010, 7, 1), date(2010, 7, 1)),
        ("1.1.2015 do 31.12.2015", date(2015, 1, 1), date(2015, 12, 31)),
        ("1.1. - 30.6.2016", date(2016, 1, 1), date(2016, 6, 30)),
        ("1.1.2016 - 1.1.2016", date(2016, 1, 1), date(2016, 1, 1)),
        ("2015–2016", date(2015, 1, 1), date(2016, 12, 31)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert parse_period(text) == (first, last)


def test_periods_in_titles() -> None:
    titles = ["Zpracováno: 12.1.2017", "článku (03), období 1.1. - 31.12.2016"]
    assert find_period(titles) == (date(2016, 1, 1), date(2016, 12, 31))
    assert find_period(["Printed 3. 1. 2016", "Crime in 2015"]) == (date(2015, 1, 1), date(2015, 12, 31))
    assert find_period(["2015 and 2018"]) is None
    assert find_period(["no year"]) is None
    assert (year_of("Rok 2015"), year_of("2015 / 2016"), year_of("x")) == (2015, None, None)
    with pytest.raises(Problem, match="end lies before"):
        parse_period("31.12.2016 - 1.1.2016")


@needs_samples
def test_police_statistics_of_the_old_way() -> None:
    path = Path(SAMPLES) / "interventions" / "pcr_kriminalita_2015.xls"
    found, opened = crosstab_of(path, Options(sheet="a_I03____"))
    headings = [one.heading for one in found.measures]
    assert headings[:4] == ["Zjištěno", "z toho ukončeno prověřování", "Celkem v prověřování", "Objasněno Počet"]
    assert headings[4:8] == [
        "Objasněno Dodatečně", "Objasněno Pod vlivem", "Objasněno Z toho alkohol", "Objasněno Recidivisté",
    ]  # fmt: skip
    assert headings[-3:] == ["Stíháno, vyšetřováno osob Ženy", "Škody v tis. Kč Celkem", "Škody v tis. Kč Zajištěno"]
    assert (found.header_row, found.header_depth, len(opened.sheets)) == (10, 3, 15)
    totals = [line for line in found.lines if line.is_total]
    assert (len(found.lines), len(totals), totals[-1].label) == (212, 11, "CELKOVÁ KRIMINALITA:")
    parts = [line for line in found.lines if not line.is_total]
    place = found.measures[0].place
    assert sum(int(line.cells[place]) for line in parts) == int(totals[-1].cells[place])


@needs_samples
def test_police_statistics_of_the_new_way() -> None:
    path = Path(SAMPLES) / "interventions" / "pcr_kriminalita_2016.xlsx"
    found, _opened = crosstab_of(path, Options(sheet="Plzeňský"))
    headings = [one.heading for one in found.measures]
    assert headings[:2] == ["REGISTROVÁNO POČET", "OBJASNĚNO (registrováno => z toho objasněno) POČET"]
    assert headings[10:12] == ["OBJASNĚNO DODATEČNĚ", "OBJASNĚNO CELKEM POČET"]
    assert (found.header_row, found.header_depth, len(found.measures)) == (6, 2, 21)
    totals = [line for line in found.lines if line.is_total]
    assert (len(found.lines), len(totals), totals[-1].cells[2]) == (213, 13, "9679")
    assert sum(int(line.cells[2]) for line in found.lines if not line.is_total) == 9679
    assert find_period(found.titles) == (date(2016, 1, 1), date(2016, 12, 31))


@needs_samples
def test_census_with_counties_and_their_parts_mixed() -> None:
    found, opened = crosstab_of(Path(SAMPLES) / "messy" / "csu_sldb2011_zvcr034.xls", Options())
    assert len(opened.merged) == 8
    headings = [one.heading for one in found.measures]
    assert headings[:6] == [
        "Obyvatelstvo celkem", "v tom muži", "v tom ženy", "z toho podle věku 0 - 14", "z toho podle věku 15 - 64",
        "z toho podle věku 65 a více",
    ]  # fmt: skip
    totals = [line.label for line in found.lines if line.is_total]
    assert (len(found.lines), len(totals), totals[0]) == (91, 14, "ČR celkem k 26. 3. 2011")
    assert sum(int(line.cells[2]) for line in found.lines if not line.is_total) == 10_436_560
