from __future__ import annotations

import json
from dataclasses import fields, replace

from shapely.geometry import Point, box

from region.geometry.features import Feature
from region.geometry.geojson import parse_geojson
from reports.spatial.points import PublicPoint, public_geojson, rows_of

POINT = PublicPoint(
    code="PM-12",
    name="Korandova × Plachého",
    system="MKDS Plzeň",
    town="Plzeň",
    district="Centrum",
    address="Korandova 1",
    stage="active",
    surroundings="road",
    location="exact",
    lon=13.37764321,
    lat=49.74751234,
    devices=2,
    sensors=6,
    kinds=("fixed", "ptz"),
    has_audio=False,
    url="https://example.org/figures/cameras/points/pm-12/",
)


def test_geojson_of_a_point() -> None:
    (feature,) = public_geojson([POINT])["features"]
    assert feature == {
        "type": "Feature",
        "id": "PM-12",
        "geometry": {"type": "Point", "coordinates": [13.377643, 49.747512]},
        "properties": {
            "code": "PM-12",
            "name": "Korandova × Plachého",
            "system": "MKDS Plzeň",
            "town": "Plzeň",
            "district": "Centrum",
            "address": "Korandova 1",
            "stage": "active",
            "surroundings": "road",
            "location": "exact",
            "devices": 2,
            "sensors": 6,
            "kinds": ["fixed", "ptz"],
            "has_audio": False,
            "url": "https://example.org/figures/cameras/points/pm-12/",
        },
    }


def test_public_point_has_no_room_for_what_is_not_public() -> None:
    words = ("azimuth", "field", "range", "model", "maker", "network", "serial", "address_ip", "staff", "grant", "note")
    names = {one.name for one in fields(PublicPoint)}
    assert not [name for name in names for word in words if word in name]


def test_approximate_place_has_fewer_digits() -> None:
    (feature,) = public_geojson([replace(POINT, location="approximate")])["features"]
    assert feature["geometry"]["coordinates"] == [13.378, 49.748]


def test_point_without_a_place_stays() -> None:
    (feature,) = public_geojson([replace(POINT, location="none", lon=None, lat=None)])["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["location"] == "none"


def test_rows_of_our_own_export_come_back() -> None:
    content = json.dumps(public_geojson([POINT, replace(POINT, code="PM-13", lon=None, lat=None)])).encode()
    names, rows = rows_of(parse_geojson(content).features)
    first, second = (dict(zip(names, row, strict=True)) for row in rows)
    assert (first["code"], first["lon"], first["lat"], first["kinds"]) == (
        "PM-12",
        13.377643,
        49.747512,
        '["fixed", "ptz"]',
    )
    assert (second["code"], second["lon"], second["lat"]) == ("PM-13", None, None)


def test_rows_have_the_columns_of_all_features() -> None:
    features = [
        Feature(1, {"name": "A", "lon": "written elsewhere"}, Point(13.4, 49.7)),
        Feature(2, {"ref": 5}, box(13.0, 49.0, 13.2, 49.2)),
        Feature(3, {"name": "C"}, Point()),
    ]
    assert rows_of(features) == (
        ("name", "ref", "lon", "lat"),
        [("A", None, 13.4, 49.7), (None, 5, 13.1, 49.1), ("C", None, None, None)],
    )
