from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Transformer
from shapely.geometry import Point, Polygon, box, shape
from shapely.geometry.base import BaseGeometry

from region.domain.boundaries import BoundaryOptions, Target, alias_suggestions, import_boundaries
from region.domain.imports import ImportReport, Run
from region.domain.matching import Matching
from region.domain.places import System
from region.domain.towns import TOWN_COLUMNS, TownDefaults, import_towns
from region.domain.users import system_user
from region.geometry.features import Feature, FeatureFile
from region.geometry.files import read_features
from region.messages import Message, Problem
from region.models import AuditEvent, RegionProfile, SecurityDistrict, Town
from region.models.geometry import Bounded
from region.queries.profile import current_profile, forget_profile
from region.tables.reading import Options, read_table
from tests.factories.places import district, square, town

pytestmark = pytest.mark.django_db
WRITE = Run(apply=True)
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")


def file_of(*rows: tuple[dict[str, Any], BaseGeometry | None], declared: int | None = None) -> FeatureFile:
    features = tuple(Feature(number, properties, area) for number, (properties, area) in enumerate(rows, start=1))
    return FeatureFile(features, "GeoJSON", declared=declared)


def imported(file: FeatureFile, target: Target = Target.TOWNS, run: Run = WRITE, **options: Any) -> ImportReport:
    return import_boundaries(file=file, target=target, by=system_user(), options=BoundaryOptions(**options), run=run)


def outline(record: Bounded) -> BaseGeometry:
    """The stored boundary; fails where there is none."""
    return shape(dict(record.boundary or {}))


def locate(lon: float, lat: float, areas: Iterable[tuple[str, BaseGeometry]]) -> str | None:
    """Code of the one area that holds the point."""
    return next((code for code, area in areas if area.covers(Point(lon, lat))), None)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added_count, report.changed_count, report.unchanged_count, report.rejected_count


def reprojected(area: BaseGeometry, epsg: int, *, swapped: bool = False, negated: bool = False) -> BaseGeometry:
    way = Transformer.from_crs(4326, epsg, always_xy=True)

    def move(points: np.ndarray) -> np.ndarray:
        moved = np.column_stack(way.transform(points[:, 0], points[:, 1]))
        moved = -moved if negated else moved
        return moved[:, ::-1] if swapped else moved

    return shapely.transform(area, move)


SQUARE = box(13.35, 49.65, 13.45, 49.75)


@pytest.fixture
def place(county: RegionProfile) -> Town:
    """A town whose own point lies in the square of these tests."""
    return town(code="558044", name="Merklín", lon=13.4, lat=49.7)


def test_import_boundaries_of_a_town(place: Town) -> None:
    report = imported(file_of(({"kod": 558044}, SQUARE)), source="ČÚZK 2026")
    place.refresh_from_db()
    assert (counts(report), report.applied, report.notes) == ((1, 0, 0, 0), True, [])
    assert outline(place).equals(SQUARE)
    assert (place.min_lon, place.min_lat, place.max_lon, place.max_lat) == (13.35, 49.65, 13.45, 49.75)
    assert (place.boundary_source, place.boundary_is_schematic) == ("ČÚZK 2026", False)
    event = AuditEvent.objects.get(action="boundary.imported")
    assert (event.target_id, event.after) == (
        str(place.pk),
        {"boundary": "80.24 km², 5 corners", "source": "ČÚZK 2026"},
    )


def test_import_boundaries_dry_run_changes_nothing(place: Town) -> None:
    report = imported(file_of(({"kod": 558044}, SQUARE)), run=Run())
    place.refresh_from_db()
    assert (counts(report), report.applied, place.boundary) == ((1, 0, 0, 0), False, None)
    assert not AuditEvent.objects.exists()


