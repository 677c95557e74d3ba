"""Published camera points as files: CSV for machines, GeoJSON for maps, tags of OpenStreetMap."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from region.listing.exports import BYTE_ORDER_MARK, csv_lines, csv_value
from reports.spatial.osm import OsmCamera, osm_geojson
from reports.spatial.points import PublicPoint, public_geojson

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reports.queries.cameras import PointFacts

# Names of columns are the same in every language; each stands for something that the public page says too.
COLUMNS = (
    "code",
    "name",
    "system_slug",
    "system_name",
    "controller",
    "town_name",
    "district_code",
    "district_name",
    "address",
    "location_status",
    "lon",
    "lat",
    "surroundings",
    "stage",
    "stage_since",
    "planned_by",
    "device_count",
    "devices_expected",
    "sensors",
    "has_audio",
    "source",
    "source_url",
    "is_example",
)


def points_csv(points: Iterable[PointFacts]) -> str:
    """One row for each point."""
    rows = [[csv_value(_plain(getattr(point, name))) for name in COLUMNS] for point in points]
    return BYTE_ORDER_MARK + csv_lines([list(COLUMNS), *rows])


def _plain(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def points_geojson(points: Iterable[PointFacts], address: Callable[[PointFacts], str]) -> dict[str, Any]:
    """A FeatureCollection of points; ``address`` gives the page of one."""
    return public_geojson(
        PublicPoint(
            code=point.code,
            name=point.name,
            system=point.system_name,
            town=point.town_name,
            district=point.district_name,
            address=point.address,
            stage=point.stage,
            surroundings=point.surroundings,
            location=point.location_status,
            lon=point.lon,
            lat=point.lat,
            devices=point.device_count or None,
            sensors=point.sensors or None,
            kinds=tuple(point.devices),
            has_audio=point.has_audio if point.device_count else None,
            url=address(point),
        )
        for point in points
    )


def points_osm(points: Iterable[PointFacts]) -> dict[str, Any]:
    """Devices at points as OpenStreetMap has them: one feature for each; a point without devices gives one camera."""
    return osm_geojson(
        OsmCamera(
            code=point.code,
            name=point.name,
            operator=point.controller,
            kind=kind,
            surroundings=point.surroundings,
            lon=point.lon,
            lat=point.lat,
        )
        for point in points
        for kind in _kinds(point)
    )


def _kinds(point: PointFacts) -> list[str]:
    return [kind for kind, count in point.devices.items() for _one in range(count)] or [""]
