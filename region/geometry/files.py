"""Reading boundary files: GeoJSON by ourselves, other formats through the optional package pyogrio."""

from __future__ import annotations

from pathlib import Path

from region.geometry.features import FeatureFile
from region.geometry.geojson import parse_geojson
from region.geometry.layers import read_layer
from region.messages import Problem
from region.messages import gettext_noop as _

MOST_BYTES = 300_000_000


def read_features(path: Path, *, layer: str = "", encoding: str = "") -> FeatureFile:
    """Features of a GeoJSON file, or (with pyogrio) a zipped shapefile, GeoPackage or GML.

    Raises `Problem` for a file that is missing, too large, broken, or of a kind that cannot be read here.
    """
    if not path.is_file():
        raise Problem(_("There is no file %(path)s."), path=path)
    if path.stat().st_size > MOST_BYTES:
        raise Problem(_("The file is larger than %(size)s MB."), size=MOST_BYTES // 1_000_000)
    if path.suffix.lower() in (".json", ".geojson") or _looks_like_json(path):
        return parse_geojson(path.read_bytes(), encoding=encoding)
    return read_layer(path, layer=layer, encoding=encoding)


def _looks_like_json(path: Path) -> bool:
    with path.open("rb") as file:
        start = file.read(64)
    return start.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:1] in (b"{", b"[")
