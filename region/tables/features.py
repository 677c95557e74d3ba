"""GeoJSON and answers of OpenStreetMap's Overpass as tables: a row for each feature, its properties and its point."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
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
_BEGINNING = re.compile(rb"[\xef\xbb\xbf\xff\xfe\s]*\{\s*[\"}]")
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
    features = parse_geojson(_collection(content)).features
    names = list(dict.fromkeys(name for feature in features for name in feature.properties))
    yield 1, [*map(_heading, names), LON, LAT]
    for feature in features:
        values = (_text(feature.properties.get(name)) for name in names)
        yield feature.number + 1, [*values, *_point(feature)]


def _collection(content: bytes) -> bytes:
    """The features of a document; an answer of Overpass is written as such a collection first."""
    encoding = recognise_encoding(content)
    try:
        document = json.loads(content.decode(encoding))
    except (ValueError, RecursionError, LookupError):
        # What is wrong with it is said in words by whoever reads it in earnest.
        return content
    elements = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(elements, list):
        return content
    found = [_element(element) for element in elements if isinstance(element, Mapping) and element.get("tags")]
    return json.dumps({"type": "FeatureCollection", "features": found}).encode()


def _element(element: Mapping[str, Any]) -> dict[str, Any]:
    """A node with its tags, or a way or relation with its centre, as a feature."""
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
