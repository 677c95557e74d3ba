from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import OperationalError

from region.domain import tick
from region.models import Heartbeat

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tick, "_register", {})
    monkeypatch.setattr(tick, "_words", {})


def fail(*, now: datetime) -> int:
    raise RuntimeError(f"jana@example.org {now}")


def signs() -> dict[str, tuple[int, int, str]]:
    return {beat.name: (beat.changed, beat.failures, beat.last_error) for beat in Heartbeat.objects.all()}


def test_registered_functions_are_called_in_order_with_the_time() -> None:
    calls: list[tuple[str, datetime]] = []

    def note(name: str) -> tick.Due:
        def call(*, now: datetime) -> int:
            calls.append((name, now))
            return len(calls)

        return call

    tick.register("first", note("a"))
    tick.register("second", note("b"))
    assert tick.names() == ["first", "second"]
    assert [(outcome.name, outcome.changed) for outcome in tick.run_due(now=NOW)] == [("first", 1), ("second", 2)]
    assert calls == [("a", NOW), ("b", NOW)]


def test_failing_function_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    tick.register("bad", fail)
    tick.register("good", lambda *, now: now.day)
    with caplog.at_level(logging.ERROR):
        outcomes = tick.run_due(now=NOW)
    assert [(outcome.name, outcome.changed, outcome.error) for outcome in outcomes] == [
        ("bad", None, "RuntimeError"),
        ("good", 1, ""),
    ]
    assert [record.getMessage() for record in caplog.records] == ["Tick: bad failed"]


def test_name_registered_again_replaces() -> None:
    tick.register("one", lambda *, now: now.month)
    tick.register("one", lambda *, now: now.year)
    assert [(outcome.name, outcome.changed) for outcome in tick.run_due(now=NOW)] == [("one", 2026)]


def test_tick_and_each_function_leave_a_sign_of_life() -> None:
    tick.register("bad", fail)
    tick.register("good", lambda *, now: now.day)
    tick.run_due(now=NOW)
    tick.run_due(now=NOW)
    assert signs() == {"tick": (1, 0, ""), "tick:bad": (0, 2, "RuntimeError"), "tick:good": (1, 0, "")}
    tick.register("bad", lambda *, now: now.month)
    tick.run_due(now=NOW)
    assert signs()["tick:bad"] == (3, 0, "")


def test_signs_of_functions_that_are_no_more_go_away() -> None:
    Heartbeat.objects.create(name="tick:gone", at=NOW)
    Heartbeat.objects.create(name="worker:1", at=NOW)
    tick.run_due(now=NOW)
    assert set(signs()) == {"tick", "worker:1"}


def test_signs_that_cannot_be_written_do_not_undo_the_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def lost(_outcomes: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tick, "_note", lost)
    tick.register("good", lambda *, now: now.day)
    assert [outcome.changed for outcome in tick.run_due(now=NOW)] == [1]
    assert [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR] == [
        "Tick: signs of life could not be written"
    ]


@pytest.mark.parametrize("is_ours", [True, False])
def test_one_tick_at_a_time(is_ours: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def lock() -> Iterator[bool]:
        yield is_ours

    monkeypatch.setattr(tick, "only_one", lock)
    tick.register("good", lambda *, now: now.day)
    outcomes = tick.tick(now=NOW)
    assert (outcomes is not None) is is_ours
    assert Heartbeat.objects.exists() is is_ours


def test_functions_have_words_for_people() -> None:
    tick.register("good", lambda *, now: now.day, "Do good")
    tick.register("bare", lambda *, now: now.day)
    assert [tick.words_of(name) for name in ("good", "bare", "gone")] == ["Do good", "bare", "gone"]
