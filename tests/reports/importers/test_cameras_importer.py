"""Camera points through the import screen: tables, GeoJSON, OpenStreetMap, and districts that do not agree."""

from __future__ import annotations

import csv
import json
import os
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from region.domain.batches import undo_batch
from region.domain.records import boundary_values
from region.import_kinds import OPEN
from region.importers import importers
from region.models import RegionProfile, SecurityDistrict, Town, User
from region.roles import holders
from region.views.import_report import report_context
from reports.models import CameraPoint, CameraSystem, StageChange
from tests.factories.batches import at_once, counts, rejections, state_of, tried, written
from tests.factories.cameras import bare_system, camera_point
from tests.factories.places import town
from tests.factories.profiles import czech_county
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
TABLES = (CameraPoint, StageChange)


@pytest.fixture
def registrar(db: None) -> User:
    """Who imports cameras."""
    return with_role("camera_registrar")


@pytest.fixture
def system(db: None) -> CameraSystem:
    """The system of all points."""
    return bare_system()


@pytest.fixture(autouse=True)
def _region(db: None) -> RegionProfile:
    """A county between 13 and 14 degrees east, 49 and 50 north."""
    return county_at(box(13, 49, 14, 50))


def county_at(area: BaseGeometry) -> RegionProfile:
    return czech_county(**boundary_values(mapping(area), source="drawn by hand"))


def values(system: CameraSystem, **more: str) -> dict[str, str]:
    told = {"system": str(system.pk), "stage": "active", "since": "2024-05-01", "location": "exact"}
    return {**told, "prefer": "file", "town": "", "source": "", "crs": "", **more}


def two_districts() -> Town:
    """A town whose western half is district 1 and whose eastern half is 2."""
    here = town(code="554791", name="Zkušebnice", **boundary_values(mapping(box(13.2, 49.2, 13.6, 49.6)), source="s"))
    for code, name, west in (("1", "West", 13.2), ("2", "East", 13.4)):
        outline = boundary_values(mapping(box(west, 49.2, west + 0.2, 49.6)), source="s")
        SecurityDistrict.objects.create(town=here, code=code, name=name, **outline)
    return here


def areas() -> dict[str, tuple[str | None, str | None]]:
    rows = CameraPoint.objects.order_by("code").values_list("code", "town__code", "district__code")
    return {code: (town, district) for code, town, district in rows}


def test_points_come_with_stage_place_and_history(registrar: User, system: CameraSystem) -> None:
    text = "Kód;Název;Šířka;Délka;Stav;Počet kamer;Okolí\n"
    text += "K-1;Náměstí;49,74;13,37;v provozu;3;náměstí\nK-2;ANPR;;;plánováno;;\n"
    batch = written(tried("cameras", text.encode("cp1250"), values(system), by=registrar))
    assert (counts(batch), batch.error) == ([2, 0, 0, 0], "")
    first, second = CameraPoint.objects.order_by("code")
    assert (first.name, first.lon, first.lat, first.location_status) == ("Náměstí", 13.37, 49.74, "exact")
    assert (first.stage, first.expected_device_count, first.surroundings) == ("active", 3, "square")
    assert (second.stage, second.lon, second.location_status) == ("planned", None, "none")
    assert (first.is_published, second.is_published) == (False, False)
    history = StageChange.objects.order_by("point__code").values_list("point__code", "stage", "since", "noted_by")
    assert list(history) == [
        ("K-1", "active", date(2024, 5, 1), registrar.pk),
        ("K-2", "planned", date(2024, 5, 1), registrar.pk),
    ]


def test_stage_of_a_known_point_stays_and_missing_columns_change_nothing(registrar: User, system: CameraSystem) -> None:
    point = camera_point(system=system, code="K-1", stage="planned", surroundings="park", address="Main Street 1")
    batch = written(tried("cameras", "code,name,stage\nK-1,New name,active\n", values(system), by=registrar))
    assert counts(batch) == [0, 1, 0, 0]
    point.refresh_from_db()
    assert (point.name, point.stage, point.surroundings) == ("New name", "planned", "park")
    assert (point.address, point.lon, point.location_status) == ("Main Street 1", 13.37, "exact")
    assert point.stage_changes.count() == 1


def test_rows_that_cannot_be_taken_are_told(registrar: User, system: CameraSystem) -> None:
    camera_point(code="FOREIGN")
    text = "code,name,lat,lon,stage,count\nA,One,49.5,,active,1\nB,Two,13.5,49.5,active,1\nC,Three,49.5,13.5,burnt,1\n"
    text += "D/4,Four,49.5,13.5,active,1\nforeign,Five,49.5,13.5,active,1\nF,Six,49.6,13.6,active,-3\n"
    text += "G,Seven,49.7,13.7,active,=A1\nH,Eight,49.1,13.1,active,2\nI,Nine,49.2,13.2,active,2\n"
    batch = tried("cameras", text, values(system), by=registrar)
    found = {row: (column, reason) for row, column, reason in rejections(batch)}
    assert counts(batch) == [2, 0, 0, 7]
    assert found[2] == ("lon", "Longitude and latitude belong together.")
    assert found[3] == ("lat", "Latitude and longitude are exchanged: 49.50000, 13.50000.")
    assert "“burnt” is not known here" in found[4][1]
    assert found[5] == ("code", "Use letters without marks, digits, - and _ alone.")
    assert found[6] == ("code", "A point of another system has this code.")
    assert found[7][0] == "count"
    assert found[8][1].startswith("This is a formula without a result.")


