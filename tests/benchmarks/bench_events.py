"""Intervention events by the million: loading, counting, and the page that reads the counts; 1 when a target is missed.

On a PostgreSQL of its own: loading against a bare COPY of the same rows into the same table, counting one month anew
against counting all, and the page over so many events against the page over 100,000. On SQLite the page alone, with a
tenth of the events. How many is said by ``EVENTS`` (1,000,000 unless it is set; the house promises it for 10,000,000).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
EVENTS = int(os.environ.get("EVENTS", "1000000"))
BASE, SPELLINGS, SIDE, YEARS = 100_000, 60, 5, 10
# One row in so many cannot be taken: loading must tell each of them.
ONE_BAD_IN = 10_000
ROUNDS = 15
MOST_PAGE, LEAST_LOAD, MOST_REFRESH = 1.2, 0.5, 0.1


def main() -> int:
    """Measure both databases, each in a process of its own."""
    from bootstrap.postgres import cluster

    missed = 0
    with tempfile.TemporaryDirectory(prefix="events-") as folder:
        for name, count in (("postgresql", EVENTS), ("sqlite", max(EVENTS // 10, BASE))):
            environment = {**os.environ, **_settings(Path(folder))}
            if name == "postgresql":
                with cluster() as url:
                    missed |= _measured(name, count, {**environment, "DATABASE_URL": url})
            else:
                missed |= _measured(name, count, environment)
    return missed


def _settings(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_VAR": str(folder),
        "SECRET_KEY": "only-for-measuring-" + "0" * 40,
        "DATABASE_URL": "",
        "BASE_URL": "http://127.0.0.1:8000",
    }


def _measured(name: str, count: int, environment: dict[str, str]) -> int:
    for words in (["migrate", "-v", "0"], ["collectstatic", "--noinput", "-v", "0"]):
        subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, check=True, env=environment)
    command = [sys.executable, "-m", "tests.benchmarks.bench_events", name, str(count)]
    return subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode


def write_file(path: Path, count: int) -> None:
    """Events of ten years in a town of 25 districts, as an office writes them; the same on every run."""
    import pandas as pd

    chance = np.random.default_rng(4)
    for start in range(0, count, 1_000_000):
        size = min(1_000_000, count - start)
        moments = pd.Series(np.datetime64("2014-01-01", "m") + chance.integers(0, YEARS * 365 * 1440, size))
        frame = pd.DataFrame(
            {
                "datum": moments.dt.strftime("%d.%m.%Y %H:%M"),
                "druh": np.char.add("druh ", chance.integers(0, SPELLINGS, size).astype(str)),
                "číslo události": np.char.add("A-", np.arange(start, start + size).astype(str)),
                "lon": (13.3 + chance.random(size) * 0.15).round(6),
                "lat": (49.7 + chance.random(size) * 0.1).round(6),
            }
        )
        frame.loc[frame.index % ONE_BAD_IN == ONE_BAD_IN - 1, "datum"] = "31.2.2014 9:00"
        frame.to_csv(path, mode="a" if start else "w", header=not start, index=False)


def measure(name: str, count: int) -> int:
    """Load, count and read in this process; 1 when a target is missed."""
    import django

    django.setup()
    folder = Path(os.environ["SAFE_COUNTY_VAR"])
    _town()
    print(f"{name}, {count:,} events:", flush=True)
    missed = []
    with _loaded(folder / "base.csv", BASE):
        before = _page()
    with _loaded(folder / "events.csv", count) as (register, seconds, report):
        bad = count // ONE_BAD_IN
        print(
            f"  loaded in {seconds:.1f} s, {count / seconds:,.0f} rows/s; {report.rejected_count:,} of {bad:,} bad told"
        )
        missed += ["bad rows not told"] * (report.rejected_count < bad)
        page = _page()
        print(f"  page {page * 1000:.1f} ms, over {BASE:,} events {before * 1000:.1f} ms: {page / before:.2f} ×")
        missed += ["page"] * (page / before > MOST_PAGE)
        missed += _refreshed(register)
        if name == "postgresql":
            missed += _copied(count, seconds)
    print("  " + ("missed: " + ", ".join(missed) if missed else "every target is met"))
    return int(bool(missed))


def _town() -> None:
    from tests.factories.places import district, square, town

    home = town(boundary=square(13.3, 49.7, 0.15), slug="mereno")
    for place in range(SIDE * SIDE):
        corner = square(13.3 + place % SIDE * 0.03, 49.7 + place // SIDE * 0.02, 0.03)
        district(town=home, code=str(place + 1), boundary=corner)


@contextmanager
def _loaded(path: Path, count: int) -> Iterator[tuple[Any, float, Any]]:
    """A published register with so many events, its spellings sorted; everything is gone afterwards."""
    from region.domain.imports import Run
    from reports.domain.events_summaries import rebuild_summaries
    from reports.models import EventLabel, EventRegister
    from tests.factories.event_registers import category, loaded, register

    write_file(path, count)
    into: EventRegister = register(is_published=True)
    run = Run(apply=True, skip_rejected=True, most_listed=50)
    started = time.perf_counter()
    report = loaded(path, into, run)
    seconds = time.perf_counter() - started
    kinds = [category(f"kind-{number}-{into.key}") for number in range(SPELLINGS // SIDE)]
    for place, label in enumerate(EventLabel.objects.filter(register=into).order_by("spelling")):
        EventLabel.objects.filter(pk=label.pk).update(category=kinds[place % len(kinds)])
    rebuild_summaries(register=into)
    path.unlink()
    yield into, seconds, report
    _emptied()


def _emptied() -> None:
    """Take all events away."""
    from django.db import connection

    from region.sql_names import table_name
    from reports import models

    kinds = ("InterventionEvent", "EventSpellingCount", "EventSummary", "EventMonth", "EventLoad", "EventLabel",
             "EventRegister", "EventCategory")  # fmt: skip
    names = [table_name(getattr(models, kind)) for kind in kinds]
    statements = [("TRUNCATE", ", ".join(names), "CASCADE")]
    if connection.vendor == "sqlite":
        statements = [("DELETE FROM", name, "") for name in names]
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(" ".join(statement))


def _page() -> float:
    """Seconds of the dashboard, made anew each time, as for whoever is signed in: the median."""
    from django.core.cache import caches
    from django.test import Client
    from django.urls import reverse

    from tests.factories.accounts import new_user

    client, url = Client(headers={"host": "127.0.0.1"}), reverse("reports:interventions")
    client.force_login(new_user())
    taken = []
    for _round in range(ROUNDS):
        for cache in caches.all(initialized_only=True):
            cache.clear()
        started = time.perf_counter()
        response = client.get(url)
        taken.append(time.perf_counter() - started)
        if response.status_code != 200 or b"<svg" not in response.content:
            raise RuntimeError(f"The page answers {response.status_code}.")
    return statistics.median(taken)


def _refreshed(register: Any) -> list[str]:
    from django.db import transaction

    from reports.domain.events_summaries import rebuild_summaries, refresh_summaries
    from reports.models import EventMonth

    month = EventMonth.objects.filter(register=register).order_by("month").values_list("month", flat=True)[5]
    started = time.perf_counter()
    with transaction.atomic():
        refresh_summaries(register=register, months=[month])
    one = time.perf_counter() - started
    started = time.perf_counter()
    rebuild_summaries(register=register)
    whole = time.perf_counter() - started
    print(f"  one month counted anew in {one:.2f} s, all in {whole:.2f} s: {one / whole:.3f}")
    return ["refresh"] * (one / whole > MOST_REFRESH)


def _copied(count: int, seconds: float) -> list[str]:
    """The same rows once more by a bare COPY, in one transaction, into the same table with its keys."""
    from django.db import connection, transaction

    from reports.domain.events_writing import copy_statement

    statement = copy_statement()
    with tempfile.TemporaryFile() as kept, connection.cursor() as cursor:
        raw: Any = cursor
        with raw.copy(statement.replace("FROM STDIN", "TO STDOUT")) as copy:
            for piece in copy:
                kept.write(piece)
        cursor.execute("TRUNCATE reports_interventionevent")
        kept.seek(0)
        started = time.perf_counter()
        with transaction.atomic(), raw.copy(statement) as copy:
            while piece := kept.read(1 << 20):
                copy.write(piece)
        bare = time.perf_counter() - started
    print(f"  bare COPY in {bare:.1f} s, {count / bare:,.0f} rows/s: loading reaches {bare / seconds:.2f} of it")
    return ["load"] * (bare / seconds < LEAST_LOAD)


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1], int(sys.argv[2])) if len(sys.argv) > 1 else main())
