from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import environ
import pytest

from portal.serving import __main__ as module
from portal.serving.__main__ import WORDS_FOR_YES, announcement, main, remarks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from portal.serving.processes import Service


def lines(accounts: Path | None, *, first: bool) -> list[str]:
    return announcement("http://127.0.0.1:1", seconds=2.04, status=200, accounts=accounts, first=first)


def kept(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.txt"
    path.write_text("editor editor@example.org abcd-efgh\n", encoding="utf-8")
    return path


def test_addresses_and_seconds_are_told() -> None:
    assert lines(None, first=True) == [
        "",
        "Ready after 2.0 s (HTTP 200).",
        "",
        "  Czech     http://127.0.0.1:1/cs/",
        "  Polish    http://127.0.0.1:1/pl/",
        "  English   http://127.0.0.1:1/en/",
        "  Office    http://127.0.0.1:1/office/",
        "  Editors   http://127.0.0.1:1/admin/",
        "  Design    http://127.0.0.1:1/design/",
        "",
        "Ctrl-C stops everything.",
    ]


def test_error_is_not_called_ready() -> None:
    told = announcement("http://127.0.0.1:1", seconds=2.0, status=500, accounts=None, first=False)
    assert told[1] == "The portal answers with an error (HTTP 500): see above."


def test_passwords_are_shown_at_the_first_start_only(tmp_path: Path) -> None:
    account = "  editor            editor@example.org"
    assert lines(kept(tmp_path), first=True)[10:12] == [account + " " * 12 + "abcd-efgh", ""]
    later = lines(kept(tmp_path), first=False)
    assert later[10:12] == [account, f"  (passwords: {tmp_path / 'accounts.txt'})"]
    assert [line for line in later if "abcd-efgh" in line] == []


@pytest.mark.parametrize(("given", "told"), [("", 1), ("0", 1), ("1", 0), ("True", 0)])
def test_demo_without_a_second_factor_says_so(given: str, told: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECOND_FACTOR_REQUIRED", given)
    assert ["without a second factor" in line for line in remarks()] == [True] * told


def test_words_for_yes_are_those_of_the_settings() -> None:
    assert WORDS_FOR_YES == environ.Env.BOOLEAN_TRUE_STRINGS


@pytest.mark.parametrize(
    ("given", "told"), [("https://bezpecny.example.org/", "https://bezpecny.example.org"), ("", "http://127.0.0.1:{}")]
)
def test_site_is_asked_and_announced_by_its_own_address(
    given: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, str]] = []

    class Running:
        def __init__(
            self, _services: list[Service], *, url: str, address: str, on_ready: Callable[[int], None]
        ) -> None:
            asked.append((url, address))
            on_ready(200)

        def run(self) -> int:
            return 0

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("BASE_URL", given)
    monkeypatch.setenv("SAFE_COUNTY_LANGUAGE", "pl")
    monkeypatch.setattr(module, "Supervisor", Running)
    assert main(["--port", str(port)]) == 0
    address = told.format(port)
    assert asked == [(f"http://127.0.0.1:{port}/pl/", address)]
    assert capsys.readouterr().out.splitlines()[3] == f"  Czech     {address}/cs/"


def test_taken_port_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert main(["--port", str(port)]) == 1
    assert capsys.readouterr().out.startswith(f"Port {port} is taken by another program.")
