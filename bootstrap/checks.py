"""The checks of ``./run check`` and their fixing twins."""

from __future__ import annotations

import subprocess
import time
import xml.etree.ElementTree as ET
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bootstrap.environment import PYTHON, VENV, variables
from bootstrap.progress import ROOT, say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

BIN = VENV / "bin"
RESULTS = ROOT / "var" / "test"
SOURCES = [
    "run",
    "manage.py",
    "bootstrap",
    "portal",
    "reports",
    "projects",
    "surveys",
    "counselling",
    "region",
    "tests",
]
TYPED = [source for source in SOURCES if source not in {"run", "manage.py"}]
HOUSE = ["tests/architecture", "tests/translations"]

CHECKS: dict[str, list[str | Path]] = {
    "ruff: rules": [BIN / "ruff", "check", *SOURCES],
    "ruff: format": [BIN / "ruff", "format", "--check", *SOURCES],
    "djlint: rules": [BIN / "djlint", "templates", "--lint", "--quiet"],
    "djhtml: indents": [BIN / "djhtml", "--check", "--tabwidth", "4", "templates"],
    "mypy": [BIN / "mypy", *TYPED],
    "import-linter": [BIN / "lint-imports", "--no-cache"],
}
FIXES: list[list[str | Path]] = [
    [BIN / "ruff", "check", "--fix", "--quiet", *SOURCES],
    [BIN / "ruff", "format", "--quiet", *SOURCES],
    [BIN / "djhtml", "--tabwidth", "4", "templates"],
]


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage ended: counts of tests (or of the check itself) and seconds."""

    name: str
    passed: int
    failed: int
    skipped: int
    seconds: float


def counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed, skipped of a JUnit file; zeros when the run never came to write one."""
    if not report.exists():
        return 0, 0, 0
    suites = list(ET.parse(report).getroot().iter("testsuite"))
    total, failures, errors, skipped = (
        sum(int(suite.get(name, "0")) for suite in suites) for name in ("tests", "failures", "errors", "skipped")
    )
    return total - failures - errors - skipped, failures + errors, skipped


def command(name: str, words: Sequence[str | Path]) -> Stage:
    """Run a check; its output is shown only when it fails."""
    started = time.monotonic()
    done = subprocess.run(
        words,
        cwd=ROOT,
        env=variables(),
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    failed = int(done.returncode != 0)
    stage = Stage(name, 1 - failed, failed, 0, time.monotonic() - started)
    say(f"  {name:<50}{'FAILED' if failed else 'ok':>8}{stage.seconds:7.1f} s")
    if failed:
        say(done.stdout)
    return stage


def tests(name: str, words: Sequence[str], more: Mapping[str, str]) -> Stage:
    """Run pytest; a run that dies without a failed test (a crash, a refused warning at start) counts as one failure."""
    say(f"\n== {name}")
    started = time.monotonic()
    report = RESULTS / f"{name.replace(' ', '-').replace(':', '')}.xml"
    report.unlink(missing_ok=True)
    RESULTS.mkdir(parents=True, exist_ok=True)
    line: list[str | Path] = [PYTHON, "-m", "pytest", "-q", "--no-header", f"--junitxml={report}", *words]
    environ = variables(DJANGO_SETTINGS_MODULE="portal.settings.test", **more)
    code = subprocess.run(line, cwd=ROOT, env=environ, check=False, stdin=subprocess.DEVNULL).returncode
    passed, failed, skipped = counts(report)
    nothing = 5  # pytest's exit code when it collected no test
    if code not in {0, nothing} and not failed:
        failed = 1
    return Stage(name, passed, failed, skipped, time.monotonic() - started)


def run() -> list[Stage]:
    """Every check, two at a time; all of them run, so that one look shows all there is to mend."""
    present = [folder for folder in HOUSE if (ROOT / folder).is_dir()]
    with ThreadPoolExecutor(max_workers=2) as pool:
        house = pool.submit(tests, "house rules", present, {})
        stages = list(pool.map(command, CHECKS, CHECKS.values()))
        return [*stages, house.result()]


def fix() -> int:
    """Let every fixer do its work; 1 when one of them could not."""
    return max(subprocess.run(words, cwd=ROOT, env=variables(), check=False).returncode for words in FIXES)