def test_points_without_codes_get_them_of_their_names(registrar: User, system: CameraSystem) -> None:
    text = "name,lat,lon\nul. Dąbrowska,49.5,13.5\nul. Dąbrowska,49.6,13.6\n"
    batch = written(tried("cameras", text, values(system, location="approximate"), by=registrar))
    assert "Rows without a code were given one made of their name." in batch.report["notes"]
    assert list(CameraPoint.objects.order_by("code").values_list("code", "location_status")) == [
        ("ul-dabrowska", "approximate"),
        ("ul-dabrowska-2", "approximate"),
    ]
    assert counts(tried("cameras", text, values(system, location="approximate"), by=registrar)) == [0, 0, 2, 0]


@pytest.mark.parametrize(
    ("prefer", "kept", "words"),
    [
        ("file", {"A": ("554791", "1"), "B": ("554791", "1")}, "kept is what the file says"),
        ("map", {"A": ("554791", "1"), "B": ("554791", "2")}, "kept is what the map says"),
    ],
)
def test_difference_between_file_and_map_is_told_and_the_chosen_one_kept(
    registrar: User, system: CameraSystem, prefer: str, kept: dict[str, tuple[str, str]], words: str
) -> None:
    two_districts()
    text = "code,name,town code,district code,lat,lon\nA,West,554791,1,49.5,13.3\nB,East,554791,1,49.5,13.5\n"
    batch = written(tried("cameras", text, values(system, prefer=prefer), by=registrar))
    summary = f"Rows whose district in the file differs from the one on the map: 1; {words}."
    assert summary in batch.report["notes"]
    assert "B East: Zkušebnice, West in the file, Zkušebnice, East on the map." in batch.report["notes"]
    assert areas() == kept


def test_area_comes_from_the_map_where_the_file_is_silent(registrar: User, system: CameraSystem) -> None:
    two_districts()
    text = "code,name,lat,lon\nA,In a district,49.5,13.3\nB,In the county alone,49.9,13.9\nC,Nowhere,,\n"
    written(tried("cameras", text, values(system), by=registrar))
    assert areas() == {"A": ("554791", "1"), "B": (None, None), "C": (None, None)}


def test_unknown_district_is_refused_unless_the_map_decides(registrar: User, system: CameraSystem) -> None:
    two_districts()
    text = "code,name,district code,lat,lon\nA,One,77,49.5,13.3\nB,Two,77,,\n"
    batch = tried("cameras", text, values(system), by=registrar)
    assert [reason for _row, _column, reason in rejections(batch)] == ["The town has no district of this number."] * 2
    batch = written(tried("cameras", text, values(system, prefer="map"), by=registrar))
    assert (counts(batch), areas()) == ([1, 0, 0, 1], {"A": ("554791", "1")})
    assert "A One: 77 in the file, Zkušebnice, West on the map." in batch.report["notes"]