def test_import_boundaries_again_changes_nothing(place: Town) -> None:
    imported(file_of(({"kod": 558044}, SQUARE)), source="a")
    assert counts(imported(file_of(({"kod": 558044}, SQUARE)), source="a")) == (0, 0, 1, 0)
    assert counts(imported(file_of(({"kod": 558044}, SQUARE)))) == (0, 0, 1, 0)


def test_import_boundaries_again_without_source_keeps_what_was_said(place: Town) -> None:
    imported(file_of(({"kod": 558044}, SQUARE)), source="a", schematic=True)
    report = imported(file_of(({"kod": 558044}, SQUARE)), default_source="file.geojson")
    place.refresh_from_db()
    assert (counts(report), place.boundary_source, place.boundary_is_schematic) == ((0, 0, 1, 0), "a", True)
    imported(file_of(({"kod": 558044}, box(13.35, 49.65, 13.45, 49.76))), default_source="file.geojson")
    place.refresh_from_db()
    assert (place.boundary_source, place.boundary_is_schematic) == ("file.geojson", False)


def test_import_boundaries_takes_back_that_they_are_sketches(place: Town) -> None:
    imported(file_of(({"kod": 558044}, SQUARE)), schematic=True)
    imported(file_of(({"kod": 558044}, SQUARE)), schematic=False)
    place.refresh_from_db()
    assert not place.boundary_is_schematic


def test_import_boundaries_from_another_source_is_a_change(place: Town) -> None:
    imported(file_of(({"kod": 558044}, SQUARE)), source="a")
    report = imported(file_of(({"kod": 558044}, SQUARE)), source="b", schematic=True)
    place.refresh_from_db()
    assert (counts(report), place.boundary_source, place.boundary_is_schematic) == ((0, 1, 0, 0), "b", True)
    report = imported(file_of(({"kod": 558044}, box(13.35, 49.65, 13.45, 49.76))))
    place.refresh_from_db()
    assert (counts(report), place.boundary_source) == ((0, 1, 0, 0), "")


def test_import_boundaries_gives_a_town_its_point(county: RegionProfile) -> None:
    place = town(code="1", lon=None, lat=None)
    imported(file_of(({"kod": "1"}, SQUARE)))
    place.refresh_from_db()
    assert SQUARE.contains(shapely.Point(place.lon or 0, place.lat or 0))


def test_import_boundaries_matches_two_towns_of_one_name_by_code(place: Town) -> None:
    other = town(code="555363", name="Merklín", lon=12.87, lat=50.33)
    file = file_of(
        ({"kod": "555363", "nazev": "Merklín"}, box(12.8, 50.3, 12.9, 50.4)),
        ({"kod": "558044", "nazev": "Merklín"}, SQUARE),
    )
    assert counts(imported(file)) == (2, 0, 0, 0)
    shapes = [(row.code, outline(row)) for row in Town.objects.all() if row.boundary]
    assert (locate(13.4, 49.7, shapes), locate(12.87, 50.33, shapes)) == (place.code, other.code)


def test_import_boundaries_of_one_code_twice_are_refused(place: Town) -> None:
    report = imported(file_of(({"kod": "558044"}, SQUARE), ({"kod": "558044"}, SQUARE)))
    assert [(found.row, found.column, found.value, found.reason) for found in report.rejected] == [
        (number, "kod", "558044", "The code 558044 stands in the features 1, 2; keep only one of them.")
        for number in (1, 2)
    ]
    assert not report.applied


def test_import_boundaries_a_bad_file_changes_nothing_unless_asked(place: Town) -> None:
    file = file_of(({"kod": "558044"}, SQUARE), ({"kod": "999", "nazev": "Nikde"}, SQUARE))
    assert (counts(imported(file)), Town.objects.get().boundary) == ((1, 0, 0, 1), None)
    report = imported(file, run=replace(WRITE, skip_rejected=True))
    assert (report.applied, Town.objects.get().boundary is not None) == (True, True)


