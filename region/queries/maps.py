"""Drawn maps of the region and of a town, kept in memory until something that they show changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.cache import caches
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from shapely.geometry import shape

from region.drawing.map import AreaSource, MapDrawing, PointSource, draw_map
from region.enums import RegionKind
from region.memory import digest, remembered
from region.queries.districts import district_shapes
from region.queries.profile import current_profile
from region.queries.towns import town_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from region.queries.towns import Shape

PLATE_TONES = {1: "amber", 2: "light", 3: "outline"}
# Names of places whose tones alternate, so that neighbours are told apart.
AREA_TONES = ("land", "alt")
# These two also suit the brand field of the home page.
TOWN_TONES = ("land", "city")


def region_map(*, on: date, urls: Mapping[str, str], words: Mapping[str, str] | None = None) -> MapDrawing | None:
    """Members on the region's outline, numbered; ``urls`` and ``words`` (for screen readers) by the town's slug.

    Without ``words`` a town is called by its name. None when no outline is known.
    1 query when something has changed since the last drawing, else none.
    """
    titles = words or {}
    name = f"region-map:{on.isoformat()}:{digest([urls, titles])}:{get_language()}"
    return remembered(name, lambda: _draw_region(on, urls, titles))


def districts_map(*, town_id: UUID, urls: Mapping[str, str], selected: str = "") -> MapDrawing | None:
    """Districts of a town with their numbers; ``urls`` by the district's number. None when no boundary is known.

    ``selected`` is the number of a district drawn darker. 1 query when something has changed since the last drawing,
    else none.
    """
    name = f"town-map:{town_id}:{digest([urls, selected])}:{get_language()}"
    return remembered(name, lambda: _draw_districts(district_shapes(town_id), urls, selected))


def _draw_region(on: date, urls: Mapping[str, str], words: Mapping[str, str]) -> MapDrawing | None:
    profile, towns = current_profile(), town_shapes(on)
    if profile.kind == RegionKind.CITY or not profile.boundary:
        return _same_drawing([_town_area(town, urls, words) for town in towns if town.boundary], [])
    outline = shape(profile.boundary)
    land = AreaSource(outline, profile.name)
    areas = [_backed_area(town, urls) for town in towns if town.boundary]
    return _same_drawing(
        [land, *areas], [_town_point(town, urls, words) for town in towns if town.lon is not None], outline
    )


def _backed_area(town: Shape, urls: Mapping[str, str]) -> AreaSource:
    """A town's area on the region's: its plate carries the link, unless it has none."""
    url = "" if town.lon is not None else urls.get(town.slug, "")
    return AreaSource(shape(town.boundary or {}), town.name, url, "city")


def _town_area(town: Shape, urls: Mapping[str, str], words: Mapping[str, str]) -> AreaSource:
    title = words.get(town.slug, town.name)
    tone = TOWN_TONES[int(town.number) % len(TOWN_TONES)]
    return AreaSource(shape(town.boundary or {}), title, urls.get(town.slug, ""), tone, town.number, town.name)


def _town_point(town: Shape, urls: Mapping[str, str], words: Mapping[str, str]) -> PointSource:
    title, tone = words.get(town.slug, town.name), PLATE_TONES.get(town.wave or 0, "outline")
    return PointSource(town.lon or 0, town.lat or 0, town.number, town.name, urls.get(town.slug, ""), title, tone)


def _draw_districts(districts: Sequence[Shape], urls: Mapping[str, str], selected: str) -> MapDrawing | None:
    areas = [
        AreaSource(
            shape(district.boundary or {}),
            _("District %(number)s: %(name)s") % {"number": district.code, "name": district.name},
            urls.get(district.code, ""),
            "on" if district.code == selected else AREA_TONES[place % len(AREA_TONES)],
            district.code,
            # The page's heading names the chosen one; dark letters would not be read on its dark area.
            "" if district.code == selected else district.name,
        )
        for place, district in enumerate(districts)
    ]
    return _same_drawing(areas, [])


# What was drawn last for the same shapes: most changes of content leave the map as it was.
_DRAWN = "drawn:"


def _same_drawing(areas: list[AreaSource], points: list[PointSource], outline: Any = None) -> MapDrawing | None:
    """Draw, unless the very same was drawn before; drawing a hundred boundaries takes a tenth of a second."""
    if not areas:
        return None
    facts = [[area.shape.wkb_hex, area.title, area.url, area.tone, area.number, area.name] for area in areas]
    dots = [[point.lon, point.lat, point.number, point.name, point.url, point.title, point.tone] for point in points]
    name, cache = f"{_DRAWN}{digest([facts, dots])}", caches["objects"]
    drawing: MapDrawing | None = cache.get(name)
    if drawing is None:
        drawing = draw_map(areas=areas, points=points, outline=outline)
        cache.set(name, drawing, timeout=None)
    return drawing
