"""How long the coverage of a large city takes: 22,842 sensors over 25 districts, made up from a fixed seed.

Run by ``python -m tests.benchmarks.bench_coverage``; prints seconds and the ratio to a plain union of the same ranges
in the same run, and checks that both unions have the same area.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from reports.spatial.coverage import coverage, united
from reports.spatial.ranges import Reach, ranges

SENSORS, SIDE, REPEATS = int(os.environ.get("BENCH_SENSORS", "22842")), 5, 3
CITY = (13.15, 49.60, 13.565, 49.87)  # degrees: about 30 × 30 km
KROVAK = 5514
TARGET_SECONDS = 5
SAME_AREA = 1e-9


def main() -> int:
    """Measure and print; 1 when the target is missed or the unions differ."""
    return max(_measured("spread evenly", _evenly), _measured("crowded in the middle", _crowded))


def _measured(name: str, spread: Callable[[np.random.Generator], np.ndarray]) -> int:
    reaches, districts = _sensors(spread(np.random.default_rng(20_261_121))), _districts()
    drawn = ranges(reaches, epsg=KROVAK)
    seconds, found = _timed(lambda: coverage(reaches=reaches, districts=districts, epsg=KROVAK))
    by_groups, parts = _timed(lambda: united(drawn))
    plainly, plain = _timed(lambda: shapely.union_all(drawn))
    difference = abs(float(shapely.area(parts).sum()) / plain.area - 1)
    print(f"{SENSORS:,} sensors {name}, {len(districts)} districts, {len(parts):,} parts of the union")
    print(f"{'  coverage of all districts':32}{seconds:8.2f} s{seconds / plainly:8.2f} × a plain union alone")
    print(f"{'  union by groups':32}{by_groups:8.2f} s{by_groups / plainly:8.2f} × a plain union")
    print(f"{'  plain union':32}{plainly:8.2f} s")
    print(f"  areas of the two unions differ by {difference:.1e}; covered in all {_square_km(found):.1f} km²")
    print(f"  target: coverage within {TARGET_SECONDS} s")
    return int(seconds > TARGET_SECONDS or difference > SAME_AREA)


def _evenly(random: np.random.Generator) -> np.ndarray:
    return random.uniform(size=(SENSORS, 2))


def _crowded(random: np.random.Generator) -> np.ndarray:
    return random.normal(0.5, 0.18, size=(SENSORS, 2)).clip(0, 1)


def _sensors(spots: np.ndarray) -> list[Reach]:
    """Sensors of three lengths, every second one with a direction; half of them are circles."""
    random = np.random.default_rng(1)
    west, south, east, north = CITY
    lengths = random.choice([30, 60, 90], size=SENSORS)
    azimuths, fields = random.uniform(0, 360, SENSORS), random.uniform(40, 120, SENSORS)
    return [
        Reach(
            lon=west + spot[0] * (east - west),
            lat=south + spot[1] * (north - south),
            metres=float(length),
            azimuth=float(azimuth) if number % 2 else None,
            field=float(field) if number % 2 else None,
        )
        for number, (spot, length, azimuth, field) in enumerate(zip(spots, lengths, azimuths, fields, strict=True))
    ]


def _districts() -> dict[str, BaseGeometry]:
    west, south, east, north = CITY
    wide, high = (east - west) / SIDE, (north - south) / SIDE
    return {
        f"{column}-{row}": box(
            west + column * wide, south + row * high, west + (column + 1) * wide, south + (row + 1) * high
        ).segmentize(wide / 100)
        for column in range(SIDE)
        for row in range(SIDE)
    }


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Median seconds of some runs, and what the last one gave."""
    times, found = [], None
    for _ in range(REPEATS):
        start = time.perf_counter()
        found = act()
        times.append(time.perf_counter() - start)
    return statistics.median(times), found


def _square_km(found: Any) -> float:
    return float(sum(one.covered for one in found)) / 1_000_000


if __name__ == "__main__":
    sys.exit(main())
