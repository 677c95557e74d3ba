"""The camera dashboard of a large city, made anew: 22,842 points beside a tenth of them; 1 when a target is missed.

Measured on SQLite and on a PostgreSQL of its own, as processor time of this process and of the database together, so
that a busy machine tells the same. Every number of the register is made up from a fixed seed. How many points is said
by ``POINTS``; the parts of the page that take longest are named.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
POINTS, TENTH = int(os.environ.get("POINTS", "22842")), 10
SYSTEMS, SIDE, PLACES, ROUNDS, NAMED = 12, 5, 600, 5, 6
FIRST_DAY = date(2010, 1, 1)
SURROUNDINGS = ("school_route", "hub", "park", "road", "square", "housing", "unknown")
KINDS = ("fixed", "ptz", "panoramic", "multi_sensor", "anpr", "acoustic")
# Seconds of the page made anew, and how many times that of a tenth of the points.
MOST_SECONDS, MOST_TIMES = 1.5, 6.0


def main() -> int:
    """Measure both databases, each in a process of its own."""
    from bootstrap.postgres import cluster

    missed = 0
    with tempfile.TemporaryDirectory(prefix="cameras-") as folder:
        environment = {**os.environ, **_settings(Path(folder))}
        missed |= _measured("sqlite", environment)
        with cluster() as url:
            missed |= _measured("postgresql", {**environment, "DATABASE_URL": url})
    return missed


def _settings(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_VAR": str(folder),
        "SECRET_KEY": "only-for-measuring-" + "0" * 40,
        "DATABASE_URL": "",
        "PAGE_CACHE_MB": "0",
        "BASE_URL": "http://127.0.0.1:8000",
    }


def _measured(name: str, environment: dict[str, str]) -> int:
    for words in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, env=environment)
    command = [sys.executable, "-m", "tests.benchmarks.bench_cameras", name]
    return subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode


def measure(name: str) -> int:
    """Fill the register, ask for the page; 1 when a target is missed."""
    import django

    django.setup()
    from reports.models import CameraPoint

    ground = _ground()
    _fill(ground, POINTS // TENTH, FIRST_DAY)
    few = _page()
    _fill(ground, POINTS - POINTS // TENTH, FIRST_DAY)
    many = _page()
    print(f"{name}, {CameraPoint.objects.count():,} points in {SIDE * SIDE} districts:")
    print(f"  page {many:.2f} s of processor time, over a tenth of the points {few:.2f} s: {many / few:.1f} ×")
    for key, seconds in _slowest():
        print(f"    {key:32}{seconds:6.2f} s")
    missed = ["page"] * (many > MOST_SECONDS) + ["growth"] * (many / few > MOST_TIMES)
    print("  " + ("missed: " + ", ".join(missed) if missed else "every target is met"))
    return int(bool(missed))


def _ground() -> tuple[Any, list[Any], list[Any]]:
    """A town of 25 districts with schools, and systems with everything the law asks for."""
    from reports.models import NearbyPlace
    from tests.factories.cameras import camera_system
    from tests.factories.places import district, square, town
    from tests.factories.profiles import czech_county

    czech_county()
    home = town(boundary=square(13.3, 49.7, 0.15), slug="mereno")
    corners = [(13.3 + place % SIDE * 0.03, 49.7 + place // SIDE * 0.03) for place in range(SIDE * SIDE)]
    parts = [district(town=home, code=str(n), boundary=square(*corner, 0.03)) for n, corner in enumerate(corners)]
    chance = np.random.default_rng(1)
    NearbyPlace.objects.bulk_create(
        NearbyPlace(kind="school", code=str(n), name=f"School {n}", lon=13.3 + x, lat=49.7 + y, source="Schools")
        for n, (x, y) in enumerate(chance.uniform(0, 0.15, (PLACES, 2)))
    )
    return home, parts, [camera_system(town=home, name_en=f"System {number}") for number in range(SYSTEMS)]


def _fill(ground: tuple[Any, list[Any], list[Any]], count: int, first: date) -> None:
    """So many published points more, each planned and then active, most with a device, some with another."""
    from region.domain.content import public_content_changed
    from reports.models import CameraPoint, Device, Placement, StageChange

    home, parts, systems = ground
    chance, before = np.random.default_rng(count), CameraPoint.objects.count()
    points, changes, devices, placements = [], [], [], []
    for number, (x, y, when) in enumerate(chance.uniform(0, 1, (count, 3)), start=before):
        part, system = parts[int(y * SIDE) * SIDE + int(x * SIDE)], systems[number % SYSTEMS]
        planned = first + timedelta(days=int(when * 5000))
        active, is_active = planned + timedelta(days=60), number % 10 != 0
        point = CameraPoint(
            code=f"M{number}",
            name=f"Point {number}",
            system=system,
            town=home,
            district=part,
            location_status="exact" if number % 7 else "approximate",
            lon=13.3 + x * 0.15,
            lat=49.7 + y * 0.15,
            surroundings=SURROUNDINGS[number % len(SURROUNDINGS)],
            is_published=True,
            stage="active" if is_active else "planned",
            stage_since=active if is_active else planned,
        )
        points.append(point)
        changes.append(StageChange(point=point, stage="planned", since=planned, ended_on=active if is_active else None))
        if not is_active:
            continue
        changes.append(StageChange(point=point, stage="active", since=active))
        for each in range(1 + number % 2):
            kind = KINDS[(number + each) % len(KINDS)]
            device = Device(system=system, kind=kind, sensor_count=4 if kind == "multi_sensor" else 1)
            device.has_audio = device.face_recognition = "no"
            devices.append(device)
            placements.append(Placement(device=device, point=point, since=active))
    written: Any
    for model, written in ((CameraPoint, points), (StageChange, changes), (Device, devices), (Placement, placements)):
        model._default_manager.bulk_create(written, batch_size=2000)
    public_content_changed()


def _database_seconds() -> float:
    """Processor time of all of PostgreSQL; SQLite works in this process."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = int(cursor.fetchone()[0])
    server = int(_stat(backend)[1])
    lines = [_stat(int(folder.name)) for folder in Path("/proc").iterdir() if folder.name.isdigit()]
    ticks = sum(sum(map(int, line[11:13])) for line in lines if line and int(line[1]) == server)
    return (ticks + sum(map(int, _stat(server)[11:15]))) / os.sysconf("SC_CLK_TCK")


