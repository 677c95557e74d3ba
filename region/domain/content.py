"""Telling everybody who keeps copies that something which public pages show has changed."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from django.db import transaction

from region.stamp import shared_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)
_register: list[Callable[[], None]] = []


def register(callback: Callable[[], None]) -> None:
    """Have ``callback`` called after every bulk change has been committed, in the order of registration, once each."""
    if callback not in _register:
        _register.append(callback)


def public_content_changed() -> None:
    """Say, inside the transaction of a bulk write, that towns, districts, people or pages have changed.

    Needed after ``bulk_create``, ``bulk_update`` and ``QuerySet.update``, which send no signals; single saves and
    deletes are noticed without it. After the commit the registered callbacks run, then every process's cached pages
    become void.
    """
    transaction.on_commit(_announce, robust=True)


def pages_changed() -> None:
    """Void every process's cached pages after the commit of the current transaction; costs some 10 µs for each save."""
    transaction.on_commit(_bump, robust=True)


def _announce() -> None:
    for callback in _register:
        try:
            callback()
        except Exception:
            logger.exception("After a change of content: %s failed", callback)
    _bump()


def _bump() -> None:
    shared_stamp().bump()
