"""Inviting somebody, and accepting."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from region.domain.grants import end_role
from region.domain.invitations import (
    InvitationGone,
    Newcomer,
    OtherAccount,
    accept_as,
    accept_as_new,
    find_invitation,
    hash_of,
    invite,
    send_again,
    withdraw,
)
from region.domain.users import system_user
from region.models import AuditEvent, Invitation, OutboxMessage, RegionProfile, RoleGrant, User
from region.queries.invitations import Standing, invitations_for
from region.rules import can
from tests.factories.accounts import PASSWORD, new_user
from tests.factories.roles import give_role, new_organisation, with_role

EVA = Newcomer("Eva", "Nová")


def sent(**fields: Any) -> tuple[Invitation, str]:
    """An invitation of Eva to the role of an analyst in English, and the hash of its link."""
    values = {"email": "Eva@Example.org ", "role": "analyst", "language": "en", **fields}
    if "by" not in values:
        values["by"] = with_role("administrator")
    invitation, link = invite(**values)
    return invitation, hash_of(link.rstrip("/").rpartition("/")[2])


def gone(token_hash: str) -> Standing:
    """Why a link does not work."""
    with pytest.raises(InvitationGone) as raised:
        accept_as_new(token_hash=token_hash, newcomer=EVA)
    return raised.value.standing


def test_invitation_keeps_only_a_hash_and_sends_the_link(county: RegionProfile) -> None:
    invitation, link = invite(
        email="Eva@Example.org", role="analyst", language="en", by=with_role("administrator", organisation=None)
    )
    token = link.rstrip("/").rpartition("/")[2]
    letter = OutboxMessage.objects.get()
    assert re.fullmatch(r"http://[^/]+/en/account/invitation/[\w-]{43}/", link)
    assert (letter.to, letter.is_secret, letter.kind) == ("eva@example.org", True, "invitation")
    assert link in letter.body
    assert invitation.token_hash == hash_of(token)
    assert token not in str(Invitation.objects.values())
    assert token not in str(AuditEvent.objects.values())
    assert timedelta(days=13, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=14)


@pytest.mark.parametrize(
    ("language", "words"), [("cs", "/cs/account/"), ("pl", "/pl/account/"), ("en", "/en/account/")]
)
def test_letter_leads_to_its_own_language(county: RegionProfile, language: str, words: str) -> None:
    sent(language=language)
    assert words in OutboxMessage.objects.get().body


def test_letter_says_who_invites_where_to(county: RegionProfile) -> None:
    organisation = new_organisation(name="Město Zkušebnice")
    by = new_user(first_name="Jan", last_name="Starosta")
    sent(role="reader", organisation=organisation, by=give_role(by, "signatory", organisation=organisation))
    sent(email="b@example.org", by=give_role(new_user(first_name="Ada"), "administrator"))
    sent(email="c@example.org", by=system_user())
    lines = [letter.body.splitlines()[2] for letter in OutboxMessage.objects.order_by("created_at")]
    assert lines == [
        "Jan Starosta invites you to the role “reader” for Město Zkušebnice.",
        "Ada invites you to the role “analyst”.",
        "You are invited to the role “analyst”.",
    ]


def test_newcomer_gets_an_account_with_the_role(county: RegionProfile) -> None:
    until = timezone.now() + timedelta(days=30)
    invitation, token_hash = sent(role_until=until, language="pl")
    user = accept_as_new(token_hash=token_hash, newcomer=Newcomer("Eva", "Nová", PASSWORD))
    address = EmailAddress.objects.get(user=user)
    grant = user.grants.get()
    invitation.refresh_from_db()
    assert (user.email, str(user), user.language) == ("eva@example.org", "Eva Nová", "pl")
    assert user.check_password(PASSWORD)
    assert (address.email, address.verified, address.primary) == ("eva@example.org", True, True)
    assert (grant.role, grant.valid_until, grant.granted_by) == ("analyst", until, invitation.invited_by)
    assert invitation.accepted_by == user
    assert can(user, "region.enter_office")


def test_newcomer_without_a_password_signs_in_with_codes(county: RegionProfile) -> None:
    user = accept_as_new(token_hash=sent()[1], newcomer=EVA)
    assert not user.has_usable_password()


@pytest.mark.parametrize("password", ["short", "eva@example.org"])
def test_weak_password_is_refused_and_the_link_still_works(county: RegionProfile, password: str) -> None:
    _invitation, token_hash = sent()
    with pytest.raises(ValidationError) as refused:
        accept_as_new(token_hash=token_hash, newcomer=Newcomer("Eva", "Nová", password))
    assert list(refused.value.message_dict) == ["password"]
    assert not User.objects.filter(email="eva@example.org").exists()
    accept_as_new(token_hash=token_hash, newcomer=EVA)


def test_link_works_once(county: RegionProfile) -> None:
    _invitation, token_hash = sent()
    accept_as_new(token_hash=token_hash, newcomer=EVA)
    assert gone(token_hash) is Standing.ACCEPTED
    assert RoleGrant.objects.filter(role="analyst").count() == 1


def test_unknown_expired_and_withdrawn_links_lead_nowhere(county: RegionProfile) -> None:
    by = with_role("administrator")
    expired, expired_hash = sent(by=by)
    Invitation.objects.filter(pk=expired.pk).update(expires_at=timezone.now())
    withdrawn, withdrawn_hash = sent(email="b@example.org", by=by)
    withdraw(invitation=withdrawn, by=by)
    found = [gone(token_hash) for token_hash in (hash_of("guessed"), expired_hash, withdrawn_hash)]
    assert found == [Standing.UNKNOWN, Standing.EXPIRED, Standing.WITHDRAWN]


def test_letter_sent_again_has_a_new_link_and_the_old_one_dies(county: RegionProfile) -> None:
    by = with_role("administrator")
    invitation, old = sent(by=by)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now())
    again, link = send_again(invitation=invitation, by=by)
    assert gone(old) is Standing.UNKNOWN
    assert again.expires_at > timezone.now() + timedelta(days=13)
    assert OutboxMessage.objects.count() == 2
    accept_as_new(token_hash=hash_of(link.rstrip("/").rpartition("/")[2]), newcomer=EVA)
    with pytest.raises(ValidationError, match="accepted already"):
        send_again(invitation=invitation, by=by)


def test_withdrawn_invitation_stays_so(county: RegionProfile) -> None:
    by = with_role("administrator")
    invitation, _hash = sent(by=by)
    withdraw(invitation=invitation, by=by)
    for act in (withdraw, send_again):
        with pytest.raises(ValidationError, match="withdrawn already"):
            act(invitation=invitation, by=by)


def test_foreign_invitation_cannot_be_touched(county: RegionProfile) -> None:
    signatory = with_role("signatory")
    invitation, _hash = sent(role="reader", organisation=new_organisation())
    for act in (withdraw, send_again):
        with pytest.raises(PermissionDenied):
            act(invitation=invitation, by=signatory)


def test_invitation_of_somebody_who_lost_the_right_leads_nowhere(county: RegionProfile) -> None:
    signatory = with_role("signatory")
    grant = signatory.grants.get()
    _invitation, token_hash = sent(role="reader", organisation=grant.organisation, by=signatory)
    end_role(grant=grant, by=with_role("administrator"))
    assert gone(token_hash) is Standing.WITHDRAWN


def test_account_of_the_address_accepts_only_when_signed_in(county: RegionProfile) -> None:
    eva, other = new_user(email="eva@example.org"), new_user()
    _invitation, token_hash = sent()
    with pytest.raises(OtherAccount):
        accept_as_new(token_hash=token_hash, newcomer=EVA)
    with pytest.raises(OtherAccount):
        accept_as(token_hash=token_hash, user=other)
    assert accept_as(token_hash=token_hash, user=eva).user == eva
    assert EmailAddress.objects.get(user=eva).verified
    with pytest.raises(InvitationGone):
        accept_as(token_hash=token_hash, user=eva)


def test_role_that_excludes_another_is_refused_when_accepted(county: RegionProfile) -> None:
    eva = new_user(email="eva@example.org")
    invitation, token_hash = sent(role="finance_approver")
    give_role(eva, "finance_preparer")
    with pytest.raises(ValidationError, match="Whoever prepares a payment"):
        accept_as(token_hash=token_hash, user=eva)
    assert find_invitation(token_hash=token_hash) == invitation


def test_invitation_that_is_not_needed_is_refused(county: RegionProfile) -> None:
    by = with_role("administrator")
    give_role(new_user(email="eva@example.org"), "analyst")
    give_role(new_user(email="fin@example.org"), "finance_preparer")
    sent(email="twice@example.org", by=by)
    wrong: list[dict[str, Any]] = [
        {"email": "nobody"},
        {"email": by.email.upper()},
        {},
        {"email": "twice@example.org"},
        {"email": "fin@example.org", "role": "finance_approver"},
        {"role": "reader"},
        {"language": "de"},
        {"role_until": timezone.now() - timedelta(days=1)},
    ]
    found: list[str] = []
    for values in wrong:
        with pytest.raises(ValidationError) as refused:
            sent(by=by, **values)
        found += refused.value.message_dict
    assert found == ["email", "email", "email", "email", "role", "organisation", "language", "role_until"]


def test_signatory_is_not_told_of_roles_elsewhere(county: RegionProfile) -> None:
    signatory = with_role("signatory")
    organisation = signatory.grants.get().organisation
    give_role(new_user(email="eva@example.org"), "auditor")
    invitation, _hash = sent(role="accountant", organisation=organisation, by=signatory)
    assert invitation.email == "eva@example.org"


def test_signatory_invites_to_his_own_organisation_only(county: RegionProfile) -> None:
    signatory = with_role("signatory")
    for values in ({"role": "analyst"}, {"role": "reader", "organisation": new_organisation()}):
        with pytest.raises(PermissionDenied):
            sent(by=signatory, **values)


def test_each_sees_the_invitations_that_are_theirs(county: RegionProfile) -> None:
    signatory = with_role("signatory")
    own = sent(role="reader", organisation=signatory.grants.get().organisation, by=signatory)[0]
    foreign = sent(role="reader", organisation=new_organisation(), email="b@example.org")[0]
    staff = sent(email="c@example.org")[0]
    assert set(invitations_for(with_role("auditor"))) == {own, foreign, staff}
    assert set(invitations_for(signatory)) == {own}
    assert set(invitations_for(with_role("reader"))) == set()


def test_account_with_capitals_and_another_first_address_accepts(county: RegionProfile) -> None:
    user = new_user(email="eva@example.org")
    User.objects.filter(pk=user.pk).update(email="Eva@Example.org")
    user.refresh_from_db()
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email="eva@example.org", verified=False)
    EmailAddress.objects.create(user=user, email="old@example.org", verified=True, primary=True)
    _invitation, token_hash = sent()
    accept_as(token_hash=token_hash, user=user)
    addresses = EmailAddress.objects.filter(user=user).order_by("email").values_list("email", "verified", "primary")
    assert list(addresses) == [("eva@example.org", True, True), ("old@example.org", True, False)]


def test_nobody_floods_mailboxes_with_invitations(county: RegionProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("region.domain.invitations.MOST_A_DAY", 2)
    by = with_role("administrator")
    invitation, _token_hash = sent(by=by)
    send_again(invitation=invitation, by=by)
    with pytest.raises(ValidationError, match="2 letters with invitations today"):
        sent(by=by, email="other@example.org")
    with pytest.raises(ValidationError, match="tomorrow"):
        send_again(invitation=invitation, by=by)
    sent(by=with_role("administrator"), email="other@example.org")
    assert OutboxMessage.objects.count() == 3


def test_newcomer_with_an_address_for_a_name_is_refused(county: RegionProfile) -> None:
    invitation, token_hash = sent()
    with pytest.raises(ValidationError) as refused:
        accept_as_new(token_hash=token_hash, newcomer=Newcomer("Eva", "www: https://bad.example"))
    assert list(refused.value.message_dict) == ["last_name"]
    assert not User.objects.filter(email=invitation.email).exists()
