"""Pages of the demo region beside an empty Django view, in the same run; 1 when a target of the house is missed.

Stored pages: requests per second of two workers with one thread each, as a ratio to the empty view behind the eight
standard middlewares. Pages made anew: processor time and queries in this process. Weight: compressed bytes of a first
visit. The demo data stands in ``var/bench`` and is loaded once.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.benchmarks.load import ROOT, requests_per_second, served, tool
from tests.benchmarks.weight import page_weight

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS, SECONDS, REPEATS = 9, 1.0, 60
LEAST_RATIO = 0.8
MOST_BYTES = 30_000
HOME, TOWN = "/cs/", "/cs/mesta/domazlice/"


@dataclass(frozen=True, slots=True)
class Budget:
    """A page made anew: its address and what it may cost (none = told only)."""

    name: str
    path: str
    milliseconds: float | None = None
    queries: int | None = None


BUDGETS = [
    Budget("home", HOME, 15, 20),
    Budget("town", TOWN, 12, 16),
    Budget("town list", "/cs/mesta/"),
    Budget("news list", "/cs/novinky/"),
    Budget("finder", "/cs/kdo-odpovida/"),
    Budget("people of a town", "/cs/kdo-odpovida/domazlice/"),
    Budget("search", "/cs/hledat/?q=domazlice+policie"),
]


def main() -> int:
    """Prepare, measure, print."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_VAR": str(ROOT / "var" / "bench"),
        "SAFE_COUNTY_REGION": "plzen",
        "SECRET_KEY": "only-for-measuring-" + "0" * 40,
        "DATABASE_URL": "",
        "BASE_URL": "http://127.0.0.1:8000",
    }
    _prepare()
    missed = [*_stored(), *_anew(), *_weights()]
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every target is met."))
    return int(bool(missed))


def _prepare() -> None:
    """Load the demo, in a process of its own: this one must find everything ready when it starts Django."""
    Path(os.environ["SAFE_COUNTY_VAR"]).mkdir(parents=True, exist_ok=True)
    load = "import django; django.setup(); from portal.demo.preparing import prepare; prepare(region='plzen')"
    subprocess.run([sys.executable, "-c", load], cwd=ROOT, check=True)


def _stored() -> list[str]:
    print(f"Stored pages, requests per second (median of {ROUNDS} × {SECONDS:.0f} s, load by {tool()}):")
    with (
        served("tests.benchmarks.empty_site:application", "/") as empty,
        served("portal.wsgi:application", HOME) as site,
    ):
        rounds = _rounds({"empty view": f"{empty}/", "home": site + HOME, "town": site + TOWN})
    missed = []
    for name in rounds[0]:
        rate = statistics.median(each[name] for each in rounds)
        ratio = statistics.median(each[name] / each["empty view"] for each in rounds)
        print(f"  {name:<20}{rate:10,.0f}{ratio:8.2f}")
        if ratio < LEAST_RATIO:
            missed.append(f"stored {name} {ratio:.2f} of the empty view")
    return missed


def _rounds(urls: dict[str, str]) -> list[dict[str, float]]:
    """Rates of the addresses in many short rounds: compared within a round, so that a busy moment meets all alike."""
    for url in urls.values():
        requests_per_second(url, 1)
    return [{name: requests_per_second(url, SECONDS) for name, url in urls.items()} for _ in range(ROUNDS)]


def _anew() -> list[str]:
    import django

    django.setup()
    from django.conf import settings
    from django.test import Client

    from region.stamp import shared_stamp

    settings.PAGE_CACHE_MB = 0
    client = Client(headers={"host": "127.0.0.1"})
    print(f"\nPages made anew, processor time (median of {REPEATS}) and queries:")
    missed = []
    for budget in BUDGETS:
        ask = partial(client.get, budget.path)
        spent, queries = _cost(ask)
        first, first_queries = _cost(ask, repeats=10, before=shared_stamp().bump)
        told = f"{spent:8.1f} ms{queries:4} queries;{first:8.1f} ms{first_queries:4} queries right after a change"
        print(f"  {budget.name:<20}{told}{_limits(budget)}")
        if budget.milliseconds is not None and spent > budget.milliseconds:
            missed.append(f"{budget.name} {spent:.1f} ms")
        if budget.queries is not None and queries > budget.queries:
            missed.append(f"{budget.name} {queries} queries")
    return missed


def _limits(budget: Budget) -> str:
    return f"   (at most {budget.milliseconds} ms, {budget.queries} queries)" if budget.milliseconds else ""


def _cost(ask: Callable[[], Any], *, repeats: int = REPEATS, before: Callable[[], Any] = int) -> tuple[float, int]:
    """Milliseconds of processor time (median) and number of queries of one answer; ``before`` is called before each."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(repeats):
        before()
        start = time.process_time()
        answer = ask()
        times.append(time.process_time() - start)
    if answer.status_code != 200:
        message = f"{answer.request['PATH_INFO']}: {answer.status_code}"
        raise RuntimeError(message)
    before()
    with CaptureQueriesContext(connection) as made:
        ask()
    return statistics.median(times) * 1000, len(made)


def _weights() -> list[str]:
    print("\nFirst visit, compressed bytes of HTML + CSS + JavaScript (at most 30,000 without a map):")
    missed = []
    with served("portal.wsgi:application", HOME) as site:
        for budget in BUDGETS:
            found = page_weight(site + budget.path)
            total, page = sum(found.values()), found[site + budget.path]
            print(f"  {budget.name:<20}{total:10,}   page {page:,}, {len(found) - 1} files")
            if total > MOST_BYTES:
                missed.append(f"{budget.name} weighs {total:,} bytes")
    return missed


if __name__ == "__main__":
    sys.exit(main())
