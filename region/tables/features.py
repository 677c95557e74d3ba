"""GeoJSON, answers of OpenStreetMap's Overpass and other JSON as tables: a row for each feature or record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from region.geometry.features import Feature
from region.geometry.geojson import parse_geojson
from region.messages import Problem
from region.messages import gettext_noop as _
from region.tables.encodings import recognise_encoding
from region.tables.spool import NumberedRow
from region.tables.values import value_text

FORMAT = "GeoJSON"
LON, LAT = "lon", "lat"
_BEGINNING = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*(?:\[\s*)?\{\s*[\"}]")
_MOST_BYTES = 30_000_000
_DIGITS = 7


def is_features(file: IO[bytes]) -> bool:
    """Whether a file is JSON, by its first signs; leaves it at its beginning."""
    start = file.read(200).replace(b"\0", b"")
    file.seek(0)
    return _BEGINNING.match(start) is not None


def feature_rows(file: IO[bytes]) -> Iterator[NumberedRow]:
    """A header row with the names of all properties, then one row for each feature, numbered from 2.

    The point stands in `lon` and `lat`, as written in the file; of an area or a line it is a point within. A feature
    whose geometry is missing or broken has none. Raises `Problem` for what is no GeoJSON.
    """
    content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise Problem(
            _("The file is larger than %(size)s MB; this is hardly the table that is meant."),
            size=_MOST_BYTES // 1_000_000,
        )
    document = _document(content)
    records = _records(document)
    if records:
        yield from _record_rows(records)
        return
    features = parse_geojson(_collection(document, content)).features
    names = list(dict.fromkeys(name for feature in features for name in feature.properties))
    yield 1, [*map(_heading, names), LON, LAT]
    for feature in features:
        values = (_text(feature.properties.get(name)) for name in names)
        yield feature.number + 1, [*values, *_point(feature)]


def _document(content: bytes) -> Any:
    """What the JSON holds; None when it cannot be read."""
    encoding = recognise_encoding(content)
    try:
        return json.loads(content.decode(encoding))
    except (ValueError, RecursionError, LookupError):
        # What is wrong with it is said in words by whoever reads it in earnest.
        return None


def _records(document: Any) -> list[Mapping[str, Any]]:
    """Records of plain JSON: a list of them, or the only such list in what programs put around one."""
    if isinstance(document, list):
        return document if document and all(isinstance(one, Mapping) for one in document) else []
    if not isinstance(document, Mapping) or {"features", "elements", "geometry", "coordinates"} & {*document}:
        return []
    found = [records for inner in document.values() if (records := _records(inner))]
    return found[0] if len(found) == 1 else []


def _record_rows(records: Sequence[Mapping[str, Any]]) -> Iterator[NumberedRow]:
    names = list(dict.fromkeys(name for record in records for name in record))
    yield 1, [str(name) for name in names]
    for number, record in enumerate(records, start=2):
        yield number, [_text(record.get(name)) for name in names]


def _collection(document: Any, content: bytes) -> bytes:
    """The features of a document; answers of Overpass and of Esri's servers are written as such a collection first."""
    if not isinstance(document, dict):
        return content
    for name, make in (("elements", _element), ("features", _esri)):
        items = document.get(name)
        if isinstance(items, list) and (found := [one for item in items if (one := make(item))]):
            return json.dumps({"type": "FeatureCollection", "features": found}).encode()
    return content


def _esri(item: Any) -> dict[str, Any] | None:
    """A feature with attributes and a point x, y; None for one of GeoJSON."""
    if not isinstance(item, Mapping) or not isinstance(item.get("attributes"), Mapping):
        return None
    spot: Any = item.get("geometry")
    has_place = isinstance(spot, Mapping) and {"x", "y"} <= {*spot}
    place = {"type": "Point", "coordinates": [spot["x"], spot["y"]]} if has_place else None
    return {"type": "Feature", "properties": dict(item["attributes"]), "geometry": place}


def _element(element: Any) -> dict[str, Any] | None:
    """A node with its tags, or a way or relation with its centre, as a feature; None for one without tags."""
    if not isinstance(element, Mapping) or not element.get("tags"):
        return None
    tags, spot = element["tags"], element.get("center", element)
    has_place = isinstance(spot, Mapping) and {LON, LAT} <= {*spot}
    place = {"type": "Point", "coordinates": [spot[LON], spot[LAT]]} if has_place else None
    known = dict(tags) if isinstance(tags, Mapping) else {}
    return {
        "type": "Feature",
        "properties": {"@id": f"{element.get('type', 'node')}/{element.get('id', '')}", **known},
        "geometry": place,
    }


def _heading(name: str) -> str:
    """A property's name; one that is called as our columns of the point steps aside."""
    return f"{name} (property)" if name.strip().lower() in (LON, LAT) else name


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value_text(value)


def _point(feature: Feature) -> tuple[str, str]:
    geometry = feature.geometry
    if geometry is None or geometry.is_empty:
        return "", ""
    spot: Any = geometry if geometry.geom_type == "Point" else geometry.representative_point()
    return _number(spot.x), _number(spot.y)


def _number(value: float) -> str:
    return value_text(round(float(value), _DIGITS))