@pytest.mark.parametrize(
    ("area", "reason"),
    [
        (None, "The feature has no geometry."),
        (Polygon(), "The feature has no geometry."),
        (
            Polygon([(13.4, 49.7), (13.5, 49.8), (13.5, 49.7), (13.4, 49.8)]),
            "The outline crosses itself at 13.45, 49.75; repairing it would change the area by 100 %.",
        ),
        (box(17, 60, 17.1, 60.1), "Lies outside: 17.05000, 60.05000 (longitude, latitude)."),
        (box(49.7, 13.4, 49.8, 13.5), "Latitude and longitude are exchanged: 49.75000, 13.45000."),
    ],
)
def test_import_boundaries_refuses_an_area(place: Town, area: BaseGeometry | None, reason: str) -> None:
    town(code="2")
    town(code="3")
    file = file_of(({"kod": "558044"}, SQUARE), ({"kod": "2"}, SQUARE), ({"kod": "3", "nazev": "Zlá"}, area))
    report = imported(file)
    assert [(found.row, found.column, found.value, found.reason) for found in report.rejected] == [
        (3, "geometry", "Zlá", reason)
    ]


def test_import_boundaries_passes_on_the_fault_of_a_feature(place: Town) -> None:
    file = FeatureFile((Feature(1, {"kod": "558044"}, None, Message("The geometry is broken.")),), "GeoJSON")
    assert [found.reason for found in imported(file).rejected] == ["The geometry is broken."]


def test_import_boundaries_tells_what_it_repaired(place: Town) -> None:
    pinched = Polygon(
        [(13.3, 49.6), (13.4, 49.7), (13.41, 49.7), (13.41, 49.69), (13.4, 49.7), (13.5, 49.8), (13.3, 49.8)]
    )
    report = imported(file_of(({"kod": "558044", "nazev": "Merklín"}, pinched)))
    assert report.notes == ["Merklín: Repaired: the outline crossed or touched itself at 13.4, 49.7."]


def test_import_boundaries_tells_a_point_far_outside(place: Town) -> None:
    report = imported(file_of(({"kod": "558044"}, box(13.0, 49.0, 13.1, 49.1))))
    assert report.notes == ["Merklín: its point lies 70.2 km outside this boundary."]


@pytest.mark.parametrize(
    ("epsg", "swapped", "negated", "words"),
    [
        (4326, True, False, "Latitude stands before longitude; the two were swapped."),
        (5514, False, False, "Coordinates are in S-JTSK / Křovák (EPSG:5514); recalculated to WGS 84."),
        (
            5514,
            True,
            True,
            "Coordinates are in S-JTSK / Křovák (EPSG:5514) without minus signs; recalculated to WGS 84.",
        ),
        (3857, False, False, "Coordinates are in Web Mercator (EPSG:3857); recalculated to WGS 84."),
        (32633, True, False, "Coordinates are in UTM 33N (EPSG:32633) with swapped axes; recalculated to WGS 84."),
    ],
)
def test_import_boundaries_recognises_systems(place: Town, epsg: int, swapped: bool, negated: bool, words: str) -> None:
    area = reprojected(SQUARE, epsg, swapped=swapped, negated=negated)
    report = imported(file_of(({"kod": "558044"}, area), declared=4326))
    assert (report.notes, counts(report)) == ([words], (1, 0, 0, 0))
    assert outline(Town.objects.get()).symmetric_difference(SQUARE).area < 1e-6


@pytest.mark.parametrize("swapped", [False, True])
def test_import_boundaries_recognises_polish_axes_by_the_towns(city: RegionProfile, swapped: bool) -> None:
    for code, lon in (("I", 19.93), ("II", 19.96), ("III", 19.99)):
        town(code=code, lon=lon, lat=50.06)
    area = box(19.9, 50.0, 19.95, 50.1)
    report = imported(file_of(({"kod": "I"}, reprojected(area, 2180, swapped=swapped))))
    assert len(report.notes) == 1
    assert outline(Town.objects.get(code="I")).symmetric_difference(area).area < 1e-6


