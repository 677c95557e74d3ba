"""Invitations, the only way to an account: a letter with a link that works once, for two weeks."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, override

from region.clock import zone
from region.domain import outbox
from region.domain.audit import record
from region.domain.grants import check_holdable, check_place, give_role, may_give, place_told, require_giving
from region.domain.users import clean_names, is_system
from region.enums import Language
from region.models import AuditEvent, Invitation, User
from region.queries.invitations import Standing, open_invitations, standing_of
from region.roles import ROLES
from region.rules import can

if TYPE_CHECKING:
    from region.models import Organisation, RoleGrant, Town

DAYS_VALID = 14
# 32 random bytes, 256 bits: nobody guesses one.
TOKEN_BYTES = 32
# Letters with invitations that one person may send in a day.
MOST_A_DAY = 100


class InvitationGone(Exception):
    """The link no longer leads anywhere, or never did; ``standing`` says why."""

    def __init__(self, standing: Standing, invitation: Invitation | None = None) -> None:
        super().__init__(standing)
        self.standing, self.invitation = standing, invitation


class OtherAccount(PermissionDenied):
    """The invitation is for another account than the one that is signed in, or for one that has to sign in first."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """What a new person says of himself; without a password one signs in with codes sent by e-mail."""

    first_name: str
    last_name: str
    password: str | None = None


def hash_of(token: str) -> str:
    """What is kept of a link's secret."""
    return sha256(token.encode()).hexdigest()


def address_of(token: str, language: str) -> str:
    """The whole address of the link in a letter."""
    with override(language):
        return f"{settings.BASE_URL}{reverse('region:invitation', args=[token])}"


@transaction.atomic
def invite(
    *,
    email: str,
    role: str,
    organisation: Organisation | None = None,
    town: Town | None = None,
    role_until: datetime | None = None,
    language: str,
    by: User,
) -> tuple[Invitation, str]:
    """Invite somebody to a role; gives the invitation and the link, which is known only now and stands in the letter.

    Raises PermissionDenied, and ValidationError with the field it concerns: an address that is none, a role that the
    person holds already or was invited to, one's own address.
    """
    require_giving(role=role, organisation=organisation, by=by)
    _check_pace(by)
    check_place(role=role, organisation=organisation, town=town)
    email = _checked_address(email, by)
    if language not in Language.values:
        raise ValidationError({"language": gettext("Choose a language.")})
    if role_until and role_until <= timezone.now():
        raise ValidationError({"role_until": gettext("Choose a day in the future, or leave it empty.")})
    token = secrets.token_urlsafe(TOKEN_BYTES)
    invitation = Invitation(
        email=email,
        role=role,
        organisation=organisation,
        town=town,
        role_until=role_until,
        language=language,
        token_hash=hash_of(token),
        invited_by=by,
        expires_at=_expiry(),
    )
    _check_needed(invitation, by)
    invitation.save(force_insert=True)
    record(action="invitation.send", target=invitation, by=by, after=_told(invitation))
    return invitation, _write_letter(invitation, token)


@transaction.atomic
def send_again(*, invitation: Invitation, by: User) -> tuple[Invitation, str]:
    """Write the letter anew, with a new link and two more weeks; the link sent before stops working.

    Raises PermissionDenied, and ValidationError for an invitation that was accepted or withdrawn.
    """
    row = _locked(invitation, by)
    _check_pace(by)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    before = {"expires_at": row.expires_at}
    row.token_hash, row.expires_at = hash_of(token), _expiry()
    row.save(update_fields=["token_hash", "expires_at"])
    record(action="invitation.send_again", target=row, by=by, before=before, after={"expires_at": row.expires_at})
    return row, _write_letter(row, token)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> Invitation:
    """Make the link stop working.

    Raises PermissionDenied, and ValidationError for an invitation that was accepted or withdrawn.
    """
    row = _locked(invitation, by)
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record(action="invitation.withdraw", target=row, by=by, after={"withdrawn_at": row.withdrawn_at})
    return row


def accept_as_new(*, token_hash: str, newcomer: Newcomer) -> User:
    """Make the account of whoever holds the link, with the role; the e-mail address counts as verified.

    Raises InvitationGone, OtherAccount when the address has an account, which has to sign in first, and
    ValidationError with the fields of the newcomer.
    """
    with transaction.atomic():
        invitation = _taken(token_hash)
        if User.objects.filter(email__iexact=invitation.email).exists():
            raise OtherAccount("the address has an account")
        user = _new_account(invitation, newcomer)
        _accept(invitation, user)
    return user


@transaction.atomic
def accept_as(*, token_hash: str, user: User) -> RoleGrant:
    """Give the role to somebody who is signed in to the very account that was invited.

    Raises InvitationGone, OtherAccount, and ValidationError when the role may not be held with another.
    """
    invitation = _taken(token_hash)
    if user.email.lower() != invitation.email.lower():
        raise OtherAccount("another account is signed in")
    return _accept(invitation, user)


def _checked_address(email: str, by: User) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValidationError({"email": gettext("Write a whole e-mail address, such as name@town.cz.")}) from error
    if address == by.email.lower():
        raise ValidationError({"email": gettext("This is your own address: nobody gives a role to himself.")})
    return address


