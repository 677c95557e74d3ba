"""Organisations and bank accounts in the office, and one's own organisation in My."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from region.domain.organisations import add_account, close_account, verify_account
from region.models import BankAccount, Invitation, Organisation
from region.views.imports import IMPORTS
from region.views.invitations import INVITATIONS
from region.views.office_mail import MAIL
from region.views.organisations import ACCOUNTS, ORGANISATIONS
from region.views.people import PEOPLE
from tests.factories.places import town as new_town
from tests.factories.roles import czech_register_number, new_organisation, with_role
from tests.region.views.test_people import browser, sent, url

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.usefixtures("county")
IBAN = "CZ6508000000192000145399"


def new_account(organisation: Organisation, iban: str = IBAN) -> BankAccount:
    """An account that the organisation's accountant added."""
    by = with_role("accountant", organisation=organisation)
    return add_account(organisation=organisation, iban=iban, label="Dotace", by=by)


def test_list_shows_organisations_and_accounts_to_verify() -> None:
    organisation = new_organisation(name="Město Stříbro", member_since="2020-01-01")
    new_organisation(name="Dřívější", member_since="2010-01-01", member_until="2012-01-01")
    new_organisation(name="Cizí")
    new_account(organisation)
    rows = browser(with_role("auditor")).get(url("office-organisations")).content.decode().split("<tbody>")[1]
    assert [rows.count(words) for words in ("Město Stříbro", ">member<", "former member", "not a member")] == [
        1,
        1,
        1,
        1,
    ]


@pytest.mark.parametrize("name", ["office-organisations", "office-accounts"])
def test_list_asks_as_often_for_three_as_for_one(name: str, count_queries: QueryCounter) -> None:
    watcher = browser(with_role("auditor"))
    counts = []
    for _round in range(2):
        new_account(new_organisation())
        watcher.get(url(name))
        with count_queries() as queries:
            watcher.get(url(name))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_files_that_name_people_are_noted_as_personal() -> None:
    lists = (PEOPLE, INVITATIONS, ORGANISATIONS, ACCOUNTS, MAIL, IMPORTS)
    assert [one.title for one in lists if not one.is_personal] == [ORGANISATIONS.title]


def test_accounts_are_narrowed_by_state() -> None:
    organisation = new_organisation()
    first = new_account(organisation)
    close_account(account=first, by=with_role("finance_approver"))
    second = new_account(organisation, "CZ9455000000001011038930")
    verify_account(account=second, by=with_role("finance_approver"))
    third = new_account(organisation, "PL61109010140000071219812874")
    client = browser(with_role("auditor"))
    shown = {
        state: [str(one) in client.get(f"{url('office-accounts')}?state={state}").content.decode() for one in accounts]
        for accounts in [(first, second, third)]
        for state in ("closed", "verified", "waiting")
    }
    assert shown == {
        "closed": [True, False, False],
        "verified": [False, True, False],
        "waiting": [False, False, True],
    }


def test_organisation_is_added_changed_and_shown() -> None:
    client, town = browser(with_role("coordinator")), new_town(name="Stříbro")
    assert client.get(url("office-organisation-add")).context["form"]["country"].value() == "CZ"
    values = {
        "kind": "municipality",
        "name": "Město Stříbro",
        "country": "CZ",
        "register_number": "00260177",
        "street": "Masarykovo nám. 1",
        "postcode": "349 01",
        "place": "Stříbro",
        "town": str(town.pk),
        "inhabitants": "7800",
        "member_since": "1. 7. 2010",
    }
    wrong = client.post(url("office-organisation-add"), sent(**values, phone="377", data_box="abc"))
    assert list(wrong.context["form"].errors) == ["inhabitants_year"]
    assert 'value="Masarykovo nám. 1"' in wrong.content.decode()
    answer = client.post(url("office-organisation-add"), sent(**values, inhabitants_year="2025", email="a@b.cz"))
    organisation = Organisation.objects.get()
    assert answer.url == url("office-organisation", organisation.pk)
    page = client.get(answer.url).content.decode()
    assert [words in page for words in ("Masarykovo", "7,800", "since 1", "Change", "Nobody works here yet")] == [
        True
    ] * 5
    again = client.post(url("office-organisation-add"), sent(**values, inhabitants_year="2025"))
    assert "already exists" in again.content.decode()
    edit = url("office-organisation-edit", organisation.pk)
    assert client.get(edit).context["form"]["name"].value() == "Město Stříbro"
    client.post(edit, sent(**values, inhabitants_year="2025", member_until="31. 12. 2025"))
    assert "former member" in client.get(answer.url).content.decode()