def test_import_boundaries_in_several_possible_systems_is_refused(city: RegionProfile) -> None:
    town(code="I", lon=None, lat=None)
    file = file_of(({"kod": "I"}, reprojected(box(19.9, 50.0, 19.95, 50.1), 2180)))
    with pytest.raises(Problem, match="several systems"):
        imported(file)
    assert counts(imported(file, system=System(2180, swapped=False))) == (1, 0, 0, 0)


def test_import_boundaries_of_districts_makes_and_changes_them(place: Town) -> None:
    imported(file_of(({"kod": "558044"}, SQUARE)))
    place.refresh_from_db()
    old = district(town=place, code="1", name="Staré")
    west, east = box(13.35, 49.65, 13.4, 49.75), box(13.4, 49.65, 13.45, 49.75)
    file = file_of(({"id": 1, "nazev": "Západ"}, west), ({"id": 2, "nazev": "Východ"}, east))
    report = imported(file, Target.DISTRICTS, town=place)
    assert (counts(report), [change.item for change in report.added]) == ((2, 0, 0, 0), ["1 Staré", "2 Východ"])
    assert [(row.code, row.name) for row in SecurityDistrict.objects.order_by("code")] == [
        ("1", "Staré"),
        ("2", "Východ"),
    ]
    old.refresh_from_db()
    assert outline(old).equals(west)
    assert counts(imported(file, Target.DISTRICTS, town=place)) == (0, 0, 2, 0)


def test_import_boundaries_of_districts_outside_their_town(place: Town) -> None:
    imported(file_of(({"kod": "558044"}, SQUARE)))
    place.refresh_from_db()
    file = file_of(({"id": 1}, SQUARE), ({"id": 2}, box(13.6, 49.65, 13.7, 49.75)), ({"id": "a b"}, SQUARE))
    report = imported(file, Target.DISTRICTS, town=place)
    assert [(found.row, found.reason) for found in report.rejected] == [
        (2, "Lies outside: 13.65000, 49.70000 (longitude, latitude)."),
        (3, "A district's code has at most 12 letters, digits or hyphens. Use --match or --pattern."),
    ]


def test_import_boundaries_of_districts_needs_their_town(county: RegionProfile) -> None:
    with pytest.raises(Problem, match="--town"):
        imported(file_of(({"id": 1}, SQUARE)), Target.DISTRICTS)


def test_import_boundaries_of_the_region_joins_features(county: RegionProfile) -> None:
    parts = [box(13.0 + step, 49.0, 13.5 + step, 50.0) for step in (0, 0.5)]
    file = file_of(*(({"kraj": "CZ032"}, part) for part in parts), ({"kraj": "CZ031"}, box(14, 48, 15, 49)))
    report = imported(file, Target.REGION, matching=Matching(where={"kraj": "CZ032"}))
    assert report.notes == ["Features passed over by --where: 1.", "Features joined into one boundary: 2."]
    assert outline(RegionProfile.objects.get()).equals(box(13.0, 49.0, 14.0, 50.0))


def test_import_boundaries_of_the_region_forgets_the_old_profile(
    county: RegionProfile, django_capture_on_commit_callbacks: Any
) -> None:
    assert current_profile().boundary is None
    with django_capture_on_commit_callbacks(execute=True):
        imported(file_of(({}, SQUARE)), Target.REGION)
    assert current_profile().boundary == RegionProfile.objects.get().boundary


def test_import_boundaries_of_the_region_without_any_area(county: RegionProfile) -> None:
    assert counts(imported(file_of(({}, None)), Target.REGION)) == (0, 0, 0, 1)


def test_import_boundaries_tells_how_far_it_is(place: Town) -> None:
    seen: list[tuple[int, int]] = []
    imported(file_of(({"kod": "558044"}, SQUARE)), run=Run(progress=lambda done, total: seen.append((done, total))))
    assert seen == [(1, 1)]


