"""Maps drawn on the server, kept in memory until the content changes (drawing takes tenths of a second)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import get_language
from shapely.geometry import shape as geometry
from shapely.geometry.base import BaseGeometry

from region.drawing.map import AreaSource, MapDrawing, PointSource, draw_map
from region.memory import remembered
from region.queries.districts import district_shapes
from region.queries.profile import current_profile
from region.queries.towns import Shape, TownFacts, town_shapes

UrlOf = Callable[[str], str]
# Tones of plates by wave of joining, as in lists of towns.
WAVE_TONES = {1: "amber", 2: "light", 3: "outline"}


def region_map(*, on: date, url_of: UrlOf, key: str, selected: str = "") -> MapDrawing | None:
    """Map of the members on the day: areas and numbered plates, each linked to ``url_of(slug)``, if there are any.

    ``key`` names the kind of links (maps with other links need another key); ``selected`` is the slug of a town drawn
    darker.
    """
    name = f"map:region:{key}:{selected}:{on}:{get_language()}"
    return remembered(name, lambda: _draw_region(on, url_of, selected))


def town_map(town: TownFacts, *, url_of: UrlOf, key: str, selected: str = "") -> MapDrawing | None:
    """Map of a town's districts, each linked to ``url_of(code)``; nothing when none has a boundary.

    ``selected`` is the number of a district drawn darker.
    """
    name = f"map:town:{key}:{town.slug}:{selected}:{get_language()}"
    return remembered(name, lambda: _draw_town(town, url_of, selected))


def _draw_region(on: date, url_of: UrlOf, selected: str) -> MapDrawing | None:
    towns = town_shapes(on)
    whole = _shape(current_profile().boundary)
    areas = [
        AreaSource(area, town.name, url_of(town.slug), tone="on" if town.slug == selected else "city")
        for town in towns
        if (area := _shape(town.boundary)) is not None
    ]
    if whole is None and not areas:
        return None
    backdrop = [AreaSource(whole, "")] if whole is not None else []
    return draw_map(
        areas=[*backdrop, *areas],
        points=[_point(town, url_of) for town in towns if town.lon is not None],
        outline=whole,
    )


def _point(town: Shape, url_of: UrlOf) -> PointSource:
    return PointSource(
        lon=town.lon or 0,
        lat=town.lat or 0,
        number=town.number,
        name=town.name,
        url=url_of(town.slug),
        title=f"{town.number} {town.name}",
        tone=WAVE_TONES.get(town.wave or 0, "brand"),
    )


def _draw_town(town: TownFacts, url_of: UrlOf, selected: str) -> MapDrawing | None:
    areas = [
        AreaSource(
            geometry(district.boundary),
            f"{district.code} {district.name}",
            url_of(district.code),
            tone="on" if district.code == selected else ("land", "alt")[index % 2],
            number=district.code,
            # The page's heading names the chosen one; dark letters would not be read on its dark area.
            name="" if district.code == selected else district.name,
        )
        for index, district in enumerate(district_shapes(town.id))
        if district.boundary
    ]
    return draw_map(areas=areas) if areas else None


def _shape(boundary: object) -> BaseGeometry | None:
    return geometry(boundary) if isinstance(boundary, dict) else None
