"""Stages of ./run test that must be able to fail: coverage, and browser tests in continuous integration."""

from __future__ import annotations

import subprocess
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

from bootstrap import checks, suite
from bootstrap.checks import Stage
from bootstrap.progress import ROOT

if TYPE_CHECKING:
    from pathlib import Path

HALF = """import sys
if len(sys.argv) > 1:
    print("never reached")
"""


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[tuple[str, list[str]]]:
    """Runs of pytest that the stages ask for; each ends well."""
    asked: list[tuple[str, list[str]]] = []

    def tests(name: str, words: list[str], _more: dict[str, str]) -> Stage:
        asked.append((name, words))
        return Stage(name, 1, 0, 0, 0.0)

    monkeypatch.setattr(suite, "RESULTS", tmp_path)
    monkeypatch.setattr(checks, "run", list)
    monkeypatch.setattr(checks, "tests", tests)
    monkeypatch.setattr(suite, "cluster", lambda: nullcontext("postgres://postgres@127.0.0.1:1/postgres"))
    monkeypatch.setattr(suite, "browser", lambda: "/usr/bin/chromium")
    return asked


def measured(folder: Path, monkeypatch: pytest.MonkeyPatch, threshold: int) -> Stage:
    """The stage in a project of which 2 of 3 lines and 1 of 2 branches were reached: 60 %."""
    words = f"[tool.coverage.run]\nbranch = true\n[tool.coverage.report]\nfail_under = {threshold}\n"
    (folder / "pyproject.toml").write_text(words, encoding="utf-8")
    (folder / "half.py").write_text(HALF, encoding="utf-8")
    monkeypatch.setattr(suite, "ROOT", folder)
    monkeypatch.setattr(suite, "PYTHON", sys.executable)
    monkeypatch.setenv("COVERAGE_FILE", str(folder / "data"))
    subprocess.run([sys.executable, "-m", "coverage", "run", "half.py"], cwd=folder, check=True)
    return suite._coverage()


@pytest.mark.parametrize(("threshold", "ended"), [(60, (1, 0, 0)), (61, (0, 1, 0))])
def test_coverage_fails_below_its_threshold(
    threshold: int, ended: tuple[int, int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = measured(tmp_path, monkeypatch, threshold)
    assert (stage.name, (stage.passed, stage.failed, stage.skipped)) == ("coverage", ended)


def test_coverage_fails_when_nothing_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suite, "ROOT", tmp_path)
    monkeypatch.setattr(suite, "PYTHON", sys.executable)
    monkeypatch.setenv("COVERAGE_FILE", str(tmp_path / "data"))
    assert suite._coverage().failed == 1


def test_threshold_is_configured() -> None:
    configured = Coverage(config_file=str(ROOT / "pyproject.toml"), data_file=None).get_option("report:fail_under")
    assert isinstance(configured, int | float)
    assert 80 <= configured <= 100


@pytest.mark.parametrize("is_counted", [True, False])
def test_coverage_is_judged_by_its_own_stage_after_sqlite_when_asked_for(
    *, is_counted: bool, calls: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suite, "_coverage", lambda: Stage("coverage", 0, 1, 0, 0.0))
    tables = ["tables on SQLite", "tables on PostgreSQL"]
    names = [*tables, "suite on SQLite", *["coverage"] * is_counted, "suite on PostgreSQL", "browser tests"]
    assert [stage.name for stage in suite._stages(is_counted=is_counted)] == names
    counting = ["--cov", "--cov-report=", "--cov-fail-under=0"]
    asked = {name: [word for word in words if word.startswith("--cov")] for name, words in calls}
    assert asked == {
        **{name: [] for name in (*tables, "suite on PostgreSQL", "browser tests")},
        "suite on SQLite": counting if is_counted else [],
    }


@pytest.mark.parametrize(("variable", "failed", "skipped"), [("true", 1, 0), ("", 0, 1)])
def test_missing_browser_fails_in_continuous_integration_only(
    variable: str, failed: int, skipped: int, calls: list[tuple[str, list[str]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", variable)
    monkeypatch.setattr(suite, "browser", lambda: None)
    stage = suite._browser()
    assert (stage.failed, stage.skipped, calls) == (failed, skipped, [])
