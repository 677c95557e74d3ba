from __future__ import annotations

import json
import os
from math import cos, pi, sin
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import affinity
from shapely.geometry import (
    GeometryCollection,
    LineString,
    MultiPolygon,
    Point,
    Polygon,
    box,
    shape,
)
from shapely.geometry.base import BaseGeometry

from region.geometry.mending import mend
from region.geometry.shapes import polygons
from region.messages import Problem

SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
SQUARE = box(13.0, 49.0, 13.1, 49.1)


def touching(lon: float, lat: float, bays: int = 12) -> Polygon:
    """A coast whose bays close: the ring touches itself in a point at each."""
    ring = [(lon, lat)]
    for bay in range(bays):
        x = lon + 0.01 * bay
        ring += [(x, lat), (x + 0.005, lat), (x + 0.003, lat + 0.004), (x + 0.007, lat + 0.004), (x + 0.005, lat)]
    ring += [(lon + 0.01 * bays, lat), (lon + 0.01 * bays, lat + 0.05), (lon, lat + 0.05)]
    return Polygon(ring)


def test_mend_leaves_a_good_polygon_alone() -> None:
    mended = mend(SQUARE)
    assert (mended.area.equals(SQUARE), mended.notes) == (True, ())


def test_mend_rounds_and_drops_heights() -> None:
    high = Polygon([(13.00000012, 49, 310), (13.1, 49, 311), (13.1, 49.1, 312)])
    mended = mend(high)
    assert polygons(mended.area)[0].exterior.coords[0] == (13.0, 49.0)
    assert not mended.area.has_z


@pytest.mark.parametrize("place", range(40))
def test_mend_dozens_of_self_touching_polygons(place: int) -> None:
    broken = touching(13 + place / 100, 49 + place / 50)
    assert not broken.is_valid
    mended = mend(broken)
    assert mended.area.is_valid
    assert mended.area.area == pytest.approx(broken.area, rel=0.01)
    assert [note.text for note in mended.notes] == [
        "Repaired: the outline crossed or touched itself at %(lon)s, %(lat)s."
    ]


def test_mend_neighbouring_parts_of_a_multipolygon() -> None:
    mended = mend(MultiPolygon([SQUARE, affinity.translate(SQUARE, 0.1)]))
    assert mended.area.geom_type == "Polygon"
    assert mended.area.area == pytest.approx(0.02)


def test_mend_bow_tie_is_refused_with_its_place() -> None:
    with pytest.raises(Problem, match=r"crosses itself at 13\.05, 49\.05; repairing it would change the area by 100 %"):
        mend(Polygon([(13, 49), (13.1, 49.1), (13.1, 49), (13, 49.1)]))


def test_mend_overlapping_parts_are_refused() -> None:
    with pytest.raises(Problem, match="would change the area by 25 %"):
        mend(MultiPolygon([SQUARE, affinity.translate(SQUARE, 0.05)]))


def test_mend_flat_polygon_is_refused() -> None:
    with pytest.raises(Problem, match="would change the area by 100 %"):
        mend(Polygon([(13, 49), (13.1, 49), (13, 49)]))


def test_mend_takes_the_areas_of_a_collection() -> None:
    mended = mend(GeometryCollection([SQUARE, LineString([(13, 49), (14, 49)])]))
    assert mended.area.equals(SQUARE)
    assert [str(note) for note in mended.notes] == ["Points and lines beside the area were left out."]


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "no geometry"),
        (Polygon(), "no geometry"),
        (Point(13, 49), "not an area .* Point"),
        (LineString([(13, 49), (14, 49)]), "not an area .* LineString"),
        (Polygon([(13, 49), (float("inf"), 49), (13, 50)]), "not numbers"),
        (affinity.scale(SQUARE, 1e-7, 1e-7), "smaller than the smallest"),
    ],
)
def test_mend_what_is_no_area(geometry: BaseGeometry | None, words: str) -> None:
    with pytest.raises(Problem, match=words):
        mend(geometry)


def test_mend_sliver_that_rounding_would_pinch() -> None:
    sliver = Polygon([(13, 49), (13.1, 49), (13.1, 49.1), (13.05, 49.0000004), (13, 49.1)])
    assert mend(sliver).area.is_valid


@given(
    radii=st.lists(st.floats(min_value=0.01, max_value=0.3), min_size=4, max_size=30),
    lon=st.floats(min_value=12, max_value=24),
    lat=st.floats(min_value=48.5, max_value=54),
)
def test_mend_any_star_stays_what_it_is(radii: list[float], lon: float, lat: float) -> None:
    angles = [2 * pi * place / len(radii) for place in range(len(radii))]
    star = Polygon([(lon + r * cos(a), lat + r * sin(a)) for r, a in zip(radii, angles, strict=True)])
    mended = mend(star)
    assert mended.area.is_valid
    assert mended.area.area == pytest.approx(star.area, rel=0.01, abs=1e-6)


@pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
@pytest.mark.parametrize(
    ("name", "repaired"),
    [
        ("pl_powiaty_min", 79),
        ("krakow_dzielnice", 1),
        ("plzensky_kraj_obce_derived", 0),
        ("cz_okresy_lowres_rczechia", 0),
    ],
)
def test_mend_real_boundaries(name: str, repaired: int) -> None:
    path = Path(SAMPLES) / "boundaries" / f"{name}.geojson"
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    results = [mend(shape(feature["geometry"])) for feature in features]
    assert all(result.area.is_valid for result in results)
    assert sum(bool(result.notes) for result in results) == repaired
