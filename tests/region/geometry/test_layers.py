from __future__ import annotations

import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from region.geometry.files import read_features
from region.geometry.layers import _epsg, _feature
from region.messages import Problem

SQUARE = box(13.0, 49.0, 13.1, 49.1)
GML = """<?xml version="1.0" encoding="utf-8"?>
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml/3.2" gml:id="a">
  <ogr:featureMember><ogr:obce gml:id="o.0"><ogr:kod>559300</ogr:kod><ogr:nazev>Přeštice</ogr:nazev>
    <ogr:geometryProperty><gml:Polygon srsName="{system}" gml:id="g.0"><gml:exterior><gml:LinearRing>
      <gml:posList>49 13 49 13.1 49.1 13.1 49.1 13 49 13</gml:posList>
    </gml:LinearRing></gml:exterior></gml:Polygon></ogr:geometryProperty>
  </ogr:obce></ogr:featureMember>
</ogr:FeatureCollection>
"""


@pytest.fixture
def pyogrio() -> Any:
    return pytest.importorskip("pyogrio.raw", reason="the optional package pyogrio is not installed")


def write(pyogrio: Any, path: Path, shapes: list[BaseGeometry | None], names: list[str], **options: Any) -> Path:
    """A file with codes and names, in the system given by `crs`."""
    wkb = np.array([shapely.to_wkb(shape) if shape else None for shape in shapes], dtype=object)
    values = [np.arange(1, len(shapes) + 1, dtype=float), np.array(names, dtype=object)]
    chosen = {"crs": "EPSG:4326", "geometry_type": "Polygon", **options}
    pyogrio.write(path, wkb, values, fields=["kod", "nazev"], **chosen)
    return path


def packed(folder: Path, without: str = "") -> Path:
    path = folder / "towns.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.glob("towns.*")):
            if file.suffix not in (".zip", without):
                archive.write(file, file.name)
    return path


def test_read_layer_without_the_package_says_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "towns.gpkg"
    path.write_bytes(b"SQLite format 3\x00")
    monkeypatch.setitem(sys.modules, "pyogrio", None)
    with pytest.raises(Problem) as caught:
        read_features(path)
    assert str(caught.value) == "This kind of file needs an additional package. Install it with: ./run extra geo"


def test_read_layer_of_a_geopackage(tmp_path: Path, pyogrio: Any) -> None:
    way = Transformer.from_crs(4326, 5514, always_xy=True)
    metres = shapely.transform(SQUARE, lambda points: np.column_stack(way.transform(points[:, 0], points[:, 1])))
    path = write(pyogrio, tmp_path / "towns.gpkg", [metres, None], ["Přeštice", ""], crs="EPSG:5514")
    file = read_features(path)
    assert (file.format, file.declared) == ("GeoPackage", 5514)
    assert [dict(found.properties) for found in file.features] == [
        {"kod": 1, "nazev": "Přeštice"},
        {"kod": 2, "nazev": ""},
    ]
    assert [str(found.fault) for found in file.features] == ["None", "The feature has no geometry."]
    assert file.features[0].geometry is not None
    assert file.features[0].geometry.equals_exact(metres, 1e-6)


@pytest.mark.parametrize("encoding", ["cp1250", "UTF-8"])
def test_read_layer_of_a_zipped_shapefile_without_a_named_encoding(tmp_path: Path, pyogrio: Any, encoding: str) -> None:
    names = ["Přeštice", "Žihle", "Železná Ruda", "Šťáhlavy"]
    write(pyogrio, tmp_path / "towns.shp", [SQUARE] * 4, names, encoding=encoding)
    table = bytearray((tmp_path / "towns.dbf").read_bytes())
    table[29] = 0
    (tmp_path / "towns.dbf").write_bytes(bytes(table))
    file = read_features(packed(tmp_path, without=".cpg"))
    assert [found.properties["nazev"] for found in file.features] == names
    assert (file.format, file.declared) == ("Shapefile", 4326)


def test_read_layer_of_a_zipped_shapefile_that_names_its_encoding(tmp_path: Path, pyogrio: Any) -> None:
    write(pyogrio, tmp_path / "towns.shp", [SQUARE], ["Přeštice"], encoding="cp1250")
    file = read_features(packed(tmp_path))
    assert (file.encoding, file.features[0].properties["nazev"]) == ("", "Přeštice")


@pytest.mark.parametrize("system", ["urn:ogc:def:crs:EPSG::4326", "EPSG:4326"])
def test_read_layer_of_gml(tmp_path: Path, pyogrio: Any, system: str) -> None:
    path = tmp_path / "towns.gml"
    path.write_text(GML.format(system=system), encoding="utf-8")
    file = read_features(path)
    assert (file.format, file.declared) == ("GML", 4326)
    assert (file.features[0].properties["kod"], file.features[0].properties["nazev"]) == (559300, "Přeštice")


def test_read_layer_of_several(tmp_path: Path, pyogrio: Any) -> None:
    path = write(pyogrio, tmp_path / "towns.gpkg", [SQUARE], ["a"], layer="obce")
    write(pyogrio, path, [SQUARE, SQUARE], ["a", "b"], layer="okresy", append=True)
    with pytest.raises(Problem, match=r"Say with --layer .* obce, okresy"):
        read_features(path)
    assert len(read_features(path, layer="okresy").features) == 2
    with pytest.raises(Problem, match="--layer"):
        read_features(path, layer="kraje")


@pytest.mark.parametrize(("name", "words"), [("towns.gpkg", "cannot be opened"), ("towns.zip", "cannot be opened")])
def test_read_layer_of_a_damaged_file(tmp_path: Path, pyogrio: Any, name: str, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" + b"\x00" * 50)
    with pytest.raises(Problem, match=words):
        read_features(path)


def test_read_layer_without_features(tmp_path: Path, pyogrio: Any) -> None:
    path = write(pyogrio, tmp_path / "towns.gpkg", [], [])
    with pytest.raises(Problem, match="no features"):
        read_features(path)


def test_read_layer_of_a_description_in_words() -> None:
    wkt = CRS.from_epsg(5514).to_wkt()
    assert (_epsg(wkt), _epsg("EPSG:2180"), _epsg(None), _epsg("no system")) == (5514, 2180, None, None)


def test_read_layer_of_a_curve() -> None:
    found = _feature(1, {"kod": np.float64("nan"), "plocha": 1.5}, b"\x01\x0a\x00\x00\x00")
    assert (dict(found.properties), str(found.fault)) == ({"kod": None, "plocha": 1.5}, "The geometry is broken.")


def test_read_layer_that_cannot_be_read(tmp_path: Path, pyogrio: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(pyogrio, tmp_path / "towns.gpkg", [SQUARE], ["a"])
    monkeypatch.setattr(pyogrio, "read", lambda *_names, **_options: (_ for _ in ()).throw(ValueError("short")))
    with pytest.raises(Problem, match="cannot be read as GeoPackage: short"):
        read_features(path)


def test_read_layer_of_a_zip_of_several_tables(tmp_path: Path, pyogrio: Any) -> None:
    write(pyogrio, tmp_path / "towns.shp", [SQUARE], ["a"])
    (tmp_path / "towns.b.dbf").write_bytes(b"")
    assert read_features(packed(tmp_path)).encoding == ""
