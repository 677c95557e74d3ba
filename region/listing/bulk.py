"""What a bulk action was asked for, and its report, kept in the session until the reader has seen it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404

from region.listing.actions import Action, Outcome, Report, preview
from region.listing.listing import Asked, Listing
from region.listing.pages import row_label
from region.rules import require
from region.views.guards import person_of

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, QueryDict

# More than this would hold the database for too long in one request; the page asks to narrow the list.
MOST_AT_ONCE = 1_000
REPORTS_KEPT = 5
_SESSION = "bulk-reports"
# Words of the form around the list; everything else in its address are filters.
ACTION, PICK, EVERYTHING = "action", "pick", "all"
OWN_WORDS = (ACTION, PICK, EVERYTHING)


def action_of(listing: Listing, user: Any, code: str) -> Action:
    """The action of a code; Http404 when there is none, PermissionDenied when it is not for ``user``."""
    action = listing.action(code)
    if action is None:
        raise Http404(code)
    require(user, action.permission)
    return action


def asked_of(listing: Listing, request: HttpRequest) -> Asked:
    """The filters in an address that has the words of a bulk action in it as well."""
    query = request.GET.copy()
    for word in OWN_WORDS:
        query.pop(word, None)
    return Asked(listing, person_of(request), query, request)


def chosen_rows(asked: Asked, query: QueryDict) -> QuerySet[Any]:
    """All rows that match, or those that were ticked; keys that are none, or not for this person, fall away."""
    if query.get(EVERYTHING):
        return asked.rows
    rows = asked.listing.rows(asked.user)
    return rows.filter(pk__in=readable_keys(rows, query.getlist(PICK))).order_by(*asked.rows.query.order_by)


def readable_keys(rows: QuerySet[Any], texts: list[str]) -> list[Any]:
    """Keys among texts that the model's key can be."""
    field, keys = rows.model._meta.pk, []
    for text in texts:
        try:
            keys.append(field.to_python(text))
        except ValidationError:
            continue
    return keys


def kept_keys(rows: QuerySet[Any], text: str) -> list[Any]:
    """Keys of a confirmed preview, which its form carries in one field."""
    parts = dict.fromkeys(part for part in text.split(",") if part)
    return readable_keys(rows, list(parts)[:MOST_AT_ONCE])


def keep_report(request: HttpRequest, key: UUID, listing: Listing, action: Action, report: Report) -> None:
    """Remember a report in the session: keys and reasons, no names."""
    kept = dict(request.session.get(_SESSION, {}))
    kept[str(key)] = {
        "listing": listing.url_name,
        "action": action.code,
        "outcomes": [asdict(outcome) for outcome in report.outcomes],
    }
    request.session[_SESSION] = dict(list(kept.items())[-REPORTS_KEPT:])


def kept_report(request: HttpRequest, key: UUID, listing: Listing) -> tuple[Action | None, Report]:
    """A remembered report; Http404 when it is of another list or was forgotten."""
    kept = request.session.get(_SESSION, {}).get(str(key))
    if not kept or kept["listing"] != listing.url_name:
        raise Http404(str(key))
    return listing.action(kept["action"]), Report(tuple(Outcome(**outcome) for outcome in kept["outcomes"]))


def named(listing: Listing, user: Any, outcomes: list[Outcome]) -> list[tuple[str, str, str]]:
    """Outcomes with name, address and problem; a record that has gone has its key instead of a name."""
    keys = readable_keys(listing.rows(user), [outcome.key for outcome in outcomes])
    records = {str(record.pk): record for record in listing.rows(user).filter(pk__in=keys)}
    return [(*name_of(listing, records.get(outcome.key), outcome.key), outcome.problem) for outcome in outcomes]


def name_of(listing: Listing, record: Any, key: str = "") -> tuple[str, str]:
    """Name of a record and the address that its first column leads to."""
    if record is None:
        return key, ""
    link = listing.columns[0].link
    return row_label(listing, record), link(record) if link else ""


def refused(listing: Listing, action: Action, records: Any, user: Any) -> dict[str, Any]:
    """The preview for its template: what will change, what will not and why."""
    seen = preview(action, records, user)
    return {
        "changing": [name_of(listing, record) for record in seen.changing],
        "refused": [(*name_of(listing, verdict.record), verdict.problem) for verdict in seen.refused],
        "keys": ",".join(str(record.pk) for record in seen.changing),
    }
