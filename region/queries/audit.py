"""Reading the audit trail: filters that the indexes serve, pages by key, names looked up when they are shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.models import OuterRef, Q, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from region.folding import searched
from region.models import AuditEvent, AuditSeal, Heartbeat, User
from region.sql_names import table_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import Model, QuerySet

PER_PAGE = 50
# Words are looked for in the texts themselves, which no index serves: without a first day, in so many days.
DAYS_OF_WORDS = 31
MOST_PEOPLE = 50
_LEAPS = """
WITH RECURSIVE acts(code) AS (
    SELECT MIN(action) FROM {table}
    UNION ALL SELECT (SELECT MIN(action) FROM {table} WHERE action > code) FROM acts WHERE code IS NOT NULL
) SELECT code FROM acts WHERE code IS NOT NULL ORDER BY code
"""


@dataclass(frozen=True, slots=True)
class TrailPage:
    """Events of one page, the newest first; the keys of the pages beside it are empty when there are none."""

    events: Sequence[AuditEvent]
    newer: str
    older: str


@dataclass(frozen=True, slots=True)
class ChainState:
    """How far the trail is sealed, and when the whole chain was proved last; ``fault`` says what did not hold."""

    number: int
    sealed_at: datetime | None
    proved_at: datetime | None
    fault: str


def filtered_events(asked: Mapping[str, Any], *, now: datetime) -> QuerySet[AuditEvent]:
    """Events that the cleaned filters ask for (see ``AuditFilterForm``), without an order."""
    events = AuditEvent.objects.all()
    if who := asked.get("who"):
        events = events.filter(actor_id__in=_accounts(who))
    if act := asked.get("act"):
        events = events.filter(**{"action__hasprefix" if act.endswith(".") else "action": act})
    for name, column in (("kind", "target_type"), ("thing", "target_id")):
        if asked.get(name):
            events = events.filter(**{column: asked[name]})
    since, until = asked.get("since"), asked.get("until")
    if words := asked.get("q"):
        events = _with_words(events, words)
        since = since or timezone.localdate(now) - timedelta(days=DAYS_OF_WORDS)
    if since:
        events = events.filter(at__gte=_midnight(since))
    return events.filter(at__lt=_midnight(until + timedelta(days=1))) if until else events


def known_acts() -> list[str]:
    """Every act that the trail holds, in alphabetical order; one query that leaps from act to act in the index."""
    with connection.cursor() as cursor:
        cursor.execute(_LEAPS.format(table=table_name(AuditEvent)))
        return [act for (act,) in cursor.fetchall()]


def _accounts(text: str) -> list[str]:
    """Ids of accounts with these words in name or address, whatever case and diacritics; and the text, maybe an id."""
    named = searched(User.objects.all(), text, ("first_name", "last_name", "email"))
    return [text, *(str(key) for key in named.values_list("pk", flat=True)[:MOST_PEOPLE])]


def _with_words(events: QuerySet[AuditEvent], words: str) -> QuerySet[AuditEvent]:
    texts = events.annotate(was=Cast("before", TextField()), is_now=Cast("after", TextField()))
    for word in words.split():
        # SQLite keeps letters beyond ASCII in JSON as \uXXXX.
        escaped = "".join(letter if letter.isascii() else f"\\u{ord(letter):04x}" for letter in word)
        found = Q(target__icontains=word) | Q(action__icontains=word)
        for text in {word, escaped}:
            found |= Q(was__icontains=text) | Q(is_now__icontains=text)
        texts = texts.filter(found)
    return texts


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def trail_page(events: QuerySet[AuditEvent], *, before: str = "", after: str = "") -> TrailPage:
    """One page of events: those older than the key ``before``, or newer than ``after``, or the newest. One query.

    A key that cannot be read is as none. Nothing is counted, so the number of events does not matter.
    """
    key = _key(after or before)
    upwards = bool(after and key)
    if key:
        events = events.filter(_beyond(key, upwards=upwards))
    found = list(events.order_by(*(("at", "pk") if upwards else ("-at", "-pk")))[: PER_PAGE + 1])
    has_more = len(found) > PER_PAGE
    shown = found[:PER_PAGE][::-1] if upwards else found[:PER_PAGE]
    if not shown:
        return TrailPage((), "", "")
    newer = _written(shown[0]) if (has_more if upwards else key) else ""
    older = _written(shown[-1]) if upwards or has_more else ""
    return TrailPage(shown, newer, older)


def _beyond(key: tuple[datetime, UUID], *, upwards: bool) -> Q:
    at, pk = key
    if upwards:
        return Q(at__gte=at) & (Q(at__gt=at) | Q(pk__gt=pk))
    return Q(at__lte=at) & (Q(at__lt=at) | Q(pk__lt=pk))


def _written(event: AuditEvent) -> str:
    return f"{event.at.isoformat()}_{event.pk}"


def _key(text: str) -> tuple[datetime, UUID] | None:
    moment, _bar, pk = text.partition("_")
    try:
        at, key = parse_datetime(moment.replace(" ", "+")), UUID(pk)
        # A moment that the calendar of UTC no longer holds raises OverflowError.
        return (at.astimezone(UTC), key) if at and timezone.is_aware(at) else None
    except (ValueError, OverflowError):
        return None


def with_seals(events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """Events with the number and digest of their seals (``seal_number``, ``seal_digest``; None before the sealing)."""
    seals = AuditSeal.objects.filter(event_id=OuterRef("pk"))
    return events.annotate(
        seal_number=Subquery(seals.values("number")[:1]), seal_digest=Subquery(seals.values("digest")[:1])
    )


def actors_of(events: Iterable[AuditEvent]) -> dict[str, User]:
    """Accounts of those who acted, by the id in the events; erased ones are among them. One query."""
    keys = {key for event in events if (key := _uuid(event.actor_id))}
    return {str(user.pk): user for user in User.objects.filter(pk__in=keys)}


def names_of_things(events: Iterable[AuditEvent]) -> dict[tuple[str, str], str]:
    """Names that things bear now, by kind and id, for events that keep none. One query for each kind."""
    nameless: dict[str, set[str]] = defaultdict(set)
    for event in events:
        if not event.target:
            nameless[event.target_type].add(event.target_id)
    found: dict[tuple[str, str], str] = {}
    for label, keys in nameless.items():
        found |= {(label, str(one.pk)): str(one) for one in _things(label, keys)}
    return found


def _things(label: str, keys: set[str]) -> Iterable[Model]:
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return ()
    readable = [key for key in keys if _uuid(key)] if model._meta.pk.get_internal_type() == "UUIDField" else keys
    related = [field.name for field in model._meta.fields if field.many_to_one]
    return model._base_manager.filter(pk__in=readable).select_related(*related)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def chain_state(*, proof: str) -> ChainState:
    """How far the trail is sealed; ``proof`` is the name under which the last proof left its sign. Two queries."""
    seal = AuditSeal.objects.order_by("-number").first()
    sign = Heartbeat.objects.filter(name=proof).first()
    return ChainState(
        number=seal.number if seal else 0,
        sealed_at=seal.sealed_at if seal else None,
        proved_at=sign.at if sign else None,
        fault=sign.last_error if sign else "",
    )
