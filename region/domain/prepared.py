"""Files that take seconds to make (PDF): a worker makes each once for a state of the site, and it is kept for all.

A web process has one thread, which nobody may hold by asking for such files. So readers order, look again, and get
what is kept; orders are counted by the asker's address and altogether.
"""

from __future__ import annotations

from enum import Enum, auto
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.module_loading import import_string

from region.clock import today, zone
from region.domain.rate_limit import take
from region.memory import digest, in_transaction
from region.pdf import PdfUnavailable
from region.stamp import shared_stamp

# Seconds for which a file is kept, an order stands, and limits are counted.
KEPT, PATIENCE, SPAN = 6 * 3600, 300, 3600
# Different files that one address, and all together, may order within the span.
MOST_OF_ONE, MOST_OF_ALL = 20, 60

_makers: dict[str, str] = {}


class Order(Enum):
    """What became of an order for a file that is not there yet."""

    TAKEN = auto()
    STANDS = auto()
    TOO_MANY = auto()
    IMPOSSIBLE = auto()


def register_maker(kind: str, path: str) -> None:
    """Have files of a kind made by the function at a dotted path: it takes what the file is about, and gives bytes."""
    _makers[kind] = path


def name_of(kind: str, about: str) -> str:
    """The name of a file as the site is now, in the language in use; another one after every change.

    What is written inside a transaction may never be committed: then nobody else will find the file.
    """
    version = uuid4().hex if in_transaction() else shared_stamp().read() or f"{timezone.now():%Y%m%d%H}"
    facts = [version, about, translation.get_language(), today().isoformat(), settings.BASE_URL]
    return f"prepared:{kind}:{digest(facts)}"


def kept_file(name: str) -> bytes | None:
    """The finished file, or None."""
    found: bytes | None = cache.get(name)
    return found


def standing_order(name: str) -> Order | None:
    """An order that was taken and still stands, or that could not be carried out; None without one."""
    standing = cache.get(_mark(name))
    return None if standing is None else Order[standing]


def order_file(name: str, *, kind: str, about: str, address: str) -> Order:
    """Take an order of a network address; the one who is told TAKEN has the file made.

    The same wish of the same address counts once within the span, however often the site changes.
    """
    if (standing := standing_order(name)) is not None:
        return standing
    wish = f"{kind}:{about}:{translation.get_language()}"
    limits = ((address, MOST_OF_ONE), ("all", MOST_OF_ALL))
    if not all(take(action="pdf", address=whose, limit=most, seconds=SPAN, act=wish) for whose, most in limits):
        return Order.TOO_MANY
    return Order.TAKEN if cache.add(_mark(name), Order.STANDS.name, PATIENCE) else Order.STANDS


def make_file(*, name: str, kind: str, about: str, language: str) -> None:
    """Make a file and keep it under its name; where the PDF library is missing, note that. Bears being called twice."""
    if kept_file(name) is not None:
        return
    with translation.override(language), timezone.override(zone()):
        try:
            body: bytes = import_string(_makers[kind])(about)
        except PdfUnavailable:
            cache.set(_mark(name), Order.IMPOSSIBLE.name, PATIENCE)
            return
    cache.set(name, body, KEPT)


def _mark(name: str) -> str:
    return f"{name}:order"