def test_openstreetmap_export_gives_points_of_cameras_alone(registrar: User, system: CameraSystem) -> None:
    def node(number: int, **tags: str) -> dict[str, object]:
        told = {key.replace("__", ":"): value for key, value in tags.items()}
        place = {"type": "Point", "coordinates": [13.1 + number / 10, 49.5]}
        return {"type": "Feature", "id": f"node/{number}", "properties": told, "geometry": place}

    features = [
        node(1, man_made="surveillance", surveillance__type="camera", surveillance__zone="traffic", name="Bridge"),
        node(2, man_made="surveillance", surveillance__type="guard", name="Guard"),
        node(3, man_made="surveillance", camera__type="dome", ref="KB7", operator="Town", camera__direction="90"),
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    batch = written(tried("cameras", content, values(system), by=registrar, name="osm.geojson"))
    assert (counts(batch), rejections(batch)) == ([2, 0, 0, 1], [(3, "man_made", "This is not a camera.")])
    rows = CameraPoint.objects.order_by("code").values_list("code", "name", "surroundings", "expected_device_count")
    assert list(rows) == [("KB7", "Town", "unknown", 1), ("osm-node-1", "Bridge", "road", 1)]


def test_undo_leaves_points_and_history_as_they_were(registrar: User, system: CameraSystem) -> None:
    camera_point(system=system, code="K-1")
    before = state_of(TABLES)
    text = "code,name,lat,lon\nK-1,Other,49.5,13.5\nK-2,New,49.6,13.6\n"
    batch = written(tried("cameras", text, values(system), by=registrar))
    assert (counts(batch), CameraPoint.objects.count()) == ([1, 1, 0, 0], 2)
    undo_batch(batch=batch, by=registrar, later=at_once)
    assert state_of(TABLES) == before


@needs_samples
@pytest.mark.parametrize("prefer", ["file", "map"])
def test_real_cameras_against_real_wards(registrar: User, system: CameraSystem, prefer: str) -> None:
    folder = Path(SAMPLES) / "cameras"
    wards = json.loads((folder / "trafford_electoral_ward.geojson").read_bytes())["features"]
    shapes = {one["properties"]["area_code"]: shape(one["geometry"]) for one in wards}
    everything = shapely.union_all(list(shapes.values()))
    county_at(everything)
    here = town(code="E08000009", name="Trafford", **boundary_values(mapping(everything), source="s"))
    for one in wards:
        known = one["properties"]
        outline = boundary_values(mapping(shapes[known["area_code"]]), source="s")
        SecurityDistrict.objects.create(town=here, code=known["area_code"], name=known["area_name"], **outline)
    content = (folder / "trafford_cctv_cameras_first40.csv").read_bytes()
    # The file itself agrees with the map: one row is made to differ.
    content = content.replace(b"E05015247,-2.284777", b"E05015239,-2.284777")
    batch = written(tried("cameras", content, values(system, prefer=prefer), by=registrar))
    assert counts(batch) == [40, 0, 0, 0]
    rows = csv.DictReader(StringIO(content.decode()))
    told = {row["camera_id"]: (row["area_code"], float(row["lon"]), float(row["lat"])) for row in rows}
    seen = {
        code: next((ward for ward, area in shapes.items() if shapely.intersects_xy(area, lon, lat)), None)
        for code, (_ward, lon, lat) in told.items()
    }
    differing = {code for code, (ward, _lon, _lat) in told.items() if seen[code] and seen[code] != ward}
    assert differing == {"1001"}
    notes = [note for note in batch.report["notes"] if " in the file, " in note]
    assert {note.split()[0] for note in notes} == differing
    expected = {code: ward if prefer == "file" or not seen[code] else seen[code] for code, (ward, *_r) in told.items()}
    assert {code: district for code, (_town, district) in areas().items()} == expected


def test_report_shows_words_and_the_code_once(registrar: User, system: CameraSystem) -> None:
    batch = tried("cameras", "code,name,lat,lon\nK-1,Bridge,49.5,13.5\n", values(system), by=registrar)
    item, told = report_context(batch)["added_rows"][0]
    assert item.text == "K-1 Bridge"
    # PostgreSQL keeps what a report holds in an order of its own.
    assert {"how well the place is known: exact", "surroundings: not stated"} <= set(told.text.split("; "))


def test_who_may_import_something_may_open_the_screen() -> None:
    assert {one.key: holders(one.permission) - holders(OPEN) for one in importers()} == {
        one.key: frozenset() for one in importers()
    }


DEVICES = "kód;název;šířka;délka;typ\nA1;Náměstí;49.5;13.5;PTZ\na1;Most;49.6;13.5;PTZ\nB2;Most;49.6;13.6;pevná\n"


def test_rows_that_say_the_same_of_a_code_are_devices_of_one_point(registrar: User, system: CameraSystem) -> None:
    text = DEVICES.replace("a1;Most;49.6", "A1;Náměstí;49.5")
    batch = written(tried("cameras", text, values(system), by=registrar))
    assert counts(batch) == [2, 0, 0, 0]
    found = CameraPoint.objects.order_by("code").values_list("code", "expected_device_count")
    assert list(found) == [("A1", 2), ("B2", 1)]
    assert "Rows with the same code and place are devices of one point: 2 rows, points: 1." in batch.report["notes"]


def test_rows_that_contradict_each_other_are_no_devices(registrar: User, system: CameraSystem) -> None:
    batch = tried("cameras", DEVICES, values(system), by=registrar)
    assert counts(batch) == [1, 0, 0, 2]
    told = (
        DEVICES.replace("typ", "počet kamer")
        .replace("PTZ", "2")
        .replace("pevná", "1")
        .replace("a1;Most;49.6", "A1;Náměstí;49.5")
    )
    assert counts(tried("cameras", told, values(system), by=registrar)) == [1, 0, 0, 2]


def test_points_in_one_cell(registrar: User, system: CameraSystem) -> None:
    text = 'kód;název;GPS\nA1;Náměstí;"49.5, 13.5"\nB2;Most;\nC3;Park;za rohem\n'
    batch = written(tried("cameras", text, values(system), by=registrar))
    assert rejections(batch)[0][:2] == (4, "GPS")
    found = CameraPoint.objects.order_by("code").values_list("code", "lon", "lat", "location_status")
    assert list(found) == [("A1", 13.5, 49.5, "exact"), ("B2", None, None, "none")]
