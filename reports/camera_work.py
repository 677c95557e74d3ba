"""The camera register in the office's menu and on home pages, and its duties of the minute tick."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from region.clock import zone
from region.domain.prepared import register_maker
from region.domain.tick import register
from region.office import Card, Entry, Group, Place, register_cards, register_entry
from region.rules import can
from reports.domain.remote_access import expire_accesses, remind_of_accesses
from reports.enums.cameras import AccessState
from reports.queries.camera_office import assessments_due, reviews_due
from reports.queries.remote_access import accesses_for, ending_accesses, orphaned_accesses
from reports.states.remote_access import FINANCIAL, MANAGE, RETURNED, TECHNICAL

if TYPE_CHECKING:
    from region.models import User

# So long before its end an access stands on the home page.
SOON = timedelta(days=60)
# Who waits for what: the permission, the state, and the words of the card.
_WAITING = (
    (TECHNICAL, AccessState.REQUESTED),
    (FINANCIAL, AccessState.TECHNICALLY_APPROVED),
    (MANAGE, AccessState.FINANCIALLY_APPROVED),
)


def register_files() -> None:
    """Say which functions make the files that workers prepare."""
    register_maker("cameras", "reports.views.camera_dashboard.cameras_as_pdf")
    register_maker("camera-sign", "reports.views.camera_products.sign_as_pdf")
    register_maker("camera-report", "reports.views.camera_products.report_as_pdf")


def connect() -> None:
    """Fill the menu, the home page and the tick."""
    group = Group(_("Cameras"), 40)
    register_entry(
        Entry(_("Camera points"), "reports:office-cameras", ("reports.view_cameras",), group=group, order=50)
    )
    register_entry(
        Entry(_("Camera systems"), "reports:office-camera-systems", ("reports.view_cameras",), group=group, order=51)
    )
    see = ("reports.request_access", "reports.view_access")
    register_entry(Entry(_("Remote access"), "reports:office-accesses", see, group=group, order=52))
    register_cards(Place.OFFICE, "camera reviews", due_reviews)
    register_cards(Place.OFFICE, "camera accesses", waiting_accesses)
    register("camera accesses", expire_accesses, _("End remote accesses whose time is over"))
    register("camera access reminders", remind_of_accesses, _("Remind of remote accesses that end soon"))


def due_reviews(user: User, now: datetime) -> Iterator[Card]:
    """Yearly reviews and impact assessments that are due, for the registrar."""
    if not can(user, MANAGE):
        return
    day = now.astimezone(zone()).date()
    count = reviews_due(on=day).count()
    if count:
        words = ngettext(
            "%(count)d camera point waits for its yearly review",
            "%(count)d camera points wait for their yearly review",
            count,
        )
        url = f"{reverse('reports:office-cameras')}?review=due"
        yield Card(what=words % {"count": count}, url=url, button=gettext("Open the points"))
    for one in assessments_due(on=day):
        yield Card(
            what=gettext("Impact assessment of %(system)s to be reviewed") % {"system": one.system},
            url=reverse("reports:office-camera-systems"),
            button=gettext("Open the systems"),
            due=one.next_review,
            is_urgent=bool(one.next_review and one.next_review < day),
        )


def waiting_accesses(user: User, now: datetime) -> Iterator[Card]:
    """Accesses that wait for one's decision, that came back, or that end soon."""
    list_url = reverse("reports:office-accesses")
    for permission, state in _WAITING:
        count = accesses_for(user).filter(state=state).count() if can(user, permission) else 0
        if count:
            words = ngettext("%(count)d remote access waits for you", "%(count)d remote accesses wait for you", count)
            yield Card(what=words % {"count": count}, url=f"{list_url}?state={state}", button=gettext("Decide"))
    for one in accesses_for(user).filter(state__in=RETURNED, requested_by=user):
        yield Card(
            what=gettext("Request for %(system)s was returned") % {"system": one.system},
            url=reverse("reports:office-access", args=[one.pk]),
            button=gettext("Mend it"),
            detail=one.reason,
        )
    day = now.astimezone(zone()).date()
    if can(user, MANAGE):
        yield from _orphaned(user, day)
    for one in ending_accesses(user, on=day, until=day + SOON):
        yield Card(
            what=gettext("Remote access ends: %(access)s") % {"access": one},
            url=reverse("reports:office-access", args=[one.pk]),
            button=gettext("Open the access"),
            due=one.valid_until,
        )


def _orphaned(user: User, day: date) -> Iterator[Card]:
    """Accesses in force that nobody answers for any more."""
    for one in orphaned_accesses(user, on=day):
        yield Card(
            what=gettext("Whoever asked for this remote access no longer may: %(access)s") % {"access": one},
            url=reverse("reports:office-access", args=[one.pk]),
            button=gettext("Open the access"),
            is_urgent=True,
        )
