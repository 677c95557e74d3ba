"""Menu entries and cards about people, invitations, organisations and bank accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from region.clock import zone
from region.office import PEOPLE, Card, Entry, Place, register_cards, register_entry
from region.queries.invitations import invitations_for, unanswered
from region.queries.organisations import accounts_waiting
from region.rules import can

if TYPE_CHECKING:
    from region.models import User

# So long before its end an invitation is worth a reminder, and so long after it.
SOON, LATE = timedelta(days=3), timedelta(days=14)
MOST = 5


def connect() -> None:
    """Fill the menus and the home pages."""
    people, organisations = ("region.view_people",), ("region.view_organisations",)
    register_entry(Entry(_("People"), "region:office-people", people, group=PEOPLE, order=10))
    register_entry(Entry(_("Invitations"), "region:office-invitations", people, group=PEOPLE, order=12))
    register_entry(Entry(_("Organisations"), "region:office-organisations", organisations, group=PEOPLE, order=20))
    register_entry(Entry(_("Bank accounts"), "region:office-accounts", organisations, group=PEOPLE, order=21))
    own = Entry(_("My organisations"), "region:my-organisations", ("region.view_own_organisation",), Place.MY, order=10)
    register_entry(own)
    register_cards(Place.OFFICE, "invitations", expiring)
    register_cards(Place.OFFICE, "bank accounts", to_verify)
    register_cards(Place.MY, "invitations", own_invitations)


def expiring(user: User, now: datetime) -> Iterator[Card]:
    """Invitations that nobody has accepted and that end soon or have just ended, for whoever wrote them."""
    if not can(user, "region.view_people"):
        return
    found = list(unanswered(invitations_for(user), now - LATE, now + SOON).filter(invited_by=user))
    if found:
        words = ngettext(
            "%(count)d invitation waits for an answer", "%(count)d invitations wait for an answer", len(found)
        )
        yield Card(
            what=words % {"count": len(found)},
            detail=", ".join(one.email for one in found[:MOST]),
            url=reverse("region:office-invitations"),
            button=gettext("Open the invitations"),
            due=min(one.expires_at for one in found).astimezone(zone()).date(),
        )


def to_verify(user: User, _now: datetime) -> Iterator[Card]:
    """Bank accounts that wait for whoever verifies them."""
    if not can(user, "region.verify_account"):
        return
    count = accounts_waiting(user).count()
    if count:
        words = ngettext(
            "%(count)d bank account waits for verification", "%(count)d bank accounts wait for verification", count
        )
        yield Card(
            what=words % {"count": count},
            url=f"{reverse('region:office-accounts')}?state=waiting",
            button=gettext("Verify"),
            detail=gettext("No money is sent to an account before that."),
        )


def own_invitations(user: User, now: datetime) -> Iterator[Card]:
    """Invitations to one's organisations that end soon or have just ended."""
    if not can(user, "region.invite_colleague"):
        return
    for one in unanswered(invitations_for(user), now - LATE, now + SOON)[:MOST]:
        yield Card(
            what=gettext("Your invitation for %(email)s has not been accepted") % {"email": one.email},
            detail=f"{one.get_role_display()}, {one.organisation}",
            url=reverse("region:my-invitation", args=[one.organisation_id, one.pk]),
            button=gettext("Open the invitation"),
            due=one.expires_at.astimezone(zone()).date(),
        )
