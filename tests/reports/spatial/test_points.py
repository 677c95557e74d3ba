from __future__ import annotations

from dataclasses import fields, replace

from reports.spatial.points import PublicPoint, public_geojson

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
