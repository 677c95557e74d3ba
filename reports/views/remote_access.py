"""Remote accesses to cameras in the office: the list, one access, asking for one, deciding about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.transition import possible
from region.listing import Column, DayFilter, Kind, ListFilters, Listing, View, folded, trail_to
from region.parts import Link
from region.rules import can, require
from region.views.asking import Question, ask
from region.views.audit import history_url
from region.views.guards import permission_required, person_of
from reports.camera_words import access_next, access_tone
from reports.domain.remote_access import ACCESSES, note_view, request_access
from reports.domain.remote_access import step as do_step
from reports.enums.cameras import AccessState
from reports.forms.remote_access import FORMS, AccessForm
from reports.models import RemoteAccess
from reports.publication import Level
from reports.queries.remote_access import VIEW, accesses_for
from reports.states.remote_access import ACCESS, ASKED, BY_ITSELF, IN_FORCE, REQUEST
from reports.views.camera_facts import facts_for

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from region.models import User

SEE = (REQUEST, VIEW)
# What a renewal starts from.
SAME = ("body", "purpose", "legal_basis", "scope", "may_watch", "may_replay", "may_export")
# What the page of an access says at other places, or to nobody.
_ELSEWHERE = ("id", "version", "state", "was_one_body", "system", "body", "reason")
asked = require_http_methods(["GET", "HEAD", "POST"])


def access_url(access: RemoteAccess) -> str:
    """Address of an access in the office."""
    return reverse("reports:office-access", args=[access.pk])


class AccessFilters(ListFilters):
    """What narrows the list."""

    state = django_filters.ChoiceFilter(
        label=_("State"), choices=AccessState.choices, empty_label=pgettext_lazy("filter", "any")
    )
    ends = DayFilter(field_name="valid_until", lookup_expr="lte", label=_("Valid until, at most"))


def _create(user: User) -> Link | None:
    return Link(gettext("Ask for access"), reverse("reports:office-access-add")) if can(user, REQUEST) else None


ACCESS_LIST = Listing(
    url_name="reports:office-accesses",
    title=_("Remote access to cameras"),
    permissions=SEE,
    rows=accesses_for,
    columns=(
        Column(key="body", label=_("Who gets access"), sort=folded("body"), link=access_url),
        Column(key="system", label=_("System"), value="system.name"),
        Column(
            key="state",
            label=_("State"),
            value="get_state_display",
            kind=Kind.STATUS,
            tone=lambda access: access_tone(access.state),
            sort="state",
        ),
        Column(key="requested", label=_("Requested"), value="requested_at", kind=Kind.DATE, sort="requested_at"),
        Column(key="by", label=_("Requested by"), value="requested_by"),
        Column(key="from", label=_("Valid from"), value="valid_from", kind=Kind.DATE, sort="valid_from"),
        Column(
            key="until",
            label=_("Valid until"),
            value="valid_until",
            kind=Kind.DATE,
            sort="valid_until",
            is_deadline=True,
        ),
    ),
    order="-requested",
    filters=AccessFilters,
    search=("body", "purpose"),
    search_label=_("Body or purpose"),
    views=(
        View(label=pgettext_lazy("remote accesses", "All")),
        View(label=pgettext_lazy("remote accesses", "Requested"), query="state=requested"),
        View(label=pgettext_lazy("remote accesses", "Technically approved"), query="state=technically_approved"),
        View(label=pgettext_lazy("remote accesses", "Granted"), query="state=granted"),
    ),
    create=_create,
    # It says who asked.
    is_personal=True,
    empty_title=_("No remote access yet"),
    empty_text=_("Services ask for access; the technical and the financial side approve it one after the other."),
)


def _seen(request: HttpRequest, access_id: UUID) -> RemoteAccess:
    """An access that somebody may see; that he or she looked at it is written down."""
    by = person_of(request)
    found = get_object_or_404(accesses_for(by), pk=access_id)
    if request.method != "POST":
        note_view(access=found, by=by)
    return found


@require_safe
@permission_required(*SEE)
def access(request: HttpRequest, access_id: UUID) -> HttpResponse:
    """One access: each look at it is written down."""
    found = _seen(request, access_id)
    by = person_of(request)
    may_do = [way for way in possible(record=found, flow=ACCESSES, by=by) if _is_offered(way.name, found, by)]
    context = {
        "access": found,
        "tone": access_tone(found.state),
        # Whoever may open it sees all of it: the requester, those who decide, the auditor.
        "next": access_next(found.state),
        "facts": facts_for(found, Level.REGISTRAR, without=_ELSEWHERE),
        "steps": may_do,
        "may_renew": found.requested_by_id == by.pk and found.state in IN_FORCE,
        "history": history_url(found) if can(by, "region.view_audit") else "",
        "trail": trail_to(ACCESS_LIST, Link(found.body)),
    }
    return render(request, "reports/office/access.html", context)


def _is_offered(name: str, found: RemoteAccess, by: User) -> bool:
    """Whether a button makes sense: not what happens by itself, not the requester's acts to others nor the reverse."""
    is_own = found.requested_by_id == by.pk
    return name not in BY_ITSELF and (name in {"ask_again", "withdraw"}) == is_own


