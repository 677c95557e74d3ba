"""System packages: only what is missing, never a question, one clear sentence when it cannot be done."""

from __future__ import annotations

import pytest

from bootstrap import system
from bootstrap.progress import Stop
from bootstrap.system import Need


class Machine:
    """A machine of the test: what is installed, and the calls of apt-get."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, privilege: list[str] | None, refuses: bool = False) -> None:
        self.installed: set[str] = set()
        self.calls: list[list[str]] = []
        self.refuses = refuses
        monkeypatch.setattr(system, "_privilege", lambda: privilege)
        monkeypatch.setattr(system, "_apt", self._apt)

    def _apt(self, _prefix: list[str], words: list[str]) -> str | None:
        self.calls.append(list(words))
        if self.refuses:
            return "E: no network"
        self.installed |= {word for word in words[1:] if not word.startswith("-")}
        return None

    def need(self, package: str, *, required: bool = False) -> Need:
        return Need(package, lambda: package in self.installed, required=required)


def test_nothing_is_called_when_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, privilege=[])
    machine.installed = {"a"}
    system.ensure([machine.need("a", required=True)])
    assert machine.calls == []


def test_only_missing_packages_are_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, privilege=[])
    machine.installed = {"a"}
    system.ensure([machine.need("a"), machine.need("b", required=True), machine.need("c")])
    assert machine.calls == [["update"], ["install", "-y", "--no-install-recommends", "b", "c"]]


def test_without_rights_a_needed_package_stops_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, privilege=None)
    with pytest.raises(Stop) as stopped:
        system.ensure([machine.need("python3.11-venv", required=True), machine.need("libpango-1.0-0")])
    assert str(stopped.value) == (
        "Missing: python3.11-venv, libpango-1.0-0. Install with:\n"
        "  sudo apt-get update && sudo apt-get install -y --no-install-recommends python3.11-venv libpango-1.0-0\n"
        "and start again."
    )
    assert machine.calls == []


def test_without_rights_missing_pdf_libraries_do_not_stop(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    machine = Machine(monkeypatch, privilege=None)
    system.ensure([machine.need("libpango-1.0-0")])
    printed = capsys.readouterr()
    assert (printed.out, printed.err.splitlines()) == (
        "",
        [
            "  Not installed: libpango-1.0-0 (PDF files or browser tests need them).",
            "  To add them: sudo apt-get update && sudo apt-get install -y --no-install-recommends libpango-1.0-0",
        ],
    )


def test_refusal_of_apt_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, privilege=[], refuses=True)
    with pytest.raises(Stop, match="E: no network"):
        system.ensure([machine.need("python3.11-venv", required=True)])
    assert machine.calls == [["update"]]


def test_demo_needs_nothing_but_the_environment_and_certificates() -> None:
    assert [need.package.partition("-")[2] for need in system.DEMO if need.required] == ["venv", "certificates"]
