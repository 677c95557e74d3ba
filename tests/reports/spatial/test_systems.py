from __future__ import annotations

import numpy as np
import pytest

from region.messages import Problem
from reports.spatial.systems import EQUAL_AREA, at_home, in_metres, on_grid, require_home

PLZEN, KRAKOW = (13.3776, 49.7475), (19.9385, 50.0614)


def one(place: tuple[float, float]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([place[0]]), np.array([place[1]])


@pytest.mark.parametrize(("epsg", "place"), [(5514, PLZEN), (2180, KRAKOW), (EQUAL_AREA, PLZEN), (EQUAL_AREA, KRAKOW)])
def test_system_at_home(epsg: int, place: tuple[float, float]) -> None:
    require_home(epsg, *one(place))


def test_polish_system_is_refused_in_plzen() -> None:
    with pytest.raises(Problem) as caught:
        in_metres(*one(PLZEN), 2180)
    assert str(caught.value) == (
        "ETRS89 / PL-1992 (EPSG:2180) is not meant for the place 13.3776, 49.7475: "
        "distances measured in it would be wrong there."
    )


def test_one_stray_place_is_named() -> None:
    with pytest.raises(Problem, match=r"place 2\.3500, 48\.8500"):
        require_home(5514, np.array([13.38, 2.35]), np.array([49.75, 48.85]))


def test_no_places_fit_everywhere() -> None:
    require_home(2180, np.empty(0), np.empty(0))


@pytest.mark.parametrize("wrong", [float("nan"), float("inf")])
def test_places_that_are_no_numbers(wrong: float) -> None:
    with pytest.raises(Problem, match="not numbers"):
        require_home(5514, np.array([13.38]), np.array([wrong]))


def test_unknown_system() -> None:
    with pytest.raises(Problem, match="EPSG:1 is no coordinate system"):
        require_home(1, *one(PLZEN))


def test_krovak_is_turned_and_scaled() -> None:
    # In Plzeň the grid's north lies 8.7° from the true one; the scale 0.99994 is measured independently (research).
    grid = on_grid(*one(PLZEN), 5514)
    assert np.degrees(grid.turn[0]) == pytest.approx(8.7, abs=0.1)
    assert grid.scale[0] == pytest.approx(0.99994, abs=3e-5)


def test_polish_system_is_almost_straight() -> None:
    grid = on_grid(*one(KRAKOW), 2180)
    assert np.degrees(grid.turn[0]) == pytest.approx(-0.72, abs=0.1)
    assert grid.scale[0] == pytest.approx(0.99936, abs=3e-5)


def test_places_at_home() -> None:
    lons, lats = np.array([13.38, 19.94, float("nan"), 13.38]), np.array([49.75, 50.06, 49.75, float("inf")])
    assert at_home(2180, lons, lats).tolist() == [False, True, False, False]
    assert at_home(5514, lons, lats).tolist() == [True, True, False, False]


@pytest.mark.parametrize("place", [(11.9, 49.7), (22.7, 49.7), (14.0, 47.6), (14.0, 51.2)])
def test_every_side_of_a_system_is_watched(place: tuple[float, float]) -> None:
    assert at_home(5514, *one(place)).tolist() == [False]
