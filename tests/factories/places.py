"""Towns, districts and addresses. Boundaries are squares, so that a test can say by hand what lies where."""

from __future__ import annotations

from datetime import date
from typing import Any

from region.enums import TownKind, TownStatus
from region.models import Address, SecurityDistrict, Street, Town
from tests.factories.numbers import next_number


def square(lon: float, lat: float, side: float = 0.1) -> dict[str, Any]:
    """GeoJSON square whose south-western corner is at the point; sides in degrees."""
    east, north = lon + side, lat + side
    ring = [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def bounded(boundary: dict[str, Any] | None) -> dict[str, Any]:
    """The five columns of a boundary (a Polygon with one ring), or none."""
    if boundary is None:
        return {}
    lons, lats = zip(*boundary["coordinates"][0], strict=True)
    box = {"min_lon": min(lons), "max_lon": max(lons), "min_lat": min(lats), "max_lat": max(lats)}
    return {"boundary": boundary, "boundary_source": "drawn by hand", **box}


def town(*, boundary: dict[str, Any] | None = None, **fields: Any) -> Town:
    """A member town since 1 July 2010, without districts; ``boundary`` fills the bounding box as well."""
    number = next_number()
    known = {
        "code": f"{560000 + number}",
        "name": f"Zkušebnice {number}",
        "slug": f"zkusebnice-{number}",
        "kind": TownKind.TOWN,
        "status": TownStatus.MEMBER,
        "member_since": date(2010, 7, 1),
        "inhabitants": 1000 + number,
        "inhabitants_year": 2025,
        "inhabitants_source": "Český statistický úřad",
        "lon": 13.4,
        "lat": 49.7,
        "phone": "+420 377 111 222",
        "email": f"mesto{number}@example.org",
    }
    made = Town(**{**known, **bounded(boundary), **fields})
    made.save(force_insert=True)
    return made


def town_in_preparation(**fields: Any) -> Town:
    """A town that only prepares its accession."""
    return town(
        **{"status": TownStatus.PREPARATION, "member_since": None, "preparing_since": date(2025, 1, 1), **fields}
    )


def former_town(**fields: Any) -> Town:
    """A town that left the programme at the end of 2020."""
    return town(**{"status": TownStatus.FORMER, "member_until": date(2020, 12, 31), **fields})


def district(*, boundary: dict[str, Any] | None = None, **fields: Any) -> SecurityDistrict:
    """A district, in a new town unless one is given."""
    number = next_number()
    known = {"code": str(number), "name": f"Okrsek {number}"}
    place = {} if "town" in fields else {"town": town()}
    made = SecurityDistrict(**{**known, **place, **bounded(boundary), **fields})
    made.save(force_insert=True)
    return made


def street(*, place: str, name: str = "", houses: dict[str, tuple[float, float]] | None = None) -> Street:
    """A street with its houses: number → (longitude, latitude). The index is not rebuilt."""
    made = Street.objects.create(place=place, name=name)
    rows = [Address(street=made, number=number, lon=lon, lat=lat) for number, (lon, lat) in (houses or {}).items()]
    Address.objects.bulk_create(rows)
    return made
