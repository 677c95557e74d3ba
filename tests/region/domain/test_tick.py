from __future__ import annotations

from datetime import UTC, datetime

import pytest

from region.domain import tick

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tick, "_register", {})


def test_registered_functions_are_called_in_order_with_the_time() -> None:
    calls: list[tuple[str, datetime]] = []

    def note(name: str) -> tick.Due:
        def call(*, now: datetime) -> int:
            calls.append((name, now))
            return len(calls)

        return call

    tick.register("first", note("a"))
    tick.register("second", note("b"))
    assert [(outcome.name, outcome.changed) for outcome in tick.run_due(now=NOW)] == [("first", 1), ("second", 2)]
    assert calls == [("a", NOW), ("b", NOW)]


def test_failing_function_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    def fail(*, now: datetime) -> int:
        raise RuntimeError(str(now))

    tick.register("bad", fail)
    tick.register("good", lambda *, now: now.day)
    assert [(outcome.name, outcome.changed) for outcome in tick.run_due(now=NOW)] == [("bad", None), ("good", 1)]
    assert [record.getMessage() for record in caplog.records] == ["Tick: bad failed"]


def test_name_registered_again_replaces() -> None:
    tick.register("one", lambda *, now: now.month)
    tick.register("one", lambda *, now: now.year)
    assert [(outcome.name, outcome.changed) for outcome in tick.run_due(now=NOW)] == [("one", 2026)]
