"""Reading organisations and their bank accounts, each through what somebody may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Q

from region.models import BankAccount, Organisation
from region.queries.roles import organisations_where
from region.rules import can

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from region.models import User


def _waiting(way: str = "") -> Q:
    """Accounts that nobody has verified yet; ``way`` leads to them from another model."""
    return Q(**{f"{way}verified_at__isnull": True, f"{way}closed_at__isnull": True})


WAITING = _waiting()


def organisations_for(user: User) -> QuerySet[Organisation]:
    """Organisations that somebody may see: all for the programme's staff, one's own for others."""
    if can(user, "region.view_organisations"):
        return Organisation.objects.select_related("town")
    return own_organisations(user)


def own_organisations(user: User) -> QuerySet[Organisation]:
    """Organisations in which somebody holds a role."""
    own = organisations_where(user, "region.view_own_organisation")
    return Organisation.objects.filter(pk__in=own).select_related("town")


def organisations_with_accounts(user: User) -> QuerySet[Organisation]:
    """The same, each with ``accounts_waiting``: how many of its accounts nobody has verified yet."""
    waiting = Count("accounts", filter=_waiting("accounts__"))
    return organisations_for(user).annotate(accounts_waiting=waiting)


def accounts_for(user: User) -> QuerySet[BankAccount]:
    """Bank accounts of the organisations that somebody may see, with who added and verified them."""
    found = BankAccount.objects.select_related("organisation", "added_by", "verified_by")
    return found.filter(organisation__in=organisations_for(user))


def others_with_account(account: BankAccount) -> list[str]:
    """Names of other organisations that have an account of the same number in use: a slip, or a fraud."""
    same = BankAccount.objects.filter(iban=account.iban, closed_at__isnull=True)
    return list(same.exclude(organisation=account.organisation_id).values_list("organisation__name", flat=True))


def accounts_waiting(user: User) -> QuerySet[BankAccount]:
    """Accounts that somebody other than ``user`` added and nobody has verified yet."""
    return accounts_for(user).filter(WAITING).exclude(added_by=user).order_by("added_at")
