"""Organisations and their bank accounts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.domain.organisations import (
    add_account,
    add_organisation,
    change_organisation,
    changeable_fields,
    close_account,
    verify_account,
)
from region.domain.users import system_user
from region.models import AuditEvent, BankAccount, Organisation
from tests.factories.roles import czech_register_number, give_role, new_organisation, with_role

pytestmark = pytest.mark.django_db
# From the registry's own example for Czechia.
IBAN = "CZ6508000000192000145399"
OTHER_IBAN = "PL61109010140000071219812874"


def facts(**fields: Any) -> dict[str, Any]:
    """Enough to add an organisation."""
    known = {"kind": "ngo", "name": "Bezpečné ulice", "country": "CZ", "register_number": czech_register_number()}
    return {**known, **fields}


def new_account(**fields: Any) -> BankAccount:
    """An account that an accountant has just added."""
    organisation = fields.pop("organisation", None) or new_organisation()
    by = with_role("accountant", organisation=organisation)
    return add_account(**{"organisation": organisation, "iban": IBAN, "by": by, **fields})


def test_organisation_is_added_and_told() -> None:
    by = with_role("coordinator")
    organisation = add_organisation(values=facts(member_since=date(2026, 1, 1)), by=by)
    event = AuditEvent.objects.get()
    assert (event.action, event.target, event.after["kind"]) == ("organisation.add", "Bezpečné ulice", "ngo")
    assert Organisation.objects.members(date(2026, 6, 1)).get() == organisation
    assert not organisation.is_example


def test_example_is_made_by_commands_only() -> None:
    made = [
        add_organisation(values=facts(), by=by, is_example=True).is_example
        for by in (system_user(), with_role("coordinator"))
    ]
    assert made == [True, False]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"register_number": "12345678"}, "register_number"),
        ({"name": ""}, "name"),
        ({"country": "PL", "register_number": "123456789"}, "register_number"),
        ({"inhabitants": 100}, "inhabitants_year"),
        ({"member_until": date(2026, 1, 1)}, "member_since"),
        ({"member_since": date(2026, 1, 2), "member_until": date(2026, 1, 1)}, "member_until"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_wrong_facts_are_refused_at_their_field(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        add_organisation(values=facts(**wrong), by=with_role("coordinator"))
    assert list(refused.value.message_dict) == [field]


def test_register_number_is_taken_once() -> None:
    known = new_organisation()
    with pytest.raises(ValidationError):
        add_organisation(values=facts(register_number=known.register_number), by=with_role("coordinator"))


def test_staff_change_everything_and_a_signatory_addresses_only() -> None:
    organisation = new_organisation()
    signatory = with_role("signatory", organisation=organisation)
    change_organisation(organisation=organisation, values={"name": "Nové jméno"}, by=with_role("coordinator"))
    changed = change_organisation(organisation=organisation, values={"phone": "377 111 222"}, by=signatory)
    assert (changed.name, changed.phone) == ("Nové jméno", "377 111 222")
    assert AuditEvent.objects.filter(action="organisation.change").count() == 2
    with pytest.raises(PermissionDenied):
        change_organisation(organisation=organisation, values={"name": "Moje"}, by=signatory)
    for by in (with_role("signatory"), with_role("reader", organisation=organisation), with_role("auditor")):
        assert changeable_fields(organisation=organisation, by=by) == ()
        with pytest.raises(PermissionDenied):
            change_organisation(organisation=organisation, values={"phone": "1"}, by=by)


def test_account_is_kept_in_capitals_without_spaces() -> None:
    account = new_account(iban="cz65 0800 0000 1920 0014 5399", label=" Dotace ")
    assert (account.iban, account.label, str(account)) == (IBAN, "Dotace", "CZ65 0800 0000 1920 0014 5399")
    assert AuditEvent.objects.get(action="bankaccount.add").after == {"iban": IBAN, "label": "Dotace"}


def test_wrong_iban_and_one_known_already_are_refused() -> None:
    account = new_account()
    by: Any = account.added_by
    for iban in ("CZ6508000000192000145398", "", "CZ65 0800 0000 1920 0014 5399"):
        with pytest.raises(ValidationError) as refused:
            add_account(organisation=account.organisation, iban=iban, by=by)
        assert list(refused.value.message_dict) == ["iban"]
    close_account(account=account, by=by)
    assert add_account(organisation=account.organisation, iban=IBAN, by=by) != account


@pytest.mark.parametrize("role", ["reader", "drafter", "coordinator", "finance_approver", "administrator", "auditor"])
def test_others_add_no_account(role: str) -> None:
    organisation = new_organisation()
    with pytest.raises(PermissionDenied):
        add_account(organisation=organisation, iban=IBAN, by=with_role(role, organisation=organisation))


def test_accountant_adds_no_account_elsewhere() -> None:
    with pytest.raises(PermissionDenied):
        add_account(organisation=new_organisation(), iban=IBAN, by=with_role("accountant"))


def test_account_is_verified_once_by_somebody_else() -> None:
    account, approver = new_account(), with_role("finance_approver")
    verified = verify_account(account=account, by=approver)
    assert (verified.verified_by, verified.verified_at is not None) == (approver, True)
    assert AuditEvent.objects.filter(action="bankaccount.verify").count() == 1
    with pytest.raises(ValidationError, match="verified already"):
        verify_account(account=account, by=approver)


def test_closed_account_is_not_verified() -> None:
    account = new_account()
    close_account(account=account, by=with_role("finance_approver"))
    with pytest.raises(ValidationError, match="closed"):
        verify_account(account=account, by=with_role("finance_approver"))
    with pytest.raises(ValidationError, match="closed already"):
        close_account(account=account, by=with_role("finance_approver"))


def test_nobody_verifies_an_account_of_his_own() -> None:
    account, approver = new_account(), with_role("finance_approver")
    BankAccount.objects.filter(pk=account.pk).update(added_by=approver)
    with pytest.raises(ValidationError, match="You added this account"):
        verify_account(account=account, by=approver)
    other = with_role("finance_approver")
    give_role(other, "reader", organisation=account.organisation)
    with pytest.raises(ValidationError, match="You hold a role in this organisation"):
        verify_account(account=account, by=other)


@pytest.mark.parametrize("role", ["coordinator", "administrator", "finance_preparer", "signatory", "auditor"])
def test_others_verify_no_account(role: str) -> None:
    account = new_account()
    with pytest.raises(PermissionDenied):
        verify_account(account=account, by=with_role(role, organisation=account.organisation))


@pytest.mark.parametrize("role", ["coordinator", "reader", "auditor"])
def test_others_close_no_account(role: str) -> None:
    account = new_account()
    with pytest.raises(PermissionDenied):
        close_account(account=account, by=with_role(role, organisation=account.organisation))


def test_polish_account_is_taken() -> None:
    assert new_account(iban=OTHER_IBAN).iban == OTHER_IBAN
