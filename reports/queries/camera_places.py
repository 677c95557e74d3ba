"""Charts of where cameras are: what they reach, schools near them, equal cells of the map, cameras of others."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.utils.translation import gettext, ngettext, pgettext
from shapely.geometry import mapping

from region.chart import Area, Chart, ChartKind, Point, Series, Source
from region.geometry.shapes import from_geojson
from region.models import SecurityDistrict, Town
from region.numerals import number, percent
from region.queries.profile import current_profile
from reports.enums.places import PlaceKind
from reports.models import NearbyPlace
from reports.queries.camera_charts import POINTS, bars, day_of, register_source
from reports.queries.camera_groups import active_places
from reports.queries.cameras import external_cameras
from reports.queries.coverage import coverage_of_parts, coverage_of_region
from reports.queries.figures_math import share_of
from reports.queries.figures_words import day
from reports.spatial.hexagons import Cell, cell_shape, counted_cells
from reports.spatial.nearness import nearest
from reports.spatial.systems import at_home

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from reports.asked import Asked
    from reports.models import CoverageResult
    from reports.spatial.nearness import LonLat

# Metres within which a camera point counts as near.
RADII = (100, 200, 300, 500)
# Kinds of places that the figure tells of.
_KINDS = (PlaceKind.SCHOOL, PlaceKind.KINDERGARTEN, PlaceKind.STOP)
# Cells of the map in square metres, the finest first: the first that gives few enough rows of cells is taken.
CELLS = (20_000, 100_000, 500_000, 2_000_000, 10_000_000, 50_000_000, 200_000_000)
MOST_ROWS = 16
_HECTARE = 10_000


def coverage_chart(asked: Asked) -> Chart | None:
    """How much of each district, or town, lies within reach of cameras, as calculated last. Two queries."""
    region, parts = coverage_of_region(), coverage_of_parts(asked)
    if region is None or not region.ranges or not parts:
        return None
    largest = max(parts, key=lambda row: row.share or 0)
    values = {"name": _area_name(largest), "share": percent(_share(largest), 1)}
    return Chart(
        key="cameras-coverage",
        title=gettext("Within reach of cameras at most; the largest share: %(name)s, %(share)s") % values,
        kind=ChartKind.AREAS,
        categories=tuple(map(_area_name, parts)),
        series=(Series(gettext("% of the area"), tuple(map(_covered, parts)), source=0),),
        unit=gettext("% of the area"),
        category_title=pgettext("heading of a column", "Area"),
        decimals=1,
        sources=(register_source(region.as_of),),
        note=_coverage_note(region),
        how=gettext(
            "ranges of all cameras at active points united, so that ground within several ranges counts once, and "
            "measured in the equal-area system EPSG:3035. Buildings, trees and light are not known, so this is the "
            "most that could be seen, never what is seen."
        ),
        areas=tuple(Area(_boundary(row)) for row in parts),
    )


def near_chart(asked: Asked) -> Chart | None:
    """Which part of schools, kindergartens and stops has an active camera point within some distances.

    Only points whose place is exact count, beyond the border of the town asked for as well; a place exactly that far
    away is within. Two queries, three for a town or district.
    """
    on, epsg = day_of(asked), current_profile().coordinate_system
    everywhere = replace(asked, town=None, district=None)
    located = active_places(everywhere, on)
    exact = list(zip(located.lon[located.is_exact].tolist(), located.lat[located.is_exact].tolist(), strict=True))
    points = _at_home(exact, epsg)
    places, sources = _places(asked, epsg)
    if not points or not places:
        return None
    distances = {
        kind: nearest(places=spots, points=points, metres=RADII[-1], epsg=epsg) for kind, spots in places.items()
    }
    series = tuple(
        Series(str(PlaceKind(kind).label), tuple(_within(found, radius) for radius in RADII))
        for kind, found in distances.items()
    )
    return Chart(
        key="cameras-near-schools",
        title=_near_title(distances),
        kind=ChartKind.GROUPED if len(series) > 1 else ChartKind.BARS,
        categories=tuple(gettext("within %(metres)s m") % {"metres": radius} for radius in RADII),
        series=series,
        unit=gettext("% of places"),
        category_title=pgettext("heading of a column", "Distance"),
        decimals=1,
        sources=(register_source(on), *sources),
        note=_near_note(distances, len(located.lon) - len(exact)),
        how=gettext(
            "straight distances between places of public registers and exact places of active camera points, in the "
            "national system of coordinates. Near does not mean in view."
        ),
    )


def cells_chart(asked: Asked) -> Chart | None:
    """Active camera points in equal cells of the map. One query."""
    on = day_of(asked)
    places = active_places(asked, on)
    if not places.lon.size:
        return None
    size, counted = _cells(np.column_stack([places.lon, places.lat]))
    cells = sorted(counted, key=lambda cell: (-counted[cell], cell))
    values = {"count": number(places.lon.size), "most": number(counted[cells[0]])}
    return Chart(
        key="cameras-cells",
        title=gettext("Active camera points on the map: %(count)s, at most %(most)s in one cell") % values,
        kind=ChartKind.AREAS,
        categories=tuple(gettext("cell %(number)s") % {"number": place} for place in range(1, len(cells) + 1)),
        series=(Series(POINTS.words(), tuple(Point(Decimal(counted[cell])) for cell in cells), source=0),),
        unit=POINTS.words(),
        category_title=pgettext("heading of a column", "Cell"),
        sources=(register_source(on),),
        note=gettext("Each cell has %(hectares)s ha.") % {"hectares": number(size // _HECTARE)},
        areas=tuple(Area(mapping(cell_shape(cell, size))) for cell in cells),
    )


def external_chart(asked: Asked) -> Chart | None:
    """Cameras of other owners, known as numbers only: never added to those of the register. One query."""
    found = external_cameras(on=day_of(asked))
    if not found:
        return None
    counted = {f"{one.owner} ({one.joinable_label}, {day(one.as_of)})": one.count for one in found}
    chart = bars(
        "cameras-external",
        gettext("Cameras of other owners, by whether they can be joined"),
        gettext("cameras of others"),
        counted,
        on=day_of(asked),
        category_title=pgettext("heading of a column", "Owner"),
        note=gettext("Each number is stated by its owner for all cameras together; none is in the counts above."),
    )
    sources = dict.fromkeys(Source(title=one.source, url=one.source_url) for one in found if one.source)
    return chart and _with_sources(chart, tuple(sources))


def _with_sources(chart: Chart, sources: tuple[Source, ...]) -> Chart:
    """The chart by the documents that state its values, where they are known."""
    return replace(chart, sources=sources or chart.sources)


def _share(row: CoverageResult) -> Decimal:
    return share_of(Decimal(str(row.share or 0)), 1)


def _covered(row: CoverageResult) -> Point:
    words = gettext("%(covered)s of %(area)s ha")
    values = {
        "covered": number((row.covered_m2 or 0) / _HECTARE, 1),
        "area": number((row.area_m2 or 0) / _HECTARE, 1),
    }
    return Point(_share(row), note=words % values)


def _boundary(row: CoverageResult) -> Mapping[str, Any]:
    area = row.district or row.town
    return (area.boundary if area else None) or {}


def _area_name(row: CoverageResult) -> str:
    return str(row.district or row.town)


def _coverage_note(region: CoverageResult) -> str:
    """From how many ranges it was calculated, and what was left out."""
    parts = [
        ngettext("%(count)s range was drawn.", "%(count)s ranges were drawn.", region.ranges)
        % {"count": number(region.ranges)}
    ]
    if region.circles:
        parts.append(
            gettext("Of %(count)s only the length is known; they are drawn as circles.")
            % {"count": number(region.circles)}
        )
    if region.left_out:
        words = gettext("Devices left out, for their range or place is not in the register: %(count)s.")
        parts.append(words % {"count": number(region.left_out)})
    return " ".join(parts)


def _places(asked: Asked, epsg: int) -> tuple[dict[str, list[LonLat]], tuple[Source, ...]]:
    """Places by kind within the town or district asked for (everywhere without an outline), and their registers."""
    rows = list(NearbyPlace.objects.filter(kind__in=_KINDS).values_list("kind", "lon", "lat", "source"))
    outline = _outline(asked)
    if outline and rows:
        inside = shapely.contains_xy(outline, [row[1] for row in rows], [row[2] for row in rows])
        rows = [row for row, is_inside in zip(rows, inside, strict=True) if is_inside]
    by_kind = {
        str(kind): _at_home([(lon, lat) for of, lon, lat, _source in rows if of == kind], epsg) for kind in _KINDS
    }
    sources = dict.fromkeys(source for *_place, source in rows if source)
    return {kind: spots for kind, spots in by_kind.items() if spots}, tuple(Source(title=one) for one in sources)


def _outline(asked: Asked) -> shapely.Geometry | None:
    """The shape of the district or town asked for."""
    row: SecurityDistrict | Town | None = asked.district or asked.town
    return from_geojson(row.boundary) if row and row.boundary else None


def _at_home(places: Sequence[LonLat], epsg: int) -> list[LonLat]:
    """Places where distances can be measured in the national system."""
    spots = np.asarray(places, dtype=float).reshape(-1, 2)
    home = at_home(epsg, spots[:, 0], spots[:, 1])
    return [place for place, is_home in zip(places, home, strict=True) if is_home]


def _within(distances: Sequence[float | None], radius: int) -> Point:
    near = sum(one is not None and one <= radius for one in distances)
    return Point(share_of(near, len(distances)))


def _near_title(distances: dict[str, tuple[float | None, ...]]) -> str:
    kind, found = next(iter(distances.items()))
    radius = 300
    values = {"kind": PlaceKind(kind).label, "share": percent(_within(found, radius).value), "metres": radius}
    return gettext("An active camera point within %(metres)s m – %(kind)s: %(share)s") % values


def _near_note(distances: dict[str, tuple[float | None, ...]], approximate: int) -> str:
    """How many places there are of each kind, and how many points could not be measured from."""
    kinds = ", ".join(f"{PlaceKind(kind).label} {number(len(found))}" for kind, found in distances.items())
    counted = gettext("Places counted: %(kinds)s.") % {"kinds": kinds}
    if not approximate:
        return counted
    left_out = ngettext(
        "%(count)s point is left out, for its place is only approximate.",
        "%(count)s points are left out, for their places are only approximate.",
        approximate,
    )
    return f"{counted} {left_out % {'count': number(approximate)}}"


def _cells(places: NDArray[np.float64]) -> tuple[int, dict[Cell, int]]:
    """The finest cells of which not too many lie beside or above each other, with the number of places in each."""
    for size in CELLS:
        counted = counted_cells(places, size)
        rows = [cell.row for cell in counted]
        columns = [cell.column + cell.row / 2 for cell in counted]
        if max(max(rows) - min(rows), max(columns) - min(columns)) < MOST_ROWS:
            break
    return size, counted
