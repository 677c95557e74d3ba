"""Invented addresses for the demo's finder: numbers along streets inside the sketches of districts."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely import LineString, Point, Polygon

from portal.demo.outlines import district_outlines
from portal.demo.records import District, RegionContent

NUMBERS = 8
_HEADER = ("town", "street", "number", "lat", "lon")
_MARGIN = 0.3
_ROADSIDE = 0.08


@dataclass(frozen=True, slots=True)
class ExampleAddress:
    """An invented address and the security district in which its point (degrees) lies."""

    place: str
    street: str
    number: str
    lat: float
    lon: float
    town: str
    district: int


def example_addresses(content: RegionContent) -> tuple[ExampleAddress, ...]:
    """Return the invented addresses of a region: eight numbers in each street, always the same."""
    outlines = district_outlines(content)
    return tuple(
        address
        for district in content.districts
        for address in _in_district(content, district, outlines[district.town, district.number])
    )


def as_csv(addresses: tuple[ExampleAddress, ...]) -> str:
    """Return the addresses as CSV (town, street, number, lat, lon), as the import of addresses reads it."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows((a.place, a.street, a.number, a.lat, a.lon) for a in addresses)
    return sheet.getvalue()


def _in_district(content: RegionContent, district: District, outline: Polygon) -> Iterator[ExampleAddress]:
    place = content.profile.addresses_place or content.town(district.town).name
    for order, street in enumerate(district.streets):
        turn = math.pi * (order + 0.3) / len(district.streets)
        for number, spot in enumerate(_along(outline, turn), start=1):
            lat, lon = round(spot.y, 6), round(spot.x, 6)
            yield ExampleAddress(place, street, str(number), lat, lon, district.town, district.number)


def _along(outline: Polygon, turn: float) -> list[Point]:
    """Place the numbers along a straight street through the middle, odd ones on the left, even ones on the right."""
    circle = shapely.maximum_inscribed_circle(outline)
    middle, room = Point(circle.coords[0]), circle.length
    dx, dy = math.cos(turn), math.sin(turn)
    line = LineString([(middle.x - dx, middle.y - dy), (middle.x + dx, middle.y + dy)])
    road = max(shapely.get_parts(line.intersection(outline.buffer(-_MARGIN * room))), key=lambda part: part.length)
    spots = [road.interpolate((number + 0.5) / NUMBERS, normalized=True) for number in range(NUMBERS)]
    sides = [_ROADSIDE * room * (1 if number % 2 else -1) for number in range(NUMBERS)]
    return [Point(spot.x - dy * side, spot.y + dx * side) for spot, side in zip(spots, sides, strict=True)]
