"""Invitations in the office: the list, inviting, sending again, withdrawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from region.domain.grants import may_give
from region.domain.invitations import invite, send_again, withdraw
from region.forms.people import InviteForm, last_moment, roles_to_give
from region.listing import Column, Kind, ListFilters, Listing, View, trail_to
from region.models import Invitation, Organisation, User
from region.office import Place
from region.parts import Link
from region.queries.invitations import Standing, invitations_for, standing_of, with_standing
from region.roles import role_choices
from region.views.asking import Question, ask
from region.views.guards import permission_required, person_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

VIEW = "region.view_people"
GIVE = ("region.manage_people", "region.invite_to_organisation")
STANDINGS = {
    Standing.OPEN: pgettext_lazy("invitation", "open"),
    Standing.EXPIRED: pgettext_lazy("invitation", "expired"),
    Standing.ACCEPTED: pgettext_lazy("invitation", "accepted"),
    Standing.WITHDRAWN: pgettext_lazy("invitation", "withdrawn"),
}
_TONES = {Standing.OPEN: "run", Standing.ACCEPTED: "done", Standing.EXPIRED: "late"}


class InvitationFilters(ListFilters):
    """By how it stands, by role."""

    standing = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(standing.value, words) for standing, words in STANDINGS.items()],
        method="standing_as",
        empty_label=pgettext_lazy("filter", "any"),
    )
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=role_choices, empty_label=pgettext_lazy("filter", "any")
    )

    def standing_as(self, rows: QuerySet[Invitation], _name: str, value: str) -> QuerySet[Invitation]:
        """Those that stand so this moment."""
        return with_standing(rows, Standing(value), timezone.now())


def standing_now(invitation: Invitation) -> Standing:
    """How it stands this moment."""
    return standing_of(invitation, timezone.now())


def is_changeable(invitation: Invitation) -> bool:
    """Whether it can be sent again or withdrawn."""
    return standing_now(invitation) in {Standing.OPEN, Standing.EXPIRED}


def invite_link(user: User) -> Link | None:
    """Where to invite somebody; None for those who may invite nobody."""
    return Link(gettext("Invite somebody"), reverse("region:office-invite")) if roles_to_give(user) else None


INVITATIONS = Listing(
    url_name="region:office-invitations",
    title=_("Invitations"),
    lead=_("Nobody gets an account in another way."),
    permissions=(VIEW,),
    rows=invitations_for,
    columns=(
        Column(
            key="email",
            label=_("E-mail"),
            sort="email",
            link=lambda row: reverse("region:office-invitation", args=[row.pk]),
        ),
        Column(key="role", label=_("Role"), value="get_role_display", sort="role"),
        Column(key="place", label=_("For"), value=lambda row: str(row.organisation or row.town or "")),
        Column(
            key="standing",
            label=_("State"),
            value=lambda row: STANDINGS[standing_now(row)],
            kind=Kind.STATUS,
            tone=lambda row: _TONES.get(standing_now(row), "neutral"),
        ),
        Column(key="by", label=_("Invited by"), value="invited_by"),
        Column(key="sent", label=_("Written"), value="created_at", kind=Kind.DATE, sort="created_at"),
        Column(key="until", label=_("Until"), value="expires_at", kind=Kind.DATE, sort="expires_at"),
    ),
    order="-sent",
    filters=InvitationFilters,
    search=("email",),
    search_label=_("E-mail"),
    views=(
        View(label=pgettext_lazy("invitations", "All")),
        View(label=pgettext_lazy("invitations", "Open"), query="standing=open"),
        View(label=pgettext_lazy("invitations", "Expired"), query="standing=expired"),
    ),
    create=invite_link,
    empty_title=_("Nobody has been invited yet"),
    empty_text=_("Invite the first person: the letter leads to an account."),
    is_personal=True,
)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(*GIVE)
def office_invite(request: HttpRequest) -> HttpResponseBase:
    """Invite somebody from the office."""
    back = Link(gettext("Invitations"), reverse("region:office-invitations"))
    return ask_invite(request, back, Place.OFFICE, trail_to(INVITATIONS), None)


def ask_invite(
    request: HttpRequest, back: Link, place: Place, trail: tuple[Link, ...], organisation: Organisation | None
) -> HttpResponseBase:
    """Ask whom to invite; with ``organisation`` to that one alone."""
    by = person_of(request)
    form = InviteForm(request.POST or None, by=by, organisation=organisation, initial={"language": get_language()})

    def act(values: dict[str, Any]) -> None:
        until = last_moment(values["last_day"])
        invite(email=values["email"], **form.place(), role_until=until, language=values["language"], by=by)

    question = Question(
        title=gettext("Invite somebody"),
        lead=gettext("The person gets a letter with a link that works once, for 14 days."),
        button=gettext("Send the invitation"),
        action="invitation.send",
        done=gettext("The invitation is on its way."),
        back=back,
        place=place,
        trail=(*trail, Link(gettext("Invite somebody"))),
    )
    return ask(request, question, act, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VIEW)
def invitation(request: HttpRequest, invitation_id: UUID) -> HttpResponseBase:
    """One invitation: how it stands; sent again or withdrawn by a button."""
    found = get_object_or_404(invitations_for(person_of(request)), pk=invitation_id)
    back = Link(gettext("Invitations"), reverse("region:office-invitations"))
    return show_invitation(request, found, back, Place.OFFICE, trail_to(INVITATIONS))


def show_invitation(
    request: HttpRequest, found: Invitation, back: Link, place: Place, trail: tuple[Link, ...]
) -> HttpResponseBase:
    """The page of an invitation; POST with ``act`` does what its button says."""
    by = person_of(request)
    wanted = request.POST.get("act", "")
    if request.method == "POST" and wanted not in {"withdraw", "again"}:
        raise Http404
    more = {
        "invitation": found,
        "standing": STANDINGS[standing_now(found)],
        "tone": _TONES.get(standing_now(found), "neutral"),
        "is_changeable": is_changeable(found) and may_give(role=found.role, organisation=found.organisation, by=by),
    }
    is_withdrawing = wanted == "withdraw"
    question = Question(
        title=gettext("Invitation for %(email)s") % {"email": found.email},
        button=gettext("Send again"),
        action="invitation.withdraw" if is_withdrawing else "invitation.send_again",
        done=gettext("The invitation was withdrawn: its link no longer works.")
        if is_withdrawing
        else gettext("A new letter is on its way. The link sent before no longer works."),
        back=back,
        place=place,
        trail=(*trail, Link(found.email)),
        template="region/invitation_office.html",
        more=more,
    )
    act = withdraw if is_withdrawing else send_again
    return ask(request, question, lambda _values: act(invitation=found, by=by))
