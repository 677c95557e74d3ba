"""Reading GeoJSON."""

from __future__ import annotations

import json
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape

from region.geometry.features import Feature, FeatureFile, epsg_of
from region.messages import Message, Problem
from region.messages import gettext_noop as _
from region.tables.encodings import recognise_encoding

_GEOMETRIES = frozenset(
    ("Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon", "GeometryCollection")
)


def parse_geojson(content: bytes, *, encoding: str = "") -> FeatureFile:
    """Features of a GeoJSON FeatureCollection, Feature or bare geometry, in any encoding that we recognise."""
    known = encoding or recognise_encoding(content)
    try:
        text = content.decode(known)
    except (UnicodeDecodeError, LookupError) as error:
        raise Problem(_("The file cannot be read in the encoding %(encoding)s."), encoding=known) from error
    document = _parsed(text)
    features = tuple(_feature(number, item) for number, item in enumerate(_items(document), start=1))
    return FeatureFile(features, "GeoJSON", encoding=known, declared=_declared(document.get("crs")))


def _parsed(text: str) -> dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise Problem(
            _("This is not valid JSON: line %(line)s, column %(column)s."), line=error.lineno, column=error.colno
        ) from error
    except RecursionError as error:
        raise Problem(_("This is not GeoJSON: it is nested too deeply.")) from error
    if not isinstance(document, dict):
        raise Problem(_("This is not GeoJSON: it has no features."))
    return document


def _items(document: dict[str, Any]) -> list[Any]:
    """Features of the document; a bare geometry becomes one feature without properties."""
    kind = document.get("type")
    if kind == "FeatureCollection" and isinstance(document.get("features"), list):
        if not document["features"]:
            raise Problem(_("The file has no features."))
        return list(document["features"])
    if kind == "Feature":
        return [document]
    if kind in _GEOMETRIES:
        return [{"type": "Feature", "properties": {}, "geometry": document}]
    if kind == "Topology":
        raise Problem(_("This is TopoJSON. Save it as GeoJSON first."))
    raise Problem(_("This is not GeoJSON: it has no features."))


def _feature(number: int, item: Any) -> Feature:
    """One feature; a broken geometry is kept as its fault, so that the others can still be told apart."""
    if not isinstance(item, dict):
        return Feature(number, {}, None, Message(_("This is not a GeoJSON feature.")))
    properties = item.get("properties")
    known = dict(properties) if isinstance(properties, dict) else {}
    if "id" in item:
        known.setdefault("id", item["id"])
    geometry = item.get("geometry")
    if geometry is None:
        return Feature(number, known, None, Message(_("The feature has no geometry.")))
    try:
        return Feature(number, known, shape(geometry))
    except (ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return Feature(number, known, None, Message(_("The geometry is broken.")))


def _declared(crs: Any) -> int | None:
    """EPSG number of the old ``crs`` member of GeoJSON, or None."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    if not isinstance(properties, dict):
        return None
    if "code" in properties:
        return epsg_of(f"EPSG:{properties['code']}")
    return epsg_of(str(properties.get("name", "")))
