"""Limits by network address, shared by all processes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.db import DatabaseCache

from region.domain import rate_limit
from region.domain.rate_limit import take

if TYPE_CHECKING:
    from collections.abc import Callable


def taken(times: int, **fields: Any) -> list[bool]:
    return [
        take(**{"action": "message", "address": "10.0.0.1", "limit": 2, "seconds": 60, **fields}) for _ in range(times)
    ]


def test_acts_beyond_the_limit_are_refused() -> None:
    assert taken(4) == [True, True, False, False]


def test_acts_are_counted_for_each_address_and_act() -> None:
    taken(3)
    assert taken(1, address="10.0.0.2") == [True]
    assert taken(1, action="other") == [True]


def test_addresses_of_one_subscriber_are_counted_together() -> None:
    assert taken(2, address="2001:db8:1:2::1") == [True, True]
    assert taken(1, address="2001:db8:1:2:ffff::9") == [False]
    assert taken(1, address="2001:db8:1:3::1") == [True]
    assert taken(2, address="::ffff:10.0.0.1") == [True, True]
    assert taken(1) == [False]
    assert taken(1, address="") == [True]


def test_repeated_act_is_not_counted_again() -> None:
    assert taken(5, act="first letter") == [True] * 5
    assert taken(2, act="second letter") == [True, True]
    assert taken(1, act="third letter") == [False]
    assert taken(1, act="first letter") == [True]


def test_address_is_not_kept_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []

    def noted(key: str, *_value: Any) -> bool:
        keys.append(key)
        return True

    monkeypatch.setattr(cache, "add", noted)
    monkeypatch.setattr(cache, "set", noted)
    taken(1, act="Dear Jana")
    assert len(keys) == 2
    assert [(key.startswith("rate:message:"), "10.0.0.1" in key, "Jana" in key) for key in keys] == [
        (True, False, False)
    ] * 2


@pytest.mark.django_db
def test_processes_share_the_count_through_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def as_process() -> list[bool]:
        monkeypatch.setattr(rate_limit, "cache", DatabaseCache("portal_cache", {}))
        return taken(2, limit=3)

    assert [as_process(), as_process()] == [[True, True], [True, False]]


@pytest.mark.django_db
def test_place_taken_by_another_process_meanwhile_is_not_taken_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    shared = DatabaseCache("portal_cache", {})
    own_add: Callable[..., bool] = shared.add

    def overtaken(key: str, value: int, seconds: int) -> bool:
        DatabaseCache("portal_cache", {}).add(key, value, seconds)
        return own_add(key, value, seconds)

    monkeypatch.setattr(shared, "add", overtaken)
    monkeypatch.setattr(rate_limit, "cache", shared)
    assert taken(1) == [False]
