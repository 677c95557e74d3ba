"""Shapes for the map that can be moved: simplified, with links, kept by browsers until something changes."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from shapely.geometry import mapping
from shapely.geometry import shape as geometry

from region.clock import today
from region.memory import digest, remembered
from region.queries.districts import district_shapes
from region.queries.profile import current_profile
from region.queries.towns import Shape, town_by_slug, town_shapes

# About 20 m and 5 m: finer than a finger on a screen that shows the whole region or town.
REGION_TOLERANCE = 0.0003
TOWN_TOLERANCE = 0.00005
DECIMALS = 5
SECONDS = 300


@require_safe
def map_data(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the member towns, or of the districts of ``?town=slug``; 304 when the browser has it already."""
    slug = request.GET.get("town", "")
    if slug and not slug_re.fullmatch(slug):
        raise Http404
    body = _kept(slug)
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") in (etag, f"W/{etag}"):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(body, content_type="application/geo+json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    return response


def _kept(slug: str) -> bytes:
    """The text from this process's memory, or made anew when the content has changed."""
    name = f"map-data:{get_language()}:{today()}:{digest(slug)}"
    return remembered(
        name,
        lambda: json.dumps(_collection(slug), ensure_ascii=False, separators=(",", ":")).encode(),
        cache="files",
    )


def _collection(slug: str) -> dict[str, Any]:
    profile = current_profile()
    if slug:
        town = town_by_slug(slug, today())
        if town is None:
            raise Http404
        features = [
            _feature(shape, reverse("region:district", args=[slug, shape.code]), TOWN_TOLERANCE)
            for shape in district_shapes(town.id)
        ]
    else:
        features = [
            _feature(shape, reverse("region:town", args=[shape.slug]), REGION_TOLERANCE)
            for shape in town_shapes(today())
        ]
    found = [feature for feature in features if feature]
    outline = simplified(profile.boundary, REGION_TOLERANCE) if profile.boundary and not slug else None
    return {
        "type": "FeatureCollection",
        "features": found,
        "outline": outline,
        "tiles": profile.tile_url,
        "attribution": profile.tile_attribution,
    }


def _feature(shape: Shape, url: str, tolerance: float) -> dict[str, Any] | None:
    """A town or district; a town without a boundary is shown by its point."""
    words = {"name": shape.name, "number": shape.number, "url": url}
    if shape.boundary:
        return {"type": "Feature", "geometry": simplified(shape.boundary, tolerance), "properties": words}
    if shape.lon is None or shape.lat is None:
        return None
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [shape.lon, shape.lat]},
        "properties": words,
    }


def simplified(boundary: dict[str, Any], tolerance: float) -> dict[str, Any]:
    """GeoJSON geometry without corners closer than ``tolerance`` degrees to the line, rounded to about a metre."""
    plain = mapping(geometry(boundary).simplify(tolerance))
    return {"type": plain["type"], "coordinates": _rounded(plain["coordinates"])}


def _rounded(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_rounded(part) for part in value]
