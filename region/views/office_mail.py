"""Mail on its way: the list, one message, and stopping or releasing all of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from region.domain.mail_care import FLOW, MANAGE, hold_all, release_all
from region.domain.transition import GuardRefused, IllegalTransition, obstacle, possible, transition
from region.enums import MailStatus
from region.forms.mail import HoldForm
from region.listing import Action, Column, Kind, ListFilters, Listing, MomentDayFilter, View, trail_to
from region.models import OutboxMessage
from region.parts import Link
from region.queries.mail import mail_for, mail_state
from region.rules import can
from region.running_words import mail_error, mail_kind
from region.security_log import note
from region.views.guards import permission_required, person_of
from region.views.sending import sent_once

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

SEE = ("region.view_mail", MANAGE)
INCOMPLETE = 422
LIST = "region:office-mail"
_TONES = {
    MailStatus.WAITING: "run",
    MailStatus.SENDING: "run",
    MailStatus.SENT: "done",
    MailStatus.FAILED: "late",
    MailStatus.UNCERTAIN: "late",
}


class MailFilters(ListFilters):
    """What narrows the list."""

    status = django_filters.ChoiceFilter(label=_("State"), choices=MailStatus, empty_label=_("Any"))
    since = MomentDayFilter(field_name="created_at", lookup_expr="gte", label=_("Written from"))
    until = MomentDayFilter(field_name="created_at", lookup_expr="lte", label=_("Written until"))


def _action(name: str) -> Action:
    way = FLOW.states.named(name)
    return Action(
        code=name.replace("_", "-"),
        label=way.public_label,
        permission=way.permission,
        check=lambda message, user: obstacle(record=message, flow=FLOW, name=name, by=user),
        apply=lambda message, by: transition(record=message, flow=FLOW, name=name, by=by),
    )


def _tone(message: OutboxMessage) -> str:
    return _TONES.get(MailStatus(message.status), "neutral")


def _hold_button(user: Any) -> Link | None:
    return Link(gettext("Hold all e-mail"), reverse("region:office-mail-hold")) if can(user, MANAGE) else None


MAIL = Listing(
    url_name=LIST,
    title=pgettext_lazy("office", "E-mail"),
    permissions=SEE,
    rows=mail_for,
    columns=(
        Column(
            key="subject",
            label=_("Subject"),
            sort="subject",
            link=lambda message: reverse("region:office-mail-message", args=[message.pk]),
        ),
        Column(key="to", label=_("To"), sort="to"),
        Column(key="kind", label=_("Kind"), value=lambda message: mail_kind(message.kind), sort="kind"),
        Column(key="status", label=_("State"), value="get_status_display", kind=Kind.STATUS, tone=_tone),
        Column(key="written", label=_("Written"), value="created_at", kind=Kind.DATETIME, sort="created_at"),
        Column(key="sent", label=_("Sent"), value="sent_at", kind=Kind.DATETIME, sort="sent_at"),
        Column(key="why", label=_("What happened"), value=lambda message: mail_error(message.last_error)),
        Column(key="attempts", label=_("Attempts"), kind=Kind.NUMBER, on_screen=False),
    ),
    order="-written",
    filters=MailFilters,
    search=("subject", "to"),
    views=(
        View(label=_("All")),
        View(label=pgettext_lazy("messages", "Waiting"), query="status=waiting"),
        View(label=pgettext_lazy("messages", "Held back"), query="status=held"),
        View(label=pgettext_lazy("messages", "Failed"), query="status=failed"),
        View(label=pgettext_lazy("messages", "Perhaps sent"), query="status=uncertain"),
    ),
    actions=tuple(_action(name) for name in FLOW.states.names),
    create=_hold_button,
    is_personal=True,
    empty_title=_("No e-mail yet"),
    empty_text=_("Every e-mail that the portal sends is kept here for 30 days."),
    template="region/mail_list.html",
    extra={"mail_now": lambda: mail_state(now=timezone.now())},
)


@require_safe
@permission_required(*SEE)
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message: what was said to whom, what became of it, what can be done."""
    found = _found(request, message_id)
    note("personal_data.view", request=request, what="region.outboxmessage", target_id=str(found.pk))
    by = person_of(request)
    context = {
        "message": found,
        "kind": mail_kind(found.kind),
        "tone": _tone(found),
        "why": mail_error(found.last_error),
        "acts": [
            way
            for way in possible(record=found, flow=FLOW, by=by)
            if not obstacle(record=found, flow=FLOW, name=way.name, by=by)
        ],
        "trail": trail_to(MAIL, Link(found.subject)),
    }
    return render(request, "region/mail_message.html", context)


@require_POST
@permission_required(MANAGE)
def act(request: HttpRequest, message_id: UUID, code: str) -> HttpResponseBase:
    """Do one thing to one message."""
    if code not in FLOW.states.names:
        raise Http404
    found = _found(request, message_id)
    here = reverse("region:office-mail-message", args=[found.pk])
    try:
        return sent_once(request, f"outboxmessage.{code}", partial(_done, request, found, code, here))
    except (GuardRefused, IllegalTransition) as refused:
        messages.error(request, " ".join(refused.messages))
        return redirect(here)


@permission_required(MANAGE)
def hold(request: HttpRequest) -> HttpResponseBase:
    """Stop all mail: asks for the reason, then does it."""
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return sent_once(request, "mail.hold_all", partial(_held, request, form.cleaned_data["reason"]))
    context = {
        "form": form,
        "trail": trail_to(MAIL, Link(gettext("Hold all e-mail"))),
    }
    return render(request, "region/mail_hold.html", context, status=INCOMPLETE if form.errors else 200)


@require_POST
@permission_required(MANAGE)
def release(request: HttpRequest) -> HttpResponseBase:
    """Let mail go out again."""
    return sent_once(request, "mail.release_all", partial(_released, request))


def _found(request: HttpRequest, message_id: UUID) -> OutboxMessage:
    return get_object_or_404(mail_for(request.user).defer(None).select_related("user"), pk=message_id)


def _done(request: HttpRequest, found: OutboxMessage, code: str, here: str) -> str:
    transition(record=found, flow=FLOW, name=code, by=person_of(request))
    messages.success(request, gettext("Done: %(act)s.") % {"act": FLOW.states.named(code).public_label})
    return here


def _held(request: HttpRequest, reason: str) -> str:
    hold_all(reason=reason, by=person_of(request))
    messages.success(request, gettext("All e-mail is held back."))
    return reverse(LIST)


def _released(request: HttpRequest) -> str:
    if release_all(by=person_of(request)):
        messages.success(request, gettext("E-mail goes out again."))
    return reverse(LIST)
