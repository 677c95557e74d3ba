"""What is due once a minute: a register that areas fill in ``apps.ready()``, and the run over it.

Every registered function must be idempotent: it looks at dates in tables and does what is due, however often it is
asked and whether or not earlier ticks took place.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from datetime import datetime

logger = logging.getLogger(__name__)


class Due(Protocol):
    """A function of the register: does what is due at ``now`` and tells how many things it changed."""

    def __call__(self, *, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one registered function ended; ``changed`` is None when it failed."""

    name: str
    changed: int | None
    seconds: float


_register: dict[str, Due] = {}


def register(name: str, function: Due) -> None:
    """Have ``function`` called at every tick, in the order of registration; a name registered again is replaced."""
    _register[name] = function


def names() -> list[str]:
    """Names of the registered functions, in their order."""
    return list(_register)


def run_due(*, now: datetime) -> list[Outcome]:
    """Call every registered function once with ``now`` (aware, UTC); one that fails is logged, the others go on."""
    return [_run_one(name, function, now) for name, function in list(_register.items())]


def _run_one(name: str, function: Due, now: datetime) -> Outcome:
    started = time.monotonic()
    changed: int | None = None
    try:
        changed = function(now=now)
    except Exception:
        logger.exception("Tick: %s failed", name)
    return Outcome(name, changed, time.monotonic() - started)
