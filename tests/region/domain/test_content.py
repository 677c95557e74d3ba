"""The register of those who keep copies."""

from __future__ import annotations

from typing import Any

import pytest

from region.domain import content
from region.stamp import shared_stamp

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "_register", [])


def fail() -> None:
    raise RuntimeError


def test_callbacks_run_once_each_in_order_before_pages_are_void(django_capture_on_commit_callbacks: Any) -> None:
    told: list[str] = []
    before = shared_stamp().read()
    first, second = (lambda: told.append(f"first {shared_stamp().read() == before}")), (lambda: told.append("second"))
    for callback in (first, second, first):
        content.register(callback)
    with django_capture_on_commit_callbacks(execute=True):
        content.public_content_changed()
    assert (told, shared_stamp().read() == before) == (["first True", "second"], False)


def test_failing_callback_stops_neither_the_others_nor_the_voiding(
    django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    before = shared_stamp().read()
    content.register(fail)
    content.register(lambda: told.append("second"))
    with django_capture_on_commit_callbacks(execute=True):
        content.public_content_changed()
    assert (told, shared_stamp().read() == before, len(caplog.records)) == (["second"], False, 1)
