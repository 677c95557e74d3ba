"""What every page needs and what changes a few times a day: remembered by this process until it changes."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.cache import caches
from django.db import transaction

from region.stamp import shared_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")
_MISSING = object()


def digest(facts: Any) -> str:
    """A short name for plain facts (numbers, texts, lists of them)."""
    return hashlib.blake2b(json.dumps(facts, sort_keys=True).encode(), digest_size=16).hexdigest()


def in_transaction() -> bool:
    """Whether what is read now may include writes that are never committed."""
    return transaction.get_connection().in_atomic_block


def remembered(name: str, make: Callable[[], Made], *, cache: str = "objects") -> Made:
    """What ``make`` gave since the last change of public content, in whichever process the change was made.

    Finished files go into ``cache="files"``, so that they do not push out what every page needs. Inside a transaction
    nothing is remembered: what it has written may never be committed.
    """
    stamp = shared_stamp().read()
    if stamp is None or in_transaction():
        return make()
    memory, key = caches[cache], f"{stamp}:{name}"
    found: Any = memory.get(key, _MISSING)
    if found is not _MISSING:
        kept: Made = found
        return kept
    made = make()
    memory.set(key, made, timeout=None)
    return made