def test_places_use_a_stored_boundary(county: RegionProfile) -> None:
    RegionProfile.objects.update(boundary=square(13, 49, 1.0))
    forget_profile()
    town(code="1", lon=None, lat=None)
    town(code="2", lon=None, lat=None)
    # Inside the country, three kilometres and more beyond the region's boundary.
    file = file_of(({"kod": "1"}, box(13.9, 49.9, 14.0, 50.0)), ({"kod": "2"}, box(14.05, 49.2, 14.1, 49.3)))
    report = imported(file, run=Run())
    assert [(found.row, found.reason) for found in report.rejected] == [
        (2, "Lies outside: 14.07500, 49.25000 (longitude, latitude).")
    ]


@needs_samples
def test_import_boundaries_of_a_whole_county(county: RegionProfile) -> None:
    table = read_table(Path(SAMPLES) / "population" / "plzensky_kraj_obce_derived.csv", TOWN_COLUMNS)
    import_towns(table=table, by=system_user(), defaults=TownDefaults(source="ČSÚ"), run=WRITE)
    file = read_features(Path(SAMPLES) / "boundaries" / "plzensky_kraj_obce_derived.geojson")
    report = imported(file)
    assert (counts(report), report.notes) == ((501, 0, 0, 0), [])
    assert counts(imported(file)) == (0, 0, 501, 0)
    shapes = [(row.code, outline(row)) for row in Town.objects.all()]
    places = {"561215": (13.00408, 49.75293), "558044": (13.19789, 49.56042), "554791": (13.3776, 49.7477)}
    assert {code: locate(lon, lat, shapes) for code, (lon, lat) in places.items()} == {code: code for code in places}
    assert locate(14.42, 50.08, shapes) is None


@needs_samples
def test_import_boundaries_of_city_districts(county: RegionProfile) -> None:
    plzen = town(code="554791", name="Plzeň", lon=13.3776, lat=49.7477)
    file = read_features(Path(SAMPLES) / "boundaries" / "plzen_mestske_obvody_derived.geojson")
    assert counts(imported(file, Target.DISTRICTS, town=plzen)) == (10, 0, 0, 0)
    shapes = [(row.name, outline(row)) for row in SecurityDistrict.objects.all()]
    assert locate(13.3776, 49.7477, shapes) == "Plzeň 3"


@needs_samples
def test_import_boundaries_of_krakow_through_aliases(city: RegionProfile) -> None:
    options = Options(ignore=["status"], ignore_unknown=True)
    table = read_table(Path(SAMPLES) / "facts" / "krakow_districts.csv", TOWN_COLUMNS, options)
    import_towns(table=table, by=system_user(), defaults=TownDefaults(source="BIP"), run=WRITE)
    file = read_features(Path(SAMPLES) / "boundaries" / "krakow_dzielnice.geojson")
    names = Matching("name", aliases={row.name: row.code for row in Town.objects.all()})
    report = imported(file, matching=names)
    assert [(found.value, found.reason) for found in report.rejected] == [
        (
            "Dzielnica XVII Wzgórza Krzeszławickie",
            "Nothing has this code. Names are matched only through an alias; near ones: Wzgórza Krzesławickie (XVII).",
        )
    ]
    proposed = alias_suggestions(file=file, target=Target.TOWNS, options=BoundaryOptions(matching=Matching("name")))
    assert len({found.code for found in proposed}) == 18
    confirmed = replace(names, aliases={**names.aliases, "Wzgórza Krzeszławickie": "XVII"})
    assert counts(imported(file, matching=confirmed)) == (18, 0, 0, 0)
    assert counts(imported(file, matching=Matching("name", pattern="Dzielnica ([IVXL]+) "))) == (0, 0, 18, 0)
    shapes = [(row.code, outline(row)) for row in Town.objects.all()]
    assert locate(19.9373, 50.0617, shapes) == "I"
