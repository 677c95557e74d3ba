from __future__ import annotations

from dataclasses import replace

import pytest

from reports.spatial.osm import OsmCamera, camera_of_tags, direction, osm_geojson, osm_tags

FULL = OsmCamera(
    code="PM-12",
    name="Korandova",
    operator="Statutární město Plzeň",
    kind="ptz",
    surroundings="road",
    zone="public",
    lon=13.3776,
    lat=49.7475,
    azimuth=90,
    field=60,
)


def test_tags_of_a_camera() -> None:
    assert osm_tags(FULL) == {
        "man_made": "surveillance",
        "surveillance": "public",
        "surveillance:type": "camera",
        "camera:type": "panning",
        "surveillance:zone": "traffic",
        "operator": "Statutární město Plzeň",
        "name": "Korandova",
        "ref": "PM-12",
    }


@pytest.mark.parametrize(
    ("kind", "watcher", "camera"),
    [
        ("fixed", "camera", "fixed"),
        ("ptz", "camera", "panning"),
        ("panoramic", "camera", "dome"),
        ("multi_sensor", "camera", "fixed"),
        ("anpr", "ALPR", "fixed"),
        ("acoustic", "gunshot_detector", None),
        ("mobile", "camera", None),
        ("", "camera", None),
    ],
)
def test_tags_of_every_kind(kind: str, watcher: str, camera: str | None) -> None:
    tags = osm_tags(OsmCamera(kind=kind))
    assert (tags["surveillance:type"], tags.get("camera:type")) == (watcher, camera)
    assert (tags["surveillance:zone"], tags["surveillance"]) == ("town", "public")


def test_where_a_camera_looks_is_never_written() -> None:
    text = str(osm_geojson([FULL]))
    assert "direction" not in text
    assert "90" not in text
    assert "angle" not in text


@pytest.mark.parametrize("kind", ["fixed", "ptz", "anpr", "acoustic"])
def test_kinds_that_both_know_come_back(kind: str) -> None:
    camera = replace(FULL, kind=kind, lon=None, lat=None, azimuth=None, field=None)
    assert camera_of_tags(osm_tags(camera)) == camera


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"camera:type": "dome"}, "ptz"),
        ({"camera:type": "Panning"}, "ptz"),
        ({"camera:type": "webcam"}, ""),
        ({}, ""),
        ({"surveillance:type": "ANPR"}, "anpr"),
        ({"surveillance:type": "alpr", "camera:type": "dome"}, "anpr"),
    ],
)
def test_kind_of_tags(tags: dict[str, str], kind: str) -> None:
    camera = camera_of_tags({"man_made": "surveillance", **tags})
    assert camera is not None
    assert camera.kind == kind


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {"amenity": "school"},
        {"man_made": "tower", "surveillance:type": "camera"},
        {"man_made": "surveillance", "surveillance:type": "guard"},
    ],
)
def test_what_is_no_camera(tags: dict[str, str]) -> None:
    assert camera_of_tags(tags) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90", (90, None)),
        ("90°", (90, None)),
        ("365", (5, None)),
        ("NE", (45, None)),
        ("nnw", (337.5, None)),
        ("30-60", (45, 30)),
        ("350-10", (0, 20)),
        ("N-E", (45, 90)),
        ("0-360", (180, 360)),
        ("90;270", (None, None)),
        ("10-20-30", (None, None)),
        ("towards the church", (None, None)),
        ("nan", (None, None)),
        ("", (None, None)),
    ],
)
def test_direction(text: str, expected: tuple[float | None, float | None]) -> None:
    assert direction(text) == expected


def test_direction_of_tags() -> None:
    base = {"man_made": "surveillance"}
    told = camera_of_tags({**base, "camera:direction": "30-60", "direction": "100"})
    assert told is not None
    assert (told.azimuth, told.field) == (45, 30)
    other = camera_of_tags({**base, "direction": "100"})
    assert other is not None
    assert (other.azimuth, other.field) == (100, None)


def test_geojson_leaves_out_cameras_without_a_place() -> None:
    collection = osm_geojson([FULL, replace(FULL, lon=None, lat=None)])
    assert [feature["geometry"] for feature in collection["features"]] == [
        {"type": "Point", "coordinates": [13.3776, 49.7475]}
    ]
