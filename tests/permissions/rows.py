"""Words of the tables: who may open an address, and what he or she and everybody else is answered.

A table is a file ``tests/permissions/table_<area>.py`` with ``ROWS``. Roles are named one by one, not by what
``region.roles`` grants: a role that can suddenly open something makes a row fail.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.permissions.world import World

ANONYMOUS, NOBODY = "anonymous", "nobody"
# What an address may answer besides a status: the way to the sign-in page, back with a safe `next`.
SIGN_IN = "sign-in"
Outcome = int | str

STAFF_NAMES = (
    "administrator editor town_editor coordinator head commission_member commission_secretary council_clerk"
    " finance_preparer finance_approver adviser information_officer analyst interviewer camera_registrar services"
    " auditor"
)
TENANT_NAMES = "drafter signatory accountant reader"
STAFF, TENANTS = frozenset(STAFF_NAMES.split()), frozenset(TENANT_NAMES.split())
ROLES = STAFF | TENANTS
ACTORS = (ANONYMOUS, NOBODY, *sorted(ROLES))


def roles(names: str) -> frozenset[str]:
    """Roles by their codes; a code that is none is a slip of the table."""
    chosen = frozenset(names.split())
    if unknown := chosen - set(ACTORS):
        raise ValueError(f"No such roles: {sorted(unknown)}")
    return chosen


@dataclass(frozen=True)
class Expect:
    """``status`` for ``who``, ``others`` for other people who are signed in, ``anonymous`` for who is not."""

    status: Outcome
    who: frozenset[str]
    others: Outcome = 403
    anonymous: Outcome = SIGN_IN
    special: Mapping[str, Outcome] = field(default_factory=dict)

    def of(self, actor: str) -> Outcome:
        """What one actor is answered."""
        if actor in self.special:
            return self.special[actor]
        if actor in self.who:
            return self.status
        return self.anonymous if actor == ANONYMOUS else self.others


def everybody(status: Outcome, **special: Outcome) -> Expect:
    """The same for all people, signed in or not; but for those named."""
    return Expect(status, frozenset(ACTORS), special=special)


def signed_in(status: Outcome, **special: Outcome) -> Expect:
    """The same for all who are signed in; others are sent to sign in."""
    return Expect(status, frozenset(ACTORS) - {ANONYMOUS}, special=special)


def only(who: frozenset[str], status: Outcome, *, others: Outcome = 403, anonymous: Outcome = SIGN_IN) -> Expect:
    """For some roles; others are refused and the unknown sent to sign in."""
    return Expect(status, who, others, anonymous)


NOT_ALLOWED = everybody(405)
Arguments = Callable[["World"], Mapping[str, Any]]


def _nothing(_world: World) -> Mapping[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """One address (by the name of its pattern, or its route when it has none), asked by GET and by POST.

    ``args`` are the parts of the address, ``query`` what follows it, ``data`` what is posted; ``case`` tells two rows
    of one address apart (own record, foreign record).
    """

    name: str
    get: Expect
    post: Expect = NOT_ALLOWED
    args: Arguments = _nothing
    query: str = ""
    data: Arguments = _nothing
    case: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.case}".strip()
