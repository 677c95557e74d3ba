"""``./run test``: checks, the suite on both databases, browser tests, one summary line; coverage if asked for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bootstrap import checks
from bootstrap.checks import RESULTS, Stage
from bootstrap.environment import PYTHON, variables
from bootstrap.postgres import cluster
from bootstrap.progress import ROOT, say
from bootstrap.system import browser

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

PARALLEL = ["-n", "2", "--dist", "loadscope", "-m", "not browser"]
# Each makes its database anew, and the next stages begin with a copy of it.
TABLES = "tests/tables"
REST = ["tests", *(f"--ignore={folder}" for folder in (*checks.HOUSE, TABLES))]
# Each process serves a portal of its own; a file's tests share it.
BROWSERS = ["-n", "2", "--dist", "loadfile", "-m", "browser"]
# Collected here, judged by a stage of its own. Only when asked for: the suite takes half as long again with it.
COVERAGE = ["--cov", "--cov-report=", "--cov-fail-under=0"]
# Whatever .env says, these stages use SQLite (Django makes its test database in memory).
EMBEDDED = {"DATABASE_URL": f"sqlite:///{RESULTS / 'suite.sqlite3'}"}


def _end(_signal: int, _frame: FrameType | None) -> None:
    """Turn SIGTERM into an ordinary end, so that the cluster is stopped."""
    sys.exit(143)


def _sqlite(*, is_counted: bool) -> Stage:
    counting = COVERAGE if is_counted else []
    return checks.tests("suite on SQLite", [*PARALLEL, *counting, *REST], EMBEDDED)


def _postgres(url: str) -> Stage:
    return checks.tests("suite on PostgreSQL", [*PARALLEL, *REST, "--database-only"], {"DATABASE_URL": url})


def _tables(url: str) -> list[Stage]:
    """Migrate both databases at the same time: later each stage would have one process wait for the other."""
    places = {"tables on SQLite": EMBEDDED, "tables on PostgreSQL": {"DATABASE_URL": url}}
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda name: checks.tests(name, [TABLES], places[name]), places))


def _browser() -> Stage:
    if browser() is None:
        refused = bool(os.environ.get("CI"))
        say(f"\n== browser tests: {'FAILED' if refused else 'skipped'}, Chromium is not installed")
        return Stage("browser tests", 0, int(refused), int(not refused), 0.0)
    return checks.tests("browser tests", [*BROWSERS, "tests"], EMBEDDED)


def _coverage() -> Stage:
    """Show what the suite on SQLite did not reach; fail below what pyproject.toml asks for (fail_under)."""
    say("\n== coverage")
    started = time.monotonic()
    # What other processes of the tests left; usually there is nothing, which is no error here.
    combine: list[str | Path] = [PYTHON, "-m", "coverage", "combine", "--append", "--quiet"]
    report: list[str | Path] = [PYTHON, "-m", "coverage", "report", "--sort=cover"]
    subprocess.run(combine, cwd=ROOT, env=variables(), check=False, capture_output=True)
    failed = int(subprocess.run(report, cwd=ROOT, env=variables(), check=False).returncode != 0)
    return Stage("coverage", 1 - failed, failed, 0, time.monotonic() - started)


def _table(stages: list[Stage], seconds: float) -> None:
    say(f"\n  {'stage':<30}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>10}")
    for stage in stages:
        say(f"  {stage.name:<30}{stage.passed:>8}{stage.failed:>8}{stage.skipped:>9}{stage.seconds:>10.1f}")
    say(f"  {'all':<55}{seconds:>10.1f}\n")


@contextmanager
def _scratch() -> Iterator[None]:
    """Give the tests' temporary files one folder, gone afterwards; PostgreSQL's user may pass through it."""
    with tempfile.TemporaryDirectory(prefix="safe-county-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o711)
        os.environ["TMPDIR"] = folder
        yield


def _stages(*, is_counted: bool) -> list[Stage]:
    RESULTS.mkdir(parents=True, exist_ok=True)
    for old in RESULTS.glob("coverage*"):
        old.unlink()
    say("== checks")
    stages = checks.run()
    with cluster() as url:
        stages += [
            *_tables(url),
            _sqlite(is_counted=is_counted),
            *([_coverage()] if is_counted else []),
            _postgres(url),
        ]
    return [*stages, _browser()]


def run(*, is_counted: bool = False) -> int:
    """Run every stage; 1 when anything failed. The last line printed sums up all of them.

    With ``is_counted`` coverage is counted and judged as well.
    """
    signal.signal(signal.SIGTERM, _end)
    started = time.monotonic()
    with _scratch():
        stages = _stages(is_counted=is_counted)
    _table(stages, time.monotonic() - started)
    passed, failed, skipped = (
        sum(getattr(stage, name) for stage in stages) for name in ("passed", "failed", "skipped")
    )
    say(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0
