"""Every template is rendered by some test: a full run gathers their names and fails when one is missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.test.signals import template_rendered

if TYPE_CHECKING:
    from collections.abc import Iterable

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
FULL = {"", "not browser"}
NARROWING = ("keyword", "deselect", "collectonly", "database_only")


def every_template() -> set[str]:
    """Names of all our templates."""
    return {path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file()}


def is_full(config: pytest.Config) -> bool:
    """Whether the run covers the whole suite (but for the browser), so that a missing template is a fact."""
    whole = set(config.args) <= {"tests", str(TEMPLATES.parent / "tests")}
    narrowed = any(map(config.getoption, NARROWING))
    return bool(whole and not narrowed and config.getoption("markexpr") in FULL)


class Gatherer:
    """Remembers what was rendered, here and in the worker processes."""

    def __init__(self) -> None:
        self.rendered: set[str] = set()
        template_rendered.connect(self.remember)

    def remember(self, template: Any, **_kwargs: Any) -> None:
        """Keep the name of a template of ours."""
        origin = Path(str(template.origin.name or ""))
        if origin.is_relative_to(TEMPLATES):
            self.rendered.add(origin.relative_to(TEMPLATES).as_posix())

    def missing(self) -> list[str]:
        """Templates that nothing rendered."""
        return sorted(every_template() - self.rendered)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Take over what a worker process saw."""
        self.rendered |= set(getattr(node, "workeroutput", {}).get("rendered_templates", ()))

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Hand over to the first process, or judge."""
        if hasattr(session.config, "workeroutput"):
            session.config.workeroutput["rendered_templates"] = sorted(self.rendered)
        elif is_full(session.config) and self.missing() and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any, config: pytest.Config) -> None:
        """Name what is missing."""
        if is_full(config) and not hasattr(config, "workeroutput") and self.missing():
            _tell(terminalreporter, self.missing())


def _tell(reporter: Any, names: Iterable[str]) -> None:
    reporter.section("templates that no test renders", red=True)
    for name in names:
        reporter.line(f"templates/{name}")


def pytest_configure(config: pytest.Config) -> None:
    """Start gathering."""
    config.pluginmanager.register(Gatherer(), "template-gatherer")
