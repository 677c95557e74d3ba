"""The audit trail in the office: who did what to what, and whether the chain over it holds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.audit_words import act_words, actor_words, changed_words, differences, kind_words, role_words
from region.clock import today
from region.domain.audit_proof import KINDS, PROVED
from region.forms.audit import AuditFilterForm
from region.models import AuditEvent
from region.navigation import trail_from
from region.office import Place
from region.parts import Fact, Link
from region.queries.audit import (
    actors_of,
    chain_state,
    filtered_events,
    names_of_things,
    trail_page,
    with_seals,
)
from region.rules import can
from region.security_log import note
from region.views.guards import permission_required

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

BAD_REQUEST = 400
AT_ONCE = 2000
FIELDS = ("id", "at", "actor_id", "actor_roles", "action", "target_type", "target_id", "target", "before", "after")


def history_url(record: Model) -> str:
    """Address of the audit trail of one record."""
    asked = urlencode({"kind": record._meta.label, "thing": record.pk})
    return f"{reverse('region:office-audit')}?{asked}"


@permission_required("region.view_audit")
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The trail, filtered by the address, a page at a time."""
    form = AuditFilterForm(request.GET)
    is_valid = form.is_valid()
    events = filtered_events(form.cleaned_data, now=timezone.now()) if is_valid else AuditEvent.objects.none()
    page = trail_page(events, before=request.GET.get("before", ""), after=request.GET.get("after", ""))
    filters = {name: request.GET[name] for name in form.fields if request.GET.get(name)}
    query = urlencode(filters)
    chain = chain_state(proof=PROVED)
    context = {
        "form": form,
        "lines": _lines(page.events),
        "newest": f"?{query}" if page.newer else "",
        "newer": _address(filters, "after", page.newer),
        "older": _address(filters, "before", page.older),
        "in_use": len(filters),
        "is_recent": is_valid and bool(form.cleaned_data["q"]) and not form.cleaned_data["since"],
        "export": f"{reverse('region:office-audit-export')}?{query}"
        if can(request.user, "region.export_audit")
        else "",
        "chain": chain,
        "fault": _fault_words(chain.fault),
        "trail": trail_from(Place.OFFICE, Link(gettext("Audit trail"))),
    }
    return render(request, "region/audit.html", context, status=200 if is_valid else BAD_REQUEST)


def _fault_words(fault: str) -> str:
    """What the last proof found, in words; its first word is the kind of break."""
    kind, _space, rest = fault.partition(" ")
    return f"{KINDS[kind]} ({rest})" if fault else ""


def _address(filters: dict[str, str], name: str, key: str) -> str:
    return f"?{urlencode({**filters, name: key})}" if key else ""


def _lines(events: Sequence[AuditEvent]) -> list[dict[str, Any]]:
    """Events with everything in words; a few queries whatever their number."""
    actors, names = actors_of(events), names_of_things(events)
    return [
        {
            "event": event,
            "who": actor_words(event, actors),
            "roles": role_words(event),
            "act": act_words(event.action),
            "kind": kind_words(event.target_type),
            "thing": event.target or names.get((event.target_type, event.target_id), event.target_id),
            "changed": changed_words(event),
        }
        for event in events
    ]


@permission_required("region.view_audit")
@require_safe
def event(request: HttpRequest, event_id: Any) -> HttpResponse:
    """One event: before and after side by side, and its link of the chain."""
    one = get_object_or_404(with_seals(AuditEvent.objects.all()), pk=event_id)
    # Before and after may hold personal values.
    note("personal_data.view", request=request, what="region.auditevent", target_id=str(one.pk))
    line = _lines([one])[0]
    history = f"{reverse('region:office-audit')}?{urlencode({'kind': one.target_type, 'thing': one.target_id})}"
    context = {
        **line,
        "differences": differences(one),
        "history": history,
        "facts": _facts(one, line),
        "trail": trail_from(
            Place.OFFICE, Link(gettext("Audit trail"), reverse("region:office-audit")), Link(gettext("Event"))
        ),
    }
    return render(request, "region/audit_event.html", context)


def _facts(one: Any, line: dict[str, Any]) -> list[Fact]:
    same_person = f"{reverse('region:office-audit')}?{urlencode({'who': one.actor_id})}"
    sealed = f"{one.seal_number}: {one.seal_digest}" if one.seal_number else gettext("in the next minute")
    return [
        Fact(gettext("Who"), line["who"], url=same_person),
        Fact(gettext("In the role of"), line["roles"] or gettext("no role")),
        Fact(gettext("Act"), one.action),
        Fact(line["kind"], line["thing"]),
        Fact(gettext("Id"), one.target_id),
        Fact(gettext("Seal"), sealed),
    ]


@permission_required("region.export_audit")
@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered events as JSON lines, the oldest first, sent while they are read."""
    form = AuditFilterForm(request.GET)
    if not form.is_valid():
        return redirect(f"{reverse('region:office-audit')}?{request.GET.urlencode()}")
    events = filtered_events(form.cleaned_data, now=timezone.now()).order_by("at", "pk")
    note("export", request=request, what="region.auditevent", format="jsonl")
    response = StreamingHttpResponse(_json_lines(with_seals(events)), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="audit-{today():%Y-%m-%d}.jsonl"'
    return response


def _json_lines(events: QuerySet[AuditEvent]) -> Iterator[str]:
    rows: Iterable[dict[str, Any]] = events.values(*FIELDS, "seal_number", "seal_digest").iterator(chunk_size=AT_ONCE)
    for row in rows:
        row["actor_roles"] = [code for code in row["actor_roles"].split(", ") if code]
        yield f"{json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False)}\n"
