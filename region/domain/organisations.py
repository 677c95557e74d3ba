"""Organisations and their bank accounts. Nothing is deleted: memberships end, accounts are closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext
from stdnum import iban as iban_numbers

from region.domain.audit import record
from region.domain.editing import check_unchanged, note_edit, stored_values
from region.domain.users import is_system
from region.models import BankAccount, Organisation, User
from region.rules import can, require

if TYPE_CHECKING:
    from collections.abc import Iterable

# What the organisation's own signatory keeps right; the rest decides about money and belongs to the programme.
OWN_FIELDS = ("street", "postcode", "place", "data_box", "email", "phone")
FIELDS = (
    "kind",
    "name",
    "country",
    "register_number",
    *OWN_FIELDS,
    "inhabitants",
    "inhabitants_year",
    "town",
    "member_since",
    "member_until",
)


@transaction.atomic
def add_organisation(*, values: Mapping[str, Any], by: User, is_example: bool = False) -> Organisation:
    """Add an organisation with ``values`` by name of field; one is invented only where commands say so.

    Raises PermissionDenied, and ValidationError with the fields it concerns.
    """
    _require_managing(by)
    organisation = Organisation(is_example=is_example and is_system(by))
    return _saved(organisation, values, FIELDS, by)


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, values: Mapping[str, Any], by: User, seen: str = ""
) -> Organisation:
    """Change an organisation: everything for the programme's staff, addresses alone for its own signatory.

    ``seen`` is the ``mark_of`` these columns when the person began to write. Raises PermissionDenied, also for a field
    that ``by`` may not change, ChangedMeanwhile, and ValidationError with the fields.
    """
    allowed = changeable_fields(organisation=organisation, by=by)
    if not set(values) <= set(allowed):
        raise PermissionDenied("region.manage_organisations")
    row = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if seen:
        check_unchanged(row=row, seen=seen, values=values)
    return _saved(row, values, allowed, by)


def changeable_fields(*, organisation: Organisation, by: User) -> tuple[str, ...]:
    """Names of the fields that ``by`` may change."""
    if is_system(by) or can(by, "region.manage_organisations"):
        return FIELDS
    return OWN_FIELDS if can(by, "region.edit_own_organisation", organisation) else ()


@transaction.atomic
def add_account(*, organisation: Organisation, iban: str, label: str = "", by: User) -> BankAccount:
    """Add a bank account of one's own organisation; money goes there once somebody else has verified it.

    Raises PermissionDenied, and ValidationError for an IBAN that is none or that the organisation has already.
    """
    require(by, "region.add_own_account", organisation)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    account = BankAccount(organisation=organisation, iban=iban_numbers.compact(iban), label=label.strip(), added_by=by)
    account.full_clean(validate_constraints=False)
    if organisation.accounts.filter(iban=account.iban, closed_at__isnull=True).exists():
        raise ValidationError({"iban": gettext("The organisation has this account already.")})
    account.save(force_insert=True)
    record(action="bankaccount.add", target=account, by=by, after={"iban": account.iban, "label": account.label})
    return account


@transaction.atomic
def verify_account(*, account: BankAccount, by: User) -> BankAccount:
    """Confirm that an account belongs to the organisation; nobody confirms one of his own.

    Raises PermissionDenied, and ValidationError for an account that is verified or closed.
    """
    require(by, "region.verify_account")
    row = _locked(account)
    problem = verifying_problem(account=row, by=by)
    if problem:
        raise ValidationError(problem)
    row.verified_at, row.verified_by = timezone.now(), by
    row.save(update_fields=["verified_at", "verified_by"])
    record(action="bankaccount.verify", target=row, by=by, after={"verified_at": row.verified_at})
    return row


def verifying_problem(*, account: BankAccount, by: User) -> str:
    """Why ``by`` may not confirm an account now; empty when he may."""
    if account.closed_at:
        return gettext("This account is closed.")
    if account.verified_at:
        return gettext("This account is verified already.")
    if account.added_by_id == by.pk:
        return gettext("You added this account: somebody else has to verify it.")
    if by.grants.active(timezone.now()).filter(organisation=account.organisation_id).exists():
        return gettext("You hold a role in this organisation: somebody else has to verify its account.")
    return ""


@transaction.atomic
def close_account(*, account: BankAccount, by: User) -> BankAccount:
    """Stop using an account: its organisation does, or whoever verifies accounts when it turns out to be wrong.

    Raises PermissionDenied, and ValidationError for an account that is closed.
    """
    if not (can(by, "region.add_own_account", account.organisation) or can(by, "region.verify_account")):
        raise PermissionDenied("region.add_own_account")
    row = _locked(account)
    if row.closed_at:
        raise ValidationError(gettext("This account is closed already."))
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])
    record(action="bankaccount.close", target=row, by=by, after={"closed_at": row.closed_at})
    return row


def _require_managing(by: User) -> None:
    if not is_system(by):
        require(by, "region.manage_organisations")


def _locked(account: BankAccount) -> BankAccount:
    return BankAccount.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=account.pk)


def _saved(organisation: Organisation, values: Mapping[str, Any], allowed: Iterable[str], by: User) -> Organisation:
    before = stored_values(organisation)
    for name in allowed:
        if name in values:
            setattr(organisation, name, values[name])
    organisation.full_clean()
    organisation.save()
    note_edit(target=organisation, before=before, by=by)
    return organisation