def _check_needed(invitation: Invitation, by: User) -> None:
    """Refuse what the person has or was invited to; of other roles only those are told who may see people's roles."""
    place = {name: getattr(invitation, name) for name in ("role", "organisation", "town")}
    if open_invitations(timezone.now()).filter(email=invitation.email, **place).exists():
        words = gettext("This person has an invitation to this role already. Send it again in the list of invitations.")
        raise ValidationError({"email": words})
    person = User.objects.filter(email__iexact=invitation.email).first()
    now = timezone.now()
    if person is None:
        return
    if person.grants.active(now).filter(**place).exists():
        raise ValidationError({"email": gettext("This person already holds the role.")})
    if can(by, "region.view_people"):
        check_holdable(user=person, start=now, end=invitation.role_until, **place)


def _expiry() -> datetime:
    return timezone.now() + timedelta(days=DAYS_VALID)


def _locked(invitation: Invitation, by: User) -> Invitation:
    """The invitation while it may still change, locked."""
    require_giving(role=invitation.role, organisation=invitation.organisation, by=by)
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.accepted_at:
        raise ValidationError(gettext("This invitation has been accepted already."))
    if row.withdrawn_at:
        raise ValidationError(gettext("This invitation has been withdrawn already."))
    return row


def find_invitation(*, token_hash: str) -> Invitation:
    """The invitation of a link that works now; raises InvitationGone."""
    rows = Invitation.objects.select_related("organisation", "town", "invited_by")
    return _working(rows.filter(token_hash=token_hash).first())


def _taken(token_hash: str) -> Invitation:
    """The invitation of a link that works, locked so that it works once."""
    return _working(Invitation.objects.select_for_update().filter(token_hash=token_hash).first())


def _working(invitation: Invitation | None) -> Invitation:
    standing = standing_of(invitation, timezone.now())
    if invitation is None or standing is not Standing.OPEN:
        raise InvitationGone(standing, invitation)
    # Whoever may no longer give the role no longer invites to it either.
    if not may_give(role=invitation.role, organisation=invitation.organisation, by=invitation.invited_by):
        raise InvitationGone(Standing.WITHDRAWN, invitation)
    return invitation


def _new_account(invitation: Invitation, newcomer: Newcomer) -> User:
    names = clean_names(first_name=newcomer.first_name, last_name=newcomer.last_name)
    user = User(email=invitation.email, language=invitation.language, **names)
    user.full_clean(exclude=["password"])
    if newcomer.password is None:
        user.set_unusable_password()
    else:
        _check_password(newcomer.password, user)
        user.set_password(newcomer.password)
    user.save(force_insert=True)
    record(action="user.join", target=user, by=user, after={"language": user.language})
    return user


def _check_pace(by: User) -> None:
    """Raise ValidationError when somebody has sent very many letters today: nobody's mailbox is to be flooded."""
    if is_system(by):
        return
    sent = AuditEvent.objects.filter(actor_id=str(by.pk), action__in=("invitation.send", "invitation.send_again"))
    if sent.filter(at__gt=timezone.now() - timedelta(days=1)).count() >= MOST_A_DAY:
        raise ValidationError(
            gettext("You have sent %(most)d letters with invitations today. Send the next one tomorrow.")
            % {"most": MOST_A_DAY}
        )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from error


def _accept(invitation: Invitation, user: User) -> RoleGrant:
    grant = give_role(
        user=user,
        role=invitation.role,
        organisation=invitation.organisation,
        town=invitation.town,
        valid_until=invitation.role_until,
        by=invitation.invited_by,
    )
    # The link came to this address, so whoever follows it reads its mail.
    own = EmailAddress.objects.filter(user=user)
    own.exclude(email__iexact=user.email).update(primary=False)
    facts = {"verified": True, "primary": True}
    own.update_or_create(
        email__iexact=user.email, defaults=facts, create_defaults={**facts, "user": user, "email": user.email}
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record(action="invitation.accept", target=invitation, by=user, after={"role": invitation.role})
    return grant


def _told(invitation: Invitation) -> dict[str, object]:
    until = {"role_until": invitation.role_until, "expires_at": invitation.expires_at}
    return {**place_told(invitation), **until}


def _write_letter(invitation: Invitation, token: str) -> str:
    """Put the letter with the link into the outbox, in its language; gives the link."""
    link = address_of(token, invitation.language)
    with override(invitation.language):
        subject = gettext("Invitation to Safe County: %(role)s") % {"role": ROLES[invitation.role].name}
        outbox.put(
            to=invitation.email, subject=subject, body=_letter(invitation, link), kind="invitation", is_secret=True
        )
    return link


def _letter(invitation: Invitation, link: str) -> str:
    until = date_format(timezone.localtime(invitation.expires_at, zone()), "DATETIME_FORMAT")
    lines = [
        gettext("Good day,"),
        _who_invites(invitation),
        str(ROLES[invitation.role].description),
        gettext("Open this link to accept. It works once, until %(until)s:") % {"until": until},
        link,
        gettext("The link is meant for you alone: do not pass it on. If you did not expect it, you need do nothing."),
    ]
    return "\n\n".join(lines) + "\n"


def _who_invites(invitation: Invitation) -> str:
    place = invitation.organisation or invitation.town
    values = {"by": invitation.invited_by, "role": ROLES[invitation.role].name, "place": place}
    if is_system(invitation.invited_by):
        return gettext("You are invited to the role “%(role)s”.") % values
    if place is None:
        return gettext("%(by)s invites you to the role “%(role)s”.") % values
    return gettext("%(by)s invites you to the role “%(role)s” for %(place)s.") % values
