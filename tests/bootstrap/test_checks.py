"""Counting what the stages say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bootstrap.checks import counts

if TYPE_CHECKING:
    from pathlib import Path


def test_failures_errors_and_skips_are_told_apart(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    suite = '<testsuite tests="10" failures="2" errors="1" skipped="3"/>'
    report.write_text(f"<testsuites>{suite}</testsuites>", encoding="utf-8")
    assert counts(report) == (4, 3, 3)


def test_run_without_a_report_counts_nothing(tmp_path: Path) -> None:
    assert counts(tmp_path / "none.xml") == (0, 0, 0)