def test_two_who_write_at_once_do_not_undo_each_other_unseen() -> None:
    organisation = new_organisation(name="Moje", street="Stará 1", member_since="2020-01-01")
    edits = [
        (browser(with_role("coordinator")), url("office-organisation-edit", organisation.pk)),
        (browser(with_role("signatory", organisation=organisation)), url("my-organisation-edit", organisation.pk)),
    ]
    opened = [dict(client.get(edit).context["form"].initial) for client, edit in edits]
    (coordinator, edit), (signatory, own) = edits
    facts = {name: value or "" for name, value in opened[0].items()} | {"member_since": "1. 1. 2020"}
    signatory.post(own, sent(street="Nová 2", phone="377 111 222", seen=opened[1]["seen"]))
    late = coordinator.post(edit, sent(**{**facts, "name": "Naše", "kind": "ngo", "member_since": "2. 1. 2020"}))
    assert late.status_code == 409
    text = late.content.decode()
    said = late.context["form"].non_field_errors()[0].replace("\N{NO-BREAK SPACE}", " ")
    told = (
        "Kind: municipality; Name: Moje; Street and number: Nová 2; Phone: 377 111 222; Member of the programme since: "
    )
    assert f"Now it says – {told}" in said
    assert "2020. What you wrote" in said
    assert 'value="Naše"' in text
    organisation.refresh_from_db()
    assert (organisation.name, organisation.street) == ("Moje", "Nová 2")
    meant = {**facts, "name": "Naše", "seen": late.context["form"]["seen"].value()}
    assert coordinator.post(edit, sent(**meant)).status_code == 302
    organisation.refresh_from_db()
    assert (organisation.name, organisation.street) == ("Naše", "Stará 1")


def test_other_columns_may_change_meanwhile() -> None:
    organisation = new_organisation(name="Moje")
    client = browser(with_role("signatory", organisation=organisation))
    edit = url("my-organisation-edit", organisation.pk)
    seen = client.get(edit).context["form"].initial["seen"]
    Organisation.objects.update(name="Naše")
    assert client.post(edit, sent(street="Nová 2", seen=seen)).status_code == 302


def test_choosing_nothing_is_said_in_words() -> None:
    form = browser(with_role("coordinator")).get(url("office-organisation-add")).context["form"]
    empty = {name: str(dict(form.fields[name].choices)[""]) for name in ("kind", "country", "town")}
    assert empty == {"kind": "choose", "country": "choose", "town": "none"}


def test_wrong_register_number_is_told_at_its_field() -> None:
    values = {"kind": "ngo", "name": "X", "country": "CZ", "register_number": "12345678"}
    answer = browser(with_role("coordinator")).post(url("office-organisation-add"), sent(**values))
    assert list(answer.context["form"].errors) == ["register_number"]


def test_example_says_that_it_is_invented() -> None:
    organisation = new_organisation(
        is_example=True, phone="377111222", member_since="2020-01-01", member_until="2021-01-01"
    )
    signatory = with_role("signatory", organisation=organisation)
    pages = [
        browser(with_role("auditor")).get(url("office-organisation", organisation.pk)),
        browser(signatory).get(url("my-organisation", organisation.pk)),
        browser(signatory).get(url("my-organisations")),
    ]
    words = [page.content.decode().replace("\N{NO-BREAK SPACE}", " ") for page in pages]
    assert ["nvented for a demonstration" in text for text in words] == [True, True, True]


