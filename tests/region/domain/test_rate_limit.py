from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from region.domain.rate_limit import take


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


def test_address_is_not_kept_in_the_open(monkeypatch: pytest.MonkeyPatch) -> None:
    keys: list[str] = []
    monkeypatch.setattr(cache, "add", lambda key, *_value: keys.append(key))
    monkeypatch.setattr(cache, "incr", lambda _key: 1)
    taken(1)
    assert [(key.startswith("rate:message:"), "10.0.0.1" in key) for key in keys] == [(True, False)]


def test_count_that_ran_out_in_between_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(_key: str) -> int:
        raise ValueError

    monkeypatch.setattr(cache, "incr", gone)
    assert taken(1) == [True]
