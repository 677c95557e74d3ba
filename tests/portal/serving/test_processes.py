from __future__ import annotations

from typing import TYPE_CHECKING

from portal.serving.processes import everything

if TYPE_CHECKING:
    import pytest


def test_web_server_listens_on_this_machine_only_with_one_thread_per_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEB_WORKERS", "3")
    web = everything(8123)[0].command
    options = {name: web[web.index(name) + 1] for name in ("--host", "--port", "--workers", "--blocking-threads")}
    assert options == {"--host": "127.0.0.1", "--port": "8123", "--workers": "3", "--blocking-threads": "1"}


def test_worker_and_tick_wait_for_the_web_server() -> None:
    assert [(service.name, service.waits) for service in everything(8000)] == [
        ("web server", False),
        ("worker", True),
        ("minute tick", True),
    ]
