from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from region.geometry import files
from region.geometry.features import epsg_of
from region.geometry.files import read_features
from region.geometry.geojson import parse_geojson
from region.messages import Problem

POINT = {"type": "Point", "coordinates": [13.0, 49.0]}


def encoded(document: Any, encoding: str = "utf-8") -> bytes:
    return json.dumps(document, ensure_ascii=False).encode(encoding)


def collection(*features: Any, **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_parse_geojson_in_any_encoding(encoding: str) -> None:
    file = parse_geojson(encoded(collection(feature(POINT, name="Přeštice a Železná Ruda")), encoding))
    assert [dict(found.properties) for found in file.features] == [{"name": "Přeštice a Železná Ruda"}]
    assert (file.format, file.declared) == ("GeoJSON", None)


@pytest.mark.parametrize("document", [feature(POINT), POINT])
def test_parse_geojson_of_one_thing(document: Any) -> None:
    found = parse_geojson(encoded(document)).features
    assert [(one.number, str(one.geometry)) for one in found] == [(1, "POINT (13 49)")]


def test_parse_geojson_keeps_the_id_of_a_feature() -> None:
    file = parse_geojson(encoded(collection({**feature(POINT), "id": 7}, {**feature(POINT, id="own"), "id": 8})))
    assert [found.properties["id"] for found in file.features] == [7, "own"]


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ("no feature", "This is not a GeoJSON feature."),
        (feature(None), "The feature has no geometry."),
        (feature({"type": "Polygon", "coordinates": [[[13, 49], [13, 50]]]}), "The geometry is broken."),
        (feature({"type": "Polygon", "coordinates": "?"}), "The geometry is broken."),
        (feature({"type": "Curve", "coordinates": []}), "The geometry is broken."),
        (feature("?"), "The geometry is broken."),
        ({"type": "Feature", "properties": 5, "geometry": None}, "The feature has no geometry."),
    ],
)
def test_parse_geojson_keeps_the_faults_of_features(item: Any, fault: str) -> None:
    found = parse_geojson(encoded(collection(item, feature(POINT)))).features
    assert [str(one.fault) for one in found] == [fault, "None"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"type": "FeatureCollection",\n "features": [}', "not valid JSON: line 2, column 15"),
        (b"[1, 2]", "it has no features"),
        (b"{}", "it has no features"),
        (encoded(collection()), "The file has no features"),
        (encoded({"type": "Topology"}), "TopoJSON"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b"", "empty"),
    ],
)
def test_parse_geojson_of_something_else(content: bytes, words: str) -> None:
    with pytest.raises(Problem) as caught:
        parse_geojson(content)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("crs", "epsg"),
    [
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, 4326),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::5514"}}, 5514),
        ({"type": "name", "properties": {"name": "EPSG:2180"}}, 2180),
        ({"type": "EPSG", "properties": {"code": 3857}}, 3857),
        ({"type": "name", "properties": {"name": "Křovák"}}, None),
        ({"type": "name"}, None),
        ("EPSG:5514", None),
    ],
)
def test_parse_geojson_with_a_declared_system(crs: Any, epsg: int | None) -> None:
    assert parse_geojson(encoded(collection(feature(POINT), crs=crs))).declared == epsg


def test_epsg_of_a_web_address() -> None:
    assert epsg_of("http://www.opengis.net/def/crs/EPSG/0/4258") == 4258


def test_parse_geojson_in_the_wrong_encoding_is_refused() -> None:
    with pytest.raises(Problem, match="cannot be read in the encoding utf-8"):
        parse_geojson(encoded(collection(feature(POINT, name="Přeštice")), "cp1250"), encoding="utf-8")


def test_read_features_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "towns.txt"
    path.write_bytes(encoded(collection(feature(POINT)), "utf-8-sig"))
    assert len(read_features(path).features) == 1


def test_read_features_of_no_file(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="There is no file"):
        read_features(tmp_path / "none.geojson")


def test_read_features_of_a_file_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_BYTES", 3)
    path = tmp_path / "towns.geojson"
    path.write_bytes(b"1234")
    with pytest.raises(Problem, match="larger than 0 MB"):
        read_features(path)


def test_read_features_of_another_kind(tmp_path: Path) -> None:
    path = tmp_path / "towns.dwg"
    path.write_bytes(b"AC1032")
    with pytest.raises(Problem, match=r"towns\.dwg is none of them"):
        read_features(path)