def test_account_is_verified_on_screen_once() -> None:
    organisation = new_organisation()
    account = new_account(organisation)
    client = browser(with_role("finance_approver"))
    assert "1 bank account waits for verification" in client.get(url("office")).content.decode()
    page = client.get(url("office-organisation", organisation.pk)).content.decode()
    verify, close = url("office-account-verify", account.pk), url("office-account-close", account.pk)
    assert [verify in page, close in page] == [True, True]
    assert client.get(verify).status_code == client.get(close).status_code == 200
    form = sent()
    assert client.post(verify, form).url == client.post(verify, form).url == url("office-organisation", organisation.pk)
    assert "verified already" in client.post(verify, sent()).content.decode()
    page = client.get(url("office-organisation", organisation.pk)).content.decode()
    assert [verify in page, close in page] == [False, True]
    assert "waits for verification" not in client.get(url("office")).content.decode()
    client.post(close, sent())
    assert close not in client.get(url("office-organisation", organisation.pk)).content.decode()


def test_number_that_stands_with_another_organisation_is_told() -> None:
    account, other = new_account(new_organisation(name="Obec")), new_account(new_organisation(name="Spolek %s"))
    verify = url("office-account-verify", account.pk)
    client = browser(with_role("finance_approver"))
    assert "the same number stands with Spolek %s too. Compare" in client.get(verify).context["question"].lead
    close_account(account=other, by=with_role("finance_approver"))
    assert "the same number" not in client.get(verify).context["question"].lead


def test_coordinator_verifies_nothing() -> None:
    account = new_account(new_organisation())
    client = browser(with_role("coordinator"))
    page = client.get(url("office-organisation", account.organisation_id)).content.decode()
    assert url("office-account-verify", account.pk) not in page
    assert client.get(url("office-account-verify", account.pk)).status_code == 403


def test_people_of_an_organisation_are_shown_to_those_who_see_people() -> None:
    organisation = new_organisation()
    reader = with_role("reader", organisation=organisation)
    address = url("office-organisation", organisation.pk)
    shown = [
        reader.email in browser(with_role(role)).get(address).content.decode() for role in ("head", "council_clerk")
    ]
    assert shown == [True, False]


def test_signatory_sees_and_changes_his_own_organisation() -> None:
    organisation = new_organisation(name="Moje", phone="1")
    client = browser(with_role("signatory", organisation=organisation))
    assert "Moje" in client.get(url("my-organisations")).content.decode()
    page = client.get(url("my-organisation", organisation.pk)).content.decode()
    for name in ("my-organisation-edit", "my-account-add", "my-invite"):
        assert url(name, organisation.pk) in page
        assert client.get(url(name, organisation.pk)).status_code == 200
    form = client.get(url("my-organisation-edit", organisation.pk)).context["form"]
    assert set(form.fields) == {"street", "postcode", "place", "data_box", "email", "phone", "seen"}
    client.post(url("my-organisation-edit", organisation.pk), sent(phone="377 111 222", name="Cizí"))
    organisation.refresh_from_db()
    assert (organisation.name, organisation.phone) == ("Moje", "377 111 222")


def test_account_is_added_and_closed_by_the_organisation() -> None:
    organisation = new_organisation()
    client = browser(with_role("accountant", organisation=organisation))
    add = url("my-account-add", organisation.pk)
    wrong = client.post(add, sent(iban="CZ65 0800 0000 1920 0014 5398", label="Dotace"))
    assert list(wrong.context["form"].errors) == ["iban"]
    assert 'value="CZ65 0800 0000 1920 0014 5398"' in wrong.content.decode()
    client.post(add, sent(iban="cz65 0800 0000 1920 0014 5399", label="Dotace"))
    account = BankAccount.objects.get()
    assert account.iban == IBAN
    close = url("my-account-close", organisation.pk, account.pk)
    assert "waits for verification" in client.get(url("my-organisation", organisation.pk)).content.decode()
    assert client.get(close).status_code == 200
    client.post(close, sent())
    assert close not in client.get(url("my-organisation", organisation.pk)).content.decode()


