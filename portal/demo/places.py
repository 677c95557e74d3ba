"""Loads the region's profile, towns, districts, responsible people and the addresses of the finder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

from portal.demo.addresses import as_csv, example_addresses
from portal.demo.outlines import as_geojson, district_outlines, region_outline, town_outlines
from region.domain.addresses import import_addresses
from region.domain.imports import Run
from region.domain.records import boundary_values, put_record
from region.models import (
    EmergencyNumber,
    Officer,
    OfficerAssignment,
    RegionProfile,
    SecurityDistrict,
    Town,
)
from region.queries.profile import forget_profile
from region.tables.address_columns import ADDRESS_COLUMNS
from region.tables.chunks import open_long_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from shapely import Polygon

    from portal.demo.records import District, RegionContent
    from portal.demo.records import Officer as OfficerRow
    from portal.demo.records import Town as TownRow
    from region.models import User


def load_places(content: RegionContent, *, by: User, progress: Callable[[str], None]) -> None:
    """Load everything that lies on the map."""
    _profile(content, by)
    progress("Region profile")
    outlines = town_outlines(content)
    towns = {row.code: _town(content, row, outlines[row.code], by) for row in content.towns}
    progress(f"{len(towns)} towns")
    parts = district_outlines(content)
    districts = {
        (row.town, row.number): _district(content, row, towns[row.town], parts[row.town, row.number], by)
        for row in content.districts
    }
    progress(f"{len(districts)} security districts, invented")
    _officers(content, towns, districts, by)
    progress(f"{len({row.email for row in content.officers})} responsible people, invented")
    progress(f"{_addresses(content, by)} addresses, invented")


def _addresses(content: RegionContent, by: User) -> int:
    """Import the invented addresses the way an operator imports real ones: from a file."""
    addresses = example_addresses(content)
    with NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as file:
        file.write(as_csv(addresses))
        file.flush()
        table = open_long_table(Path(file.name), ADDRESS_COLUMNS)
        import_addresses(table=table, by=by, run=Run(apply=True))
    return len(addresses)


def _profile(content: RegionContent, by: User) -> None:
    row = content.profile
    profile = RegionProfile.load()
    if profile.name:
        return  # An editor may have changed it since.
    officer = next(contact for contact in row.contact if contact.key == "data_protection")
    put_record(
        kind=RegionProfile,
        key={"pk": profile.pk},
        values={
            **{f"name_{code}": row.name[code] for code in row.languages},
            **{f"programme_{code}": row.programme[code] for code in row.languages},
            "kind": row.kind,
            "country": row.country,
            "currency": row.currency,
            "time_zone": row.time_zone,
            "coordinate_system": row.crs,
            "operator": row.office.name[row.default_language],
            "address": f"{row.office.street}\n{row.office.postcode} {row.office.city}",
            "data_protection_contact": f"{officer.function[row.default_language]}, {officer.phone}, {officer.email}",
            "boundary_note": row.outlines_credit,
            **boundary_values(as_geojson(region_outline(content.code)), source=row.outlines_note[row.default_language]),
        },
        by=by,
    )
    for order, number in enumerate(row.emergency):
        labels = {f"label_{code}": number.label[code] for code in row.languages}
        put_record(
            kind=EmergencyNumber,
            key={"profile_id": profile.pk, "number": number.number},
            values={**labels, "sort_order": order},
            by=by,
        )
    forget_profile()


def _town(content: RegionContent, row: TownRow, outline: Polygon, by: User) -> Town:
    language = content.profile.default_language
    source = content.sources[row.inhabitants_source]
    return put_record(
        kind=Town,
        key={"code": row.code},
        values={
            "name": row.name,
            "slug": slugify(string_to_ascii(row.name)),
            "kind": row.kind,
            "county_part": row.okres,
            "status": "member",
            "member_since": row.member_since,
            "member_since_precision": row.member_precision,
            "accession_document": content.sources[row.member_source].title[language],
            "inhabitants": row.inhabitants,
            "inhabitants_year": row.inhabitants_on.year,
            "inhabitants_source": source.publisher[language],
            "lon": row.lon,
            "lat": row.lat,
            "summary": row.text[language],
            "is_example": content.sources[row.member_source].example,
            **boundary_values(as_geojson(outline), source=content.profile.outlines_note[language], schematic=True),
        },
        by=by,
    )


def _district(content: RegionContent, row: District, town: Town, outline: Polygon, by: User) -> SecurityDistrict:
    language = content.profile.default_language
    return put_record(
        kind=SecurityDistrict,
        key={"town": town, "code": str(row.number)},
        values={
            "name": row.name[language],
            "streets": row.area[language],
            "is_example": row.example,
            **boundary_values(as_geojson(outline), source=content.profile.outlines_note[language], schematic=True),
        },
        by=by,
    )


def _officers(
    content: RegionContent, towns: dict[str, Town], districts: dict[tuple[str, int], SecurityDistrict], by: User
) -> None:
    people = {row.email: _officer(content, row, by) for row in content.officers}
    by_name = {(row.town, row.name): people[row.email] for row in content.officers}
    for row in content.officers:
        for number in row.districts or (None,):
            key: dict[str, Any] = {
                "officer": people[row.email],
                "town": towns[row.town],
                "district": districts[row.town, number] if number else None,
                "role": row.role,
                "since": row.since,
            }
            substitute = by_name[row.town, row.substitute] if row.substitute else None
            _assign(key, until=row.until, substitute=substitute, by=by)


def _officer(content: RegionContent, row: OfficerRow, by: User) -> Officer:
    return put_record(
        kind=Officer,
        key={"code": row.email.partition("@")[0][:40]},
        values={
            "rank": row.rank,
            "name": row.name,
            "organisation": row.organisation[content.profile.default_language],
            "phone": row.phone,
            "email": row.email,
            "office_hours": [[hours.weekday, f"{hours.opens:%H:%M}", f"{hours.closes:%H:%M}"] for hours in row.hours],
            "is_example": row.example,
        },
        by=by,
    )


def _assign(key: dict[str, Any], *, until: date | None, substitute: Officer | None, by: User) -> None:
    if key["district"] is None:
        key = {**{name: value for name, value in key.items() if name != "district"}, "district__isnull": True}
        found = OfficerAssignment.objects.filter(**key).first()
        key = {"pk": found.pk} if found else {name: value for name, value in key.items() if name != "district__isnull"}
    put_record(kind=OfficerAssignment, key=key, values={"until": until, "substitute": substitute}, by=by)
