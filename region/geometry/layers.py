"""Zipped shapefiles, GeoPackage and GML, read by GDAL through the optional package pyogrio."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from region.geometry.features import Feature, FeatureFile, epsg_of
from region.messages import Message, Problem
from region.messages import gettext_noop as _
from region.tables.encodings import recognise_encoding

INSTALL_COMMAND = "./run extra geo"
_KINDS = {".zip": "Shapefile", ".shp": "Shapefile", ".gpkg": "GeoPackage", ".gml": "GML", ".xml": "GML"}
# Byte of a DBF header that names its code page; zero says nothing.
_DBF_LANGUAGE = 29
_DBF_HEADER = 32
# So much of a shapefile's table is looked at to recognise its encoding.
_ENOUGH_BYTES = 4_000_000


def read_layer(path: Path, *, layer: str = "", encoding: str = "") -> FeatureFile:
    """Features of a layer (the only one, or the one named). Without pyogrio the `Problem` says what to run."""
    kind = _KINDS.get(path.suffix.lower())
    if kind is None:
        raise Problem(
            _("Boundaries are read from GeoJSON, a zipped shapefile, GeoPackage or GML; %(name)s is none of them."),
            name=path.name,
        )
    pyogrio = _pyogrio()
    chosen = _layer_name(pyogrio, path, layer)
    known = encoding or _shapefile_encoding(path)
    try:
        meta, _ids, shapes, columns = pyogrio.raw.read(path, layer=chosen, encoding=known or None)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError, ValueError, LookupError) as error:
        raise Problem(_("The file cannot be read as %(kind)s: %(error)s"), kind=kind, error=error) from error
    if shapes is None or not len(shapes):
        raise Problem(_("The file has no features."))
    names = [str(name) for name in meta["fields"]]
    rows = zip(*columns, strict=True) if columns else ((),) * len(shapes)
    features = tuple(
        _feature(number, dict(zip(names, row, strict=True)), wkb)
        for number, (row, wkb) in enumerate(zip(rows, shapes, strict=True), start=1)
    )
    return FeatureFile(features, kind, encoding=known, declared=_epsg(meta.get("crs")))


def _pyogrio() -> Any:
    try:
        import pyogrio
        import pyogrio.errors
        import pyogrio.raw
    except ImportError as error:
        raise Problem(
            _("This kind of file needs an additional package. Install it with: %(command)s"), command=INSTALL_COMMAND
        ) from error
    return pyogrio


def _layer_name(pyogrio: Any, path: Path, wanted: str) -> str:
    """Name of the layer to read: the wanted one, or the only one with geometry."""
    try:
        found = [str(name) for name, geometry in pyogrio.list_layers(path) if geometry is not None]
    except (pyogrio.errors.DataSourceError, ValueError) as error:
        raise Problem(_("The file cannot be opened; it may be damaged.")) from error
    if wanted in found:
        return wanted
    if wanted or len(found) != 1:
        raise Problem(
            _("Say with --layer which layer is meant. The file has: %(layers)s."), layers=", ".join(found) or "–"
        )
    return found[0]


def _feature(number: int, properties: dict[str, Any], wkb: bytes | None) -> Feature:
    plain = {name: _plain(value) for name, value in properties.items()}
    if wkb is None:
        return Feature(number, plain, None, Message(_("The feature has no geometry.")))
    try:
        return Feature(number, plain, shapely.from_wkb(wkb))
    except shapely.errors.ShapelyError:  # arcs and other curves
        return Feature(number, plain, None, Message(_("The geometry is broken.")))


def _plain(value: Any) -> Any:
    """Value of a field as Python's own type; a whole float becomes a whole number (codes), NaN nothing."""
    own = value.item() if isinstance(value, np.generic) else value
    if isinstance(own, float):
        if np.isnan(own):
            return None
        return int(own) if own.is_integer() else own
    return own


def _epsg(crs: str | None) -> int | None:
    """EPSG number of what the file declares: ``EPSG:5514`` or a description in WKT."""
    if not crs:
        return None
    try:
        return epsg_of(crs) or CRS.from_user_input(crs).to_epsg(min_confidence=20)
    except CRSError:
        return None


def _shapefile_encoding(path: Path) -> str:
    """Encoding of a zipped shapefile's texts, found in its bytes when the archive itself does not say; else empty."""
    if path.suffix.lower() != ".zip":
        return ""
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower(): name for name in archive.namelist()}
            tables = [names[name] for name in names if name.endswith(".dbf")]
            if len(tables) != 1 or any(name.endswith(".cpg") for name in names):
                return ""
            with archive.open(tables[0]) as table:
                content = table.read(_ENOUGH_BYTES)
    except zipfile.BadZipFile as error:
        raise Problem(_("The file cannot be opened; it may be damaged.")) from error
    if len(content) <= _DBF_HEADER or content[_DBF_LANGUAGE]:
        return ""
    return recognise_encoding(content[_DBF_HEADER:].replace(b"\x00", b" "))