def test_reader_sees_and_may_nothing_else() -> None:
    organisation = new_organisation()
    colleague = with_role("drafter", organisation=organisation)
    client = browser(with_role("reader", organisation=organisation))
    page = client.get(url("my-organisation", organisation.pk)).content.decode()
    assert [words in page for words in (colleague.email, "Invite", "Add a bank", "End the role")] == [
        True,
        False,
        False,
        False,
    ]
    names = ("my-organisation-edit", "my-account-add", "my-invite")
    assert [client.get(url(name, organisation.pk)).status_code for name in names] == [403, 403, 403]


def test_foreign_organisation_is_not_there() -> None:
    foreign, own = new_organisation(), new_organisation()
    account, drafter = new_account(foreign), with_role("drafter", organisation=foreign)
    invitation = Invitation.objects.create(
        email="a@example.org",
        role="reader",
        organisation=foreign,
        token_hash="x",
        invited_by=drafter,
        expires_at=timezone.now() + timedelta(days=1),
    )
    client = browser(with_role("signatory", organisation=own))
    names: list[tuple[Any, ...]] = [
        ("my-organisation",),
        ("my-organisation-edit",),
        ("my-account-add",),
        ("my-account-close", account.pk),
        ("my-invite",),
        ("my-invitation", invitation.pk),
        ("my-colleague-end", drafter.grants.get().pk),
    ]
    assert {client.get(url(name, foreign.pk, *more)).status_code for name, *more in names} == {404}
    mixed = [(name, *more) for name, *more in names if more]
    assert {client.post(url(name, own.pk, *more), sent()).status_code for name, *more in mixed} == {404}


def test_signatory_of_one_organisation_and_reader_of_another_keeps_them_apart() -> None:
    own, other = new_organisation(), new_organisation()
    signatory = with_role("signatory", organisation=own)
    signatory.grants.create(role="reader", organisation=other)
    client = browser(signatory)
    assert client.get(url("my-organisation", other.pk)).status_code == 200
    assert client.get(url("my-invite", other.pk)).status_code == 403


def test_colleague_is_invited_and_his_role_ended() -> None:
    organisation = new_organisation()
    client = browser(with_role("signatory", organisation=organisation))
    page = url("my-organisation", organisation.pk)
    answer = client.post(url("my-invite", organisation.pk), sent(email="k@example.org", role="drafter", language="cs"))
    assert answer.url == page
    invitation = Invitation.objects.get()
    assert (invitation.organisation, invitation.role) == (organisation, "drafter")
    address = url("my-invitation", organisation.pk, invitation.pk)
    assert address in client.get(page).content.decode()
    assert client.get(address).status_code == 200
    client.post(address, sent(act="withdraw"))
    assert address not in client.get(page).content.decode()
    colleague = with_role("drafter", organisation=organisation).grants.get()
    end = url("my-colleague-end", organisation.pk, colleague.pk)
    assert end in client.get(page).content.decode()
    assert client.get(end).status_code == 200
    client.post(end, sent())
    assert end not in client.get(page).content.decode()


def test_invitation_that_ends_soon_waits_for_its_signatory() -> None:
    organisation = new_organisation()
    signatory = with_role("signatory", organisation=organisation)
    client = browser(signatory)
    client.post(url("my-invite", organisation.pk), sent(email="k@example.org", role="drafter", language="cs"))
    words = "Your invitation for k@example.org has not been accepted"
    assert words not in client.get(url("my")).content.decode()
    Invitation.objects.update(expires_at=timezone.now() + timedelta(days=1))
    assert words in client.get(url("my")).content.decode()
    assert words not in browser(with_role("reader", organisation=organisation)).get(url("my")).content.decode()


def test_somebody_without_an_organisation_any_more_is_told_what_to_do() -> None:
    drafter = with_role("drafter")
    client = browser(drafter)
    assert client.get(reverse("region:my-organisations")).status_code == 200
    drafter.grants.update(valid_from=timezone.now() - timedelta(days=2), valid_until=timezone.now())
    assert client.get(reverse("region:my-organisations")).status_code == 403
    assert czech_register_number()
