from __future__ import annotations

from pathlib import Path

import pytest

from region.messages import Problem
from region.tables.headers import Column
from region.tables.looking import look_at
from region.tables.reading import parse_table
from region.tables.spots import SPOT, SPOT_ALIASES, parse_angle, parse_spot

COLUMNS = (
    Column("name", ("název",), required=True),
    Column("lat", ("šířka",), required=True, instead=SPOT),
    Column("lon", ("délka",), required=True, instead=SPOT),
    Column(SPOT, SPOT_ALIASES),
)


@pytest.mark.parametrize(
    "text",
    [
        "POINT (13.375 49.5)", "SRID=4326;POINT Z(13.375 49.5 300)", "49.5, 13.375", "(49.5, 13.375)", "49,5; 13,375",
        "49,5 13,375", "49,5, 13,375", "GPS: 49.5 13.375", "49.5N, 13.375E", "49°30'0.0\"N, 13°22'30\"E",
        "49°30'0.0″N 13°22'30″E", "N 49°30.0' E 13°22.5'", "13°22'30\"E 49°30'0\"N",
        '{"type": "Point", "coordinates": [13.375, 49.5]}',
    ],
)  # fmt: skip
def test_parse_spot(text: str) -> None:
    assert tuple(map(float, parse_spot(text))) == (13.375, 49.5)


def test_parse_spot_of_a_national_system() -> None:
    assert parse_spot("POINT (-822000.12 -1070000.5)") == ("-822000.12", "-1070000.5")


@pytest.mark.parametrize("text", ["", "náměstí 3, 5", "49.74", "1.1.2024, 9.25", "30'N 12'E, 5"])
def test_parse_spot_of_what_is_none(text: str) -> None:
    with pytest.raises(Problem, match="This is not a point"):
        parse_spot(text)


@pytest.mark.parametrize(
    ("text", "degrees"),
    [("13,375", 13.375), ("13°22'30\"E", 13.375), ("13°22.5'", 13.375), ("33° 30' S", -33.5), ("13.375 W", -13.375)],
)
def test_parse_angle(text: str, degrees: float) -> None:
    assert parse_angle(text) == pytest.approx(degrees, abs=1e-7)


def test_parse_angle_of_what_is_none() -> None:
    with pytest.raises(Problem, match="This is not a number"):
        parse_angle("Plzeň")


def test_table_with_points_in_one_cell_has_longitude_and_latitude() -> None:
    table = parse_table('název;GPS\na;"49.5, 13.4"\nb;\nc;za rohem\n'.encode(), COLUMNS)
    assert table.has("lat")
    rows = [(row.cells.get("lon"), row.cells.get("lat"), len(row.faults)) for row in table.rows]
    assert rows == [("13.4", "49.5", 0), ("", "", 0), (None, None, 1)]
    assert (table.rows[2].faults[0].column, table.rows[2].faults[0].value) == (SPOT, "za rohem")


def test_table_with_degrees_minutes_and_seconds() -> None:
    table = parse_table("název;šířka;délka\na;49°30′N;13°22′30″E\nb;x°;13.4\n".encode(), COLUMNS)
    assert [(row.cells["lat"], row.cells["lon"]) for row in table.rows] == [("49.5", "13.375"), ("x°", "13.4")]


def look(tmp_path: Path, text: str) -> dict[str, str]:
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    seen = look_at(path, COLUMNS)
    return {"missing": ",".join(seen.missing), **{column.heading: column.name for column in seen.columns}}


def test_column_of_points_is_recognised_by_its_values(tmp_path: Path) -> None:
    assert look(tmp_path, "název;kde\na;POINT (13.4 49.5)\n") == {"missing": "", "název": "name", "kde": SPOT}
    assert look(tmp_path, "název;kde\na;POINT (13.4 49.5)\nb;za rohem\n")["missing"] == "lat,lon"
    assert look(tmp_path, "název;šířka;délka;kde\na;49;13;(49, 13)\n")["kde"] == ""
