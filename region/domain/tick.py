"""What is due once a minute: a register that areas fill in ``apps.ready()``, and the run over it.

Every registered function must be idempotent: it looks at dates in tables and does what is due, however often it is
asked and whether or not earlier ticks took place.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from django.utils import timezone

from region.domain.patience import LOST
from region.domain.tick_lock import only_one
from region.models import Heartbeat
from region.queries.running import DUTY, TICK

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

logger = logging.getLogger(__name__)


class Due(Protocol):
    """A function of the register: does what is due at ``now`` and tells how many things it changed."""

    def __call__(self, *, now: datetime) -> int: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one registered function ended; ``changed`` is None when it failed, ``error`` then the kind of failure."""

    name: str
    changed: int | None
    seconds: float
    error: str = ""


_register: dict[str, Due] = {}
_words: dict[str, Any] = {}


def register(name: str, function: Due, words: Any = "") -> None:
    """Have ``function`` called at every tick, in the order of registration; a name registered again is replaced.

    ``words`` (translated) say for people what it does.
    """
    _register[name] = function
    _words[name] = words or name


def names() -> list[str]:
    """Names of the registered functions, in their order."""
    return list(_register)


def words_of(name: str) -> str:
    """What the function of a name does, for people."""
    return str(_words.get(name, name))


def tick(*, now: datetime) -> list[Outcome] | None:
    """Do what is due at ``now`` (aware) and note it; None when another process is at it this moment."""
    with only_one() as is_ours:
        return run_due(now=now) if is_ours else None


def run_due(*, now: datetime) -> list[Outcome]:
    """Call every registered function once with ``now`` (aware, UTC); one that fails is logged, the others go on."""
    began = time.monotonic()
    outcomes = [_run_one(name, function, now) for name, function in list(_register.items())]
    whole = Outcome(TICK, sum(outcome.changed or 0 for outcome in outcomes), time.monotonic() - began)
    try:
        _note([whole, *outcomes])
    except LOST:
        logger.exception("Tick: signs of life could not be written")
    return outcomes


def _run_one(name: str, function: Due, now: datetime) -> Outcome:
    started = time.monotonic()
    changed: int | None = None
    error = ""
    try:
        changed = function(now=now)
    except Exception as failure:
        # Its words may hold personal data: they stand in the log alone.
        error = type(failure).__name__
        logger.exception("Tick: %s failed", name)
    return Outcome(name, changed, time.monotonic() - started, error)


def _note(outcomes: Sequence[Outcome]) -> None:
    """Write the sign of life of the tick and of each function, in one statement."""
    kept = dict(Heartbeat.objects.filter(name__startswith=TICK).values_list("name", "failures"))
    rows = [_sign(outcome, kept) for outcome in outcomes]
    Heartbeat.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["at", "seconds", "changed", "failures", "last_error"],
    )
    Heartbeat.objects.filter(name__startswith=DUTY).exclude(name__in=[row.name for row in rows]).delete()


def _sign(outcome: Outcome, failures: dict[str, int]) -> Heartbeat:
    name = TICK if outcome.name == TICK else f"{DUTY}{outcome.name}"
    return Heartbeat(
        name=name,
        at=timezone.now(),
        seconds=outcome.seconds,
        changed=outcome.changed or 0,
        failures=0 if outcome.changed is not None else failures.get(name, 0) + 1,
        last_error=outcome.error,
    )
