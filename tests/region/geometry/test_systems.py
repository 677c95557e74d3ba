from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer
from shapely.geometry import box

from region.geometry.systems import (
    COUNTRY_BOXES,
    Reading,
    degrees,
    explicit,
    near,
    read_geometry,
    recognise,
    sample,
)
from region.messages import Problem

PLZEN = (12.1, 48.9, 14.05, 50.15)
KRAKOW = (19.79, 49.96, 20.22, 50.13)


def grid(area: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = area
    lons, lats = np.meshgrid(np.linspace(west, east, 9), np.linspace(south, north, 9))
    return np.column_stack([lons.ravel(), lats.ravel()])


def written(area: tuple[float, float, float, float], reading: Reading) -> np.ndarray:
    """The grid's points as a file in that system would hold them."""
    points = grid(area)
    if reading.epsg != 4326:
        way = Transformer.from_crs(4326, reading.epsg, always_xy=True)
        points = np.column_stack(way.transform(points[:, 0], points[:, 1]))
    points = -points if reading.negated else points
    return points[:, ::-1] if reading.swapped else points


READINGS = [
    Reading(),
    Reading(swapped=True),
    *(Reading(5514, swapped, negated) for swapped in (False, True) for negated in (False, True)),
    *(Reading(epsg, swapped) for epsg in (3857, 32633, 3035) for swapped in (False, True)),
]
POLISH = [Reading(epsg, swapped) for epsg in (2180, 2178, 32634, 3857, 4326) for swapped in (False, True)]


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_recognise_czech_systems(reading: Reading) -> None:
    points = written(PLZEN, reading)
    assert recognise(points, expected=near(PLZEN)) == reading
    assert recognise(points, expected=COUNTRY_BOXES["CZ"]) == reading


@pytest.mark.parametrize("reading", POLISH, ids=str)
def test_recognise_polish_systems(reading: Reading) -> None:
    assert recognise(written(KRAKOW, reading), expected=near(KRAKOW)) == reading


@pytest.mark.parametrize("reading", READINGS, ids=str)
def test_degrees_give_back_the_place(reading: Reading) -> None:
    assert degrees(written(PLZEN, reading), reading) == pytest.approx(grid(PLZEN), abs=1e-5)


@given(
    reading=st.sampled_from(READINGS),
    lon=st.floats(min_value=12.2, max_value=13.8),
    lat=st.floats(min_value=49.0, max_value=50.0),
)
def test_recognise_small_places(reading: Reading, lon: float, lat: float) -> None:
    assert recognise(written((lon, lat, lon + 0.01, lat + 0.01), reading), expected=near(PLZEN)) == reading


def test_recognise_polish_order_of_axes_that_only_the_region_tells() -> None:
    points = written(KRAKOW, Reading(2180))
    with pytest.raises(Problem, match=r"several systems \(EPSG:2180, EPSG:2180 ⇄\)"):
        recognise(points, expected=COUNTRY_BOXES["PL"])


def test_recognise_believes_a_declaration_that_fits() -> None:
    assert recognise(written(KRAKOW, Reading(2180)), expected=COUNTRY_BOXES["PL"], declared=2180) == Reading(2180)


def test_recognise_declared_with_latitude_first() -> None:
    assert recognise(written(PLZEN, Reading(swapped=True)), expected=near(PLZEN), declared=4326) == Reading(
        swapped=True
    )


def test_recognise_declared_wrongly() -> None:
    assert recognise(written(PLZEN, Reading(5514)), expected=near(PLZEN), declared=4326) == Reading(5514)


def test_recognise_some_strays_do_not_matter() -> None:
    points = written(PLZEN, Reading(5514))
    points[:20] = (0, 0)
    assert recognise(points, expected=near(PLZEN)) == Reading(5514)


@pytest.mark.parametrize("points", [[(2.35, 48.85)], [(1e7, 2e7)], [(float("inf"), 3.0), (2.0, 41.0)]])
def test_recognise_elsewhere(points: list[tuple[float, float]]) -> None:
    with pytest.raises(Problem, match="fit no known system"):
        recognise(np.array(points), expected=near(PLZEN))


def test_recognise_nothing() -> None:
    with pytest.raises(Problem, match="no coordinates"):
        recognise(np.empty((0, 2)), expected=near(PLZEN))


def test_explicit_finds_the_order_of_axes() -> None:
    points = written(PLZEN, Reading(5514, swapped=True, negated=True))
    assert explicit(points, epsg=5514, expected=near(PLZEN)) == Reading(5514, swapped=True, negated=True)


def test_explicit_order_of_axes_that_must_be_said() -> None:
    points = written(KRAKOW, Reading(2180, swapped=True))
    with pytest.raises(Problem, match="both orders of axes fit"):
        explicit(points, epsg=2180, expected=COUNTRY_BOXES["PL"])
    assert explicit(points, epsg=2180, expected=COUNTRY_BOXES["PL"], swapped=True) == Reading(2180, swapped=True)


def test_explicit_that_does_not_fit() -> None:
    with pytest.raises(Problem, match="In EPSG:32634 the coordinates do not lie"):
        explicit(written(PLZEN, Reading(5514)), epsg=32634, expected=near(PLZEN))


@pytest.mark.parametrize(
    ("reading", "words"),
    [
        (Reading(), None),
        (Reading(swapped=True), "Latitude stands before longitude; the two were swapped."),
        (Reading(5514), "Coordinates are in S-JTSK / Křovák (EPSG:5514); recalculated to WGS 84."),
        (
            Reading(5514, negated=True),
            "Coordinates are in S-JTSK / Křovák (EPSG:5514) without minus signs; recalculated to WGS 84.",
        ),
        (
            Reading(2180, swapped=True),
            "Coordinates are in ETRS89 / PL-1992 (EPSG:2180) with swapped axes; recalculated to WGS 84.",
        ),
    ],
)
def test_message_of_a_reading(reading: Reading, words: str | None) -> None:
    message = reading.message()
    assert (str(message) if message else None) == words


def test_read_geometry_in_degrees() -> None:
    square = box(*PLZEN)
    assert read_geometry(square, Reading()) is square
    assert read_geometry(box(48.9, 12.1, 50.15, 14.05), Reading(swapped=True)).equals(square)


def test_sample_is_spread_evenly() -> None:
    points = [(float(number), 0.0) for number in range(100)]
    assert sample(points, most=4)[:, 0].tolist() == [0, 25, 50, 75]