@asked
@permission_required(REQUEST)
def add(request: HttpRequest) -> HttpResponseBase:
    """Ask for access."""
    return _ask_for(request, AccessForm(request.POST or None), gettext("Ask for access"))


@asked
@permission_required(REQUEST)
def renew(request: HttpRequest, access_id: UUID) -> HttpResponseBase:
    """Ask for access in place of one's own that ends."""
    former = _seen(request, access_id)
    initial = {name: getattr(former, name) for name in SAME}
    form = AccessForm(request.POST or None, initial=initial, is_renewal=True)
    return _ask_for(request, form, gettext("Ask for a renewal"), former)


def _ask_for(
    request: HttpRequest, form: AccessForm, title: str, former: RemoteAccess | None = None
) -> HttpResponseBase:
    by = person_of(request)

    def act(values: dict[str, Any]) -> RemoteAccess:
        whole = {"system": former.system, **values} if former else values
        return request_access(values=whole, by=by, renews=former)

    question = Question(
        title=title,
        lead=gettext("The technical side is approved first, then the financial one, by two people."),
        button=gettext("Send the request"),
        action="remoteaccess.request",
        back=Link(str(ACCESS_LIST.title), reverse("reports:office-accesses")),
        done=gettext("The request was sent. You will be told of each step."),
        trail=trail_to(ACCESS_LIST, Link(title)),
    )
    return ask(request, question, act, form, then=access_url)


@asked
@permission_required(*SEE)
def step(request: HttpRequest, access_id: UUID, name: str) -> HttpResponseBase:
    """Do one step of an access."""
    if name not in ACCESS.names or name in BY_ITSELF:
        raise Http404
    found = _seen(request, access_id)
    way = ACCESS.named(name)
    require(request.user, way.permission)
    back = Link(found.body, access_url(found))
    question = Question(
        title=f"{way.public_label}: {found.body}",
        button=str(way.public_label),
        action=f"remoteaccess.{name}",
        back=back,
        done=f"{gettext('It is written down.')} {access_next(way.target)}".strip(),
        is_danger=name in {"revoke", "withdraw"},
        trail=trail_to(ACCESS_LIST, back, Link(str(way.public_label))),
    )
    return ask(request, question, partial(_do, found, name, person_of(request)), _form(request, found, name))


def _form(request: HttpRequest, found: RemoteAccess, name: str) -> Any:
    if name == "ask_again":
        return AccessForm(request.POST or None, instance=found)
    initial = {"version": found.version, "valid_from": found.asked_from, "valid_until": found.asked_until}
    return FORMS[name](request.POST or None, initial=initial)


def _do(found: RemoteAccess, name: str, by: User, values: dict[str, Any]) -> RemoteAccess:
    changes = {key: value for key, value in values.items() if key not in {"version", "reason"}}
    kept = {key: changes[key] for key in changes if name != "ask_again" or key in ASKED}
    return do_step(
        access=found,
        name=name,
        by=by,
        reason=values.get("reason", ""),
        changes=kept,
        expected_version=values.get("version"),
    )
