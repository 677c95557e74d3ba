from __future__ import annotations

from pathlib import Path

import pytest

from region.messages import Problem
from region.tables.chunks import LINE, SPARE, open_long_table
from region.tables.headers import Column
from region.tables.reading import Options

COLUMNS = (Column("town", ("obec",), required=True), Column("lat", ("šířka",)))


def written(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1250", "iso8859-2"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_pieces_of_any_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    rows = [["Obec", "barva", "Šířka"], ["Žihle", "x", '"49,5"'], ["", "", ""], [" Přeštice ", "", "49.6"]]
    path = written(tmp_path, "\r\n".join(separator.join(row) for row in rows), encoding)
    table = open_long_table(path, COLUMNS)
    frames = [frame.to_dict("records") for frame in table.pieces(rows=2)]
    assert frames == [
        [{"town": "Žihle", "lat": "49,5", LINE: 2, SPARE: False}],
        [{"town": "Přeštice", "lat": "49.6", LINE: 4, SPARE: False}],
    ]
    assert table.headers.unknown == ("barva",)
    assert table.count_lines() == 3


def test_pieces_with_cells_to_spare(tmp_path: Path) -> None:
    path = written(tmp_path, "title\nobec,lat\nStod,49,5\nStod,49.5\n")
    frames = list(open_long_table(path, COLUMNS).pieces())
    assert frames[0][[LINE, SPARE]].to_numpy().tolist() == [[3, True], [4, False]]


def test_pieces_with_very_long_rows(tmp_path: Path) -> None:
    long = "Stod" + ",1" * 40
    first = open_long_table(written(tmp_path, f"obec,lat\n{long}\n"), COLUMNS)
    assert next(first.pieces())[SPARE].tolist() == [True]
    later = open_long_table(written(tmp_path, f"obec,lat\nStod,1\n{long}\n"), COLUMNS)
    with pytest.raises(Problem, match="Expected 6 fields in line 3, saw 41"):
        next(later.pieces())


def test_pieces_of_a_header_alone(tmp_path: Path) -> None:
    assert list(open_long_table(written(tmp_path, "obec,lat\n"), COLUMNS).pieces()) == []
    assert list(open_long_table(written(tmp_path, "obec,lat"), COLUMNS).pieces()) == []


def test_pieces_of_a_broken_table(tmp_path: Path) -> None:
    path = written(tmp_path, 'obec,lat\nStod,1\n"never closed,1\n')
    with pytest.raises(Problem, match="table is broken"):
        list(open_long_table(path, COLUMNS).pieces())


@pytest.mark.parametrize(
    ("text", "options", "words"),
    [
        ("PK\x03\x04", Options(), "Save the table as CSV"),
        ("", Options(), "empty"),
        ("lat\n1\n", Options(), "Missing columns: town"),
        ("\n\n", Options(), "Missing columns: town"),
        ("obec\nPlzeň\n", Options(encoding="ascii"), "cannot be read in the encoding ascii"),
        ("obec\nPlzeň\n", Options(encoding="none"), "cannot be read in the encoding none"),
    ],
)
def test_open_long_table_of_no_table(tmp_path: Path, text: str, options: Options, words: str) -> None:
    with pytest.raises(Problem) as caught:
        open_long_table(written(tmp_path, text), COLUMNS, options)
    assert words in str(caught.value)


def test_open_long_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no file"):
        open_long_table(tmp_path / "none.csv", COLUMNS)


def test_line_longer_than_any_cell_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path, "x" * 140_000 + "\nobec,lat\nStod,49.5\n")
    with pytest.raises(Problem, match="The table is broken: field larger than field limit"):
        open_long_table(path, COLUMNS)