def _stat(process: int) -> list[str]:
    """Fields of a process after its name: state, parent …; none when it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except OSError:
        return []


def _spent(act: Callable[[], Any]) -> float:
    """Processor time of this process and of the database while ``act`` runs, from an empty memory."""
    from django.core.cache import caches

    for cache in caches.all(initialized_only=True):
        cache.clear()
    begun, database = time.process_time(), _database_seconds()
    act()
    return time.process_time() - begun + _database_seconds() - database


def _page() -> float:
    """The dashboard, made anew each time: the median."""
    from django.test import Client
    from django.urls import reverse

    client, url = Client(headers={"host": "127.0.0.1"}), reverse("reports:cameras")

    def ask() -> None:
        response = client.get(url)
        if response.status_code != 200 or b"chart" not in response.content:
            message = f"The page answers {response.status_code}."
            raise RuntimeError(message)

    with _analysed():
        ask()
        return statistics.median(_spent(ask) for _round in range(ROUNDS))


@contextmanager
def _analysed() -> Iterator[None]:
    """The database knows how large its tables are, as it does in an installation."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    yield


def _slowest() -> list[tuple[str, float]]:
    """Charts that take the longest when each is asked for alone."""
    from reports.asked import Asked
    from reports.figures import registered_figures

    taken = {figure.key: _spent(partial(figure.build, Asked())) for figure in registered_figures("cameras")}
    return sorted(taken.items(), key=lambda item: -item[1])[:NAMED]


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1]) if len(sys.argv) > 1 else main())
