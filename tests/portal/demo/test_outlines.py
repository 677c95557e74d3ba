"""Sketches of regions, towns and districts: valid, inside one another, side by side, always the same."""

from __future__ import annotations

import json
from itertools import combinations

import pytest
import shapely
from shapely import Point, Polygon
from shapely.geometry import shape

from portal.demo.dividing import one_piece
from portal.demo.outlines import as_geojson, district_outlines, okres_outlines, region_outline, town_outlines
from portal.demo.reading import CONTENT, REGIONS, read_region
from portal.demo.records import RegionContent

OKRESY = ["Domažlice", "Klatovy", "Plzeň-město", "Plzeň-jih", "Plzeň-sever", "Rokycany", "Tachov"]
HAIR = 1e-9


@pytest.fixture(params=REGIONS, scope="module")
def content(request: pytest.FixtureRequest) -> RegionContent:
    """Return each region's content in turn."""
    return read_region(request.param)


def overlap(polygons: list[Polygon]) -> float:
    """Return the largest share of a polygon that another one covers too."""
    return max(a.intersection(b).area / min(a.area, b.area) for a, b in combinations(polygons, 2))


def broken(polygons: list[Polygon]) -> list[Polygon]:
    """Return what is not one valid piece without holes."""
    return [
        polygon for polygon in polygons if polygon.geom_type != "Polygon" or not polygon.is_valid or polygon.interiors
    ]


def test_region_is_one_valid_piece(content: RegionContent) -> None:
    assert broken([region_outline(content.code)]) == []


@pytest.mark.parametrize(("region", "bytes_allowed"), [("plzen", 12_000), ("krakow", 2_000)])
def test_outline_file_is_small_and_names_its_source(region: str, bytes_allowed: int) -> None:
    text = (CONTENT / region / "outline.geojson").read_text(encoding="utf-8")
    assert len(text.encode()) < bytes_allowed
    assert {"MIT" in feature["properties"]["source"] for feature in json.loads(text)["features"]} == {True}


def test_okresy_share_borders_and_make_the_region() -> None:
    okresy = okres_outlines("plzen")
    assert list(okresy) == OKRESY
    assert shapely.coverage_is_valid(list(okresy.values()))
    assert broken(list(okresy.values())) == []


def test_okresy_hold_the_towns_that_belong_to_them() -> None:
    okresy = okres_outlines("plzen")
    towns = read_region("plzen").towns
    assert [town.name for town in towns if not okresy[town.okres].contains(Point(town.lon, town.lat))] == []


def test_city_has_no_okresy() -> None:
    assert okres_outlines("krakow") == {}


def test_towns_lie_in_the_region_apart_and_around_their_points(content: RegionContent) -> None:
    outlines, region = town_outlines(content), region_outline(content.code).buffer(HAIR)
    assert list(outlines) == [town.code for town in content.towns]
    assert broken(list(outlines.values())) == []
    assert overlap(list(outlines.values())) < HAIR
    assert [town.name for town in content.towns if not outlines[town.code].contains(Point(town.lon, town.lat))] == []
    assert [code for code, outline in outlines.items() if not region.covers(outline)] == []


def test_city_districts_cover_the_city() -> None:
    city = region_outline("krakow")
    whole = shapely.union_all(list(town_outlines(read_region("krakow")).values()))
    assert whole.symmetric_difference(city).area / city.area < HAIR


def test_towns_with_more_inhabitants_are_drawn_larger() -> None:
    outlines = town_outlines(read_region("plzen"))
    assert outlines["559717"].area > outlines["561215"].area > outlines["558044"].area


def test_districts_cover_their_town_side_by_side(content: RegionContent) -> None:
    towns, districts = town_outlines(content), district_outlines(content)
    assert list(districts) == [(code, d.number) for code in towns for d in content.districts_of(code)]
    assert broken(list(districts.values())) == []
    assert overlap(list(districts.values())) < HAIR
    for code, town in towns.items():
        parts = [outline for (owner, _), outline in districts.items() if owner == code]
        assert shapely.union_all(parts).symmetric_difference(town).area / town.area < HAIR


def test_centre_district_holds_the_point_of_the_town(content: RegionContent) -> None:
    outlines = district_outlines(content)
    centres = [district for district in content.districts if district.side == "centre"]
    spots = {town.code: Point(town.lon, town.lat) for town in content.towns}
    assert [d.town for d in centres if not outlines[d.town, d.number].contains(spots[d.town])] == []


def test_outlines_are_the_same_every_time(content: RegionContent) -> None:
    assert district_outlines(content) == district_outlines(read_region(content.code))


def test_geojson_is_valid_after_rounding(content: RegionContent) -> None:
    geometries = [as_geojson(outline) for outline in district_outlines(content).values()]
    assert broken([one_piece(shape(geometry)) for geometry in geometries]) == []
    assert {geometry["type"] for geometry in geometries} == {"Polygon"}


def test_geojson_rounds_and_runs_anticlockwise() -> None:
    assert as_geojson(Polygon([(0, 0), (0, 1), (1.12345678, 1), (1, 0)])) == {
        "type": "Polygon",
        "coordinates": [[[0.0, 0.0], [1.0, 0.0], [1.123457, 1.0], [0.0, 1.0], [0.0, 0.0]]],
    }
