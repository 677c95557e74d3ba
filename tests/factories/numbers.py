"""Numbers that never repeat within a run, for fields that must be unique."""

from __future__ import annotations

from itertools import count

_NUMBERS = count(1)


def next_number() -> int:
    """The next number of this run."""
    return next(_NUMBERS)
