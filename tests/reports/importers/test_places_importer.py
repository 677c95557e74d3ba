"""Registers of schools and stops through the import screen."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
import shapely
from shapely.geometry import box, mapping
from shapely.geometry.base import BaseGeometry

from region.domain.batches import undo_batch
from region.domain.records import boundary_values
from region.models import RegionProfile, User
from reports.models import NearbyPlace
from tests.factories.batches import at_once, counts, rejections, state_of, tried, written
from tests.factories.profiles import czech_county
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
VALUES = {"source": "Ministry of Education 2025", "licence": "CC BY 4.0", "kind": "", "crs": ""}


@pytest.fixture
def registrar(db: None) -> User:
    """Who imports places."""
    return with_role("camera_registrar")


@pytest.fixture(autouse=True)
def _region(db: None) -> RegionProfile:
    """A county between 13 and 14 degrees east, 49 and 50 north."""
    return county_at(box(13, 49, 14, 50))


def county_at(area: BaseGeometry) -> RegionProfile:
    return czech_county(**boundary_values(mapping(area), source="drawn by hand"))


def test_file_in_czech_habits_is_read_whole(registrar: User) -> None:
    text = "Název školy;IZO;Druh;Zeměpisná šířka;Zeměpisná délka\n"
    text += "Základní škola Tylova;0012;škola;49,7401;13,3702\nMŠ Čtyřlístek;13;mateřská škola;49,5;13,5\n"
    reading = {"places": {"name": 0, "code": 1, "kind": 2, "lat": 3, "lon": 4}}
    batch = written(tried("places", text.encode("cp1250"), VALUES, by=registrar, reading=reading))
    assert counts(batch) == [2, 0, 0, 0]
    rows = NearbyPlace.objects.order_by("kind").values_list("kind", "code", "name", "lon", "lat", "source", "licence")
    assert list(rows) == [
        ("kindergarten", "13", "MŠ Čtyřlístek", 13.5, 49.5, VALUES["source"], VALUES["licence"]),
        ("school", "0012", "Základní škola Tylova", 13.3702, 49.7401, VALUES["source"], VALUES["licence"]),
    ]


def test_doubled_codes_strays_and_unknown_words_are_told_with_their_rows(registrar: User) -> None:
    text = "code,name,type,lat,lon\n1,A,school,49.1,13.1\n1,B,school,49.2,13.2\n2,C,school,13.3,49.3\n"
    text += "3,D,school,51,13\n4,E,castle,49.4,13.4\n5,F,stop,x,13.5\n6,G,stop,49.6,13.6\n7,H,stop,49.7,13.7\n"
    batch = tried("places", text, VALUES, by=registrar)
    assert counts(batch) == [2, 0, 0, 6]
    found = {row: (column, reason) for row, column, reason in rejections(batch)}
    assert found[2] == found[3] == ("code", "The same stands in rows 2, 3; keep only one.")
    assert found[4] == ("lat", "Latitude and longitude are exchanged: 49.30000, 13.30000.")
    assert found[5][1].startswith("Lies outside: 13.00000, 51.00000")
    assert found[6][0] == "type"
    assert "“castle” is not known here" in found[6][1]
    assert found[7] == ("lat", "This is not a number.")


def test_whole_file_may_have_latitude_first_and_one_kind(registrar: User) -> None:
    text = "code,name,type,lat,lon\n1,A,x,13.1,49.1\n2,B,y,13.2,49.2\n"
    batch = written(tried("places", text, {**VALUES, "kind": "playground"}, by=registrar))
    assert "Latitude stands before longitude; the two were swapped." in batch.report["notes"]
    assert list(NearbyPlace.objects.order_by("code").values_list("kind", "lon", "lat")) == [
        ("playground", 13.1, 49.1),
        ("playground", 13.2, 49.2),
    ]


def test_geojson_of_points_and_areas(registrar: User) -> None:
    area = mapping(box(13.2, 49.2, 13.3, 49.3))
    features = [
        {"type": "Feature", "id": "way/7", "properties": {"amenity": "school", "name": "ZŠ"}, "geometry": area},
        {
            "type": "Feature",
            "properties": {"amenity": "kindergarten", "name": "MŠ", "lon": "ignored"},
            "geometry": {"type": "Point", "coordinates": [13.4, 49.4, 300]},
        },
        {"type": "Feature", "properties": {"amenity": "school", "name": "No place"}, "geometry": None},
    ]
    content = json.dumps({"type": "FeatureCollection", "features": features})
    batch = written(tried("places", content, VALUES, by=registrar, name="schools.geojson"))
    assert counts(batch) == [2, 0, 0, 2]
    assert [row for row, _column, _reason in rejections(batch)] == [4, 4]
    found = {place.name: place for place in NearbyPlace.objects.all()}
    assert shapely.intersects_xy(shapely.geometry.shape(area), found["ZŠ"].lon, found["ZŠ"].lat)
    assert (found["ZŠ"].code, found["MŠ"].lon, found["MŠ"].lat) == ("way/7", 13.4, 49.4)


def test_answer_of_overpass_is_read_as_it_comes(registrar: User) -> None:
    elements = [
        {"type": "node", "id": 5, "lat": 49.5, "lon": 13.5, "tags": {"amenity": "school", "name": "ZŠ"}},
        {"type": "way", "id": 6, "center": {"lat": 49.6, "lon": 13.6}, "tags": {"amenity": "school", "name": "SŠ"}},
        {"type": "node", "id": 7, "lat": 49.5, "lon": 13.5},
    ]
    batch = written(tried("places", json.dumps({"elements": elements}), VALUES, by=registrar, name="overpass.json"))
    assert counts(batch) == [2, 0, 0, 0]
    assert set(NearbyPlace.objects.values_list("code", "lon")) == {("node/5", 13.5), ("way/6", 13.6)}


def test_same_file_again_changes_nothing_and_undo_takes_it_back(registrar: User) -> None:
    text = "name,type,lat,lon\nA,school,49.1,13.1\nA,school,49.2,13.2\n"
    before = state_of((NearbyPlace,))
    first = written(tried("places", text, VALUES, by=registrar))
    codes = list(NearbyPlace.objects.order_by("code").values_list("code", flat=True))
    assert codes == ["a@13.1000,49.1000", "a@13.2000,49.2000"]
    assert counts(tried("places", text, VALUES, by=registrar)) == [0, 0, 2, 0]
    undo_batch(batch=first, by=registrar, later=at_once)
    assert state_of((NearbyPlace,)) == before


@needs_samples
def test_schools_of_a_real_register(registrar: User) -> None:
    county_at(box(-2.6, 53.3, -2.2, 53.5))
    content = (Path(SAMPLES) / "schools" / "trafford_schools.csv").read_bytes()
    values = {**VALUES, "kind": "school", "source": "Trafford Data Lab"}
    batch = written(tried("places", content, values, by=registrar))
    assert counts(batch) == [103, 0, 0, 0]
    place = NearbyPlace.objects.get(code="106167")
    assert (place.name, place.kind, place.address) == ("St John Vianney School", "school", "M16 0EX")
    assert place.lon == pytest.approx(-2.278292, abs=1e-6)


@needs_samples
def test_stops_of_a_real_register_with_a_byte_order_mark(registrar: User) -> None:
    county_at(box(14, 49, 17, 51))
    content = (Path(SAMPLES) / "messy" / "bom_IredoTrainStops.csv").read_bytes()
    batch = written(tried("places", content, {**VALUES, "source": "IREDO"}, by=registrar))
    stop = NearbyPlace.objects.get(name="Doudleby nad Orlicí")
    assert (stop.kind, stop.code, stop.lon, stop.lat) == ("stop", "532606", 16.26, 50.1101)
    assert counts(batch)[0] == NearbyPlace.objects.count() > 100
