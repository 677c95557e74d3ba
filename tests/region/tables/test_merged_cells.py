from __future__ import annotations

from pathlib import Path

import pytest

from region.tables.crosstab_files import crosstab_of, look_at_crosstab
from region.tables.crosstabs import read_crosstab
from region.tables.merged_cells import Merged
from region.tables.reading import Options
from tests.factories.workbooks import new_workbook, packed

GROUPED = [
    ["Callouts by part of town"],
    [],
    ["Part", "What", "Callouts", "", "Alone", "Fines", ""],
    ["", "", "noise", "fights", "", "given", "paid"],
    ["North", "day", 1, 2, 3, 4, 5],
    ["", "night", 6, 7, 8, 9, 10],
    ["South", "day", 11, 12, 13, 14, 15],
    ["", "night", 16, 17, 18, 19, 20],
]


def workbook(tmp_path: Path, *merged: str) -> Path:
    path = tmp_path / "table.xlsx"
    book = new_workbook()
    for row in GROUPED:
        book.active.append([cell or None for cell in row])
    for cells in merged:
        book.active.merge_cells(cells)
    path.write_bytes(packed(book))
    return path


def test_merged_cells_of_a_workbook_are_believed(tmp_path: Path) -> None:
    path = workbook(tmp_path, "A1:G1", "A3:A4", "B3:B4", "C3:D3", "E3:E4", "A5:A6", "A7:A8")
    found, opened = crosstab_of(path, Options())
    assert Merged(top=3, bottom=3, left=2, right=3) in opened.merged
    # "Fines" was not merged with the cell on its right: the workbook says so.
    assert [one.heading for one in found.measures] == [
        "Callouts noise", "Callouts fights", "Alone", "Fines given", "paid",
    ]  # fmt: skip
    assert [(line.code, line.label) for line in found.lines] == [
        ("North", "day"), ("North", "night"), ("South", "day"), ("South", "night"),
    ]  # fmt: skip
    assert found.titles == ("Callouts by part of town",)
    names = {column.heading: column.name for column in look_at_crosstab(path, Options()).columns}
    assert (names["Part"], names["What"]) == ("code", "label")


def test_cells_left_empty_are_taken_for_merged_where_nothing_is_said(tmp_path: Path) -> None:
    found, opened = crosstab_of(workbook(tmp_path), Options())
    assert opened.merged == []
    assert [one.heading for one in found.measures][-2:] == ["Fines given", "Fines paid"]
    assert [line.code for line in found.lines] == ["North", "North", "South", "South"]


def table(*rows: list[str]) -> list[tuple[int, list[str]]]:
    return list(enumerate(rows, start=1))


def test_years_may_be_what_rows_are_of() -> None:
    found = read_crosstab(table(["Year", "Cases", "Solved %"], ["2021", "10", "45,5 %"], ["2022", "12", "50 %"]))
    assert [(line.label, [*line.cells.values()]) for line in found.lines] == [
        ("2021", ["10", "45,5 %"]), ("2022", ["12", "50 %"]),
    ]  # fmt: skip
    assert [one.heading for one in found.measures] == ["Cases", "Solved %"]


@pytest.mark.parametrize("mark", ["2023*", "2023 *)", "2023¹)", "2023 1)"])
def test_cell_that_cannot_be_read_hides_no_column(mark: str) -> None:
    found = read_crosstab(
        table(["What", "2022", mark], ["noise", "10", "12 p"], ["fights", "20", "30*"], ["theft", "30", "35¹)"])
    )
    assert (found.header_row, [one.heading for one in found.measures]) == (1, ["2022", mark])
    assert [line.cells[2] for line in found.lines] == ["12 p", "30*", "35¹)"]


def test_sheets_with_codes_for_names_say_what_they_are_of(tmp_path: Path) -> None:
    path, book = tmp_path / "table.xlsx", new_workbook()
    book.active.title = "a_01"
    for sheet, region in ((book.active, "Northern county"), (book.create_sheet("a_02"), "Southern county")):
        for row in (
            ["Crime in 2015"],
            ["County:", region],
            ["What", "Found", "Solved"],
            ["theft", 10, 5],
            ["fire", 4, 3],
        ):
            sheet.append(row)
    path.write_bytes(packed(book))
    look = look_at_crosstab(path, Options())
    assert look.sheet_words == {"a_01": "Northern county", "a_02": "Southern county"}
