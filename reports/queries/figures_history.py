"""What was done to the values of a figure, and the feed of corrections."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext

from region.chart import MISSING_SIGNS, Missing
from region.models.profile import in_language
from region.numerals import number
from reports.enums.figures import MissingReason, ObservationPrecision, ObservationStatus, RevisionAct
from reports.models import Correction, EventRegister, ObservationRevision, SourceDocument
from reports.queries.figures_math import places_of
from reports.queries.figures_values import Place, observation_of
from reports.queries.figures_words import days, period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from reports.models import Metric, Observation


@dataclass(frozen=True, slots=True)
class Change:
    """One act on one value, in words."""

    at: datetime
    what: str
    period: str
    source: str
    before: str
    after: str
    why: str
    # Columns that differ, for the office: name of the column, before, after.
    fields: tuple[tuple[str, str, str], ...] = ()


def history_of(
    metric: Metric,
    *,
    as_of: datetime | None = None,
    place: Place | None = None,
    corrections: Iterable[Correction] = (),
) -> list[Change]:
    """Everything that was done to the values of a metric, newest first, of one area or all. 2 queries.

    Reasons that were published with ``corrections`` are told in the reader's language, others as they were written.
    """
    keys = [key for key in (metric.pk, metric.numerator_id, metric.denominator_id) if key]
    rows = ObservationRevision.objects.filter(metric__in=keys).order_by("at")
    listed = list(rows.filter(at__lte=as_of) if as_of else rows)
    sources = SourceDocument.objects.in_bulk({_source(one) for one in listed})
    reasons = {
        (one.observation_id, words): in_language(one, "reason")
        for one in corrections
        for words in (one.reason_cs, one.reason_pl, one.reason_en)
        if words
    }
    changes: list[Change] = []
    last: dict[UUID, Observation] = {}
    for one in listed:
        row, before = observation_of(one), last.get(one.observation_id)
        last[one.observation_id] = row
        if place is None or Place(row.town_id, row.district_id) == place:
            made = _change(metric, one, row, before, sources)
            changes.append(replace(made, why=reasons.get((one.observation_id, made.why), made.why)))
    return changes[::-1]


def _source(revision: ObservationRevision) -> Any:
    return observation_of(revision).source_id


def _change(
    metric: Metric,
    revision: ObservationRevision,
    row: Observation,
    before: Observation | None,
    sources: Mapping[UUID, SourceDocument],
) -> Change:
    source = sources.get(row.source_id)
    return Change(
        at=revision.at,
        what=str(RevisionAct(revision.act).label),
        period=period(row.period_from, row.period_until, known=row.as_of_latest),
        source=source.short if source else "",
        before=value_words(before, metric.decimals) if before else "",
        after=value_words(row, metric.decimals),
        why=revision.why,
        fields=tuple(_different(before, row, metric.decimals)),
    )


# Columns told one by one in the office, with their words.
_TOLD = ("value", "missing", "precision", "status", "as_of_earliest", "as_of_latest", "page", "quote", "note_cs",
         "note_pl", "note_en")  # fmt: skip


def _different(before: Observation | None, after: Observation, decimals: int) -> list[tuple[str, str, str]]:
    told = []
    for name in _TOLD:
        was, now = _cell(before, name, decimals) if before else "", _cell(after, name, decimals)
        if was != now:
            told.append((str(getattr(after._meta.get_field(name), "verbose_name", name)), was, now))
    return told


def _cell(row: Observation, name: str, decimals: int) -> str:
    value = getattr(row, name)
    if name == "value":
        return number(value, max(decimals, places_of(value))) if value is not None else ""
    choices = {"missing": MissingReason, "precision": ObservationPrecision, "status": ObservationStatus}
    if value and name in choices:
        return str(choices[name](value).label)
    return days(value, value) if hasattr(value, "isoformat") else str(value or "")


def value_words(row: Observation, decimals: int) -> str:
    """The value of an observation, or why there is none; withdrawn ones say so."""
    value, missing = row.value, row.missing
    words = str(MissingReason(missing).label) if value is None else number(value, max(decimals, places_of(value)))
    if row.status == ObservationStatus.WITHDRAWN:
        return gettext("%(value)s (withdrawn)") % {"value": words}
    return words


def state_words(state: Mapping[str, Any], decimals: int = 0) -> str:
    """The value that a correction keeps, in words."""
    if state.get("value") is None:
        missing = state.get("missing")
        return str(MissingReason(missing).label) if missing else MISSING_SIGNS[Missing.UNKNOWN]
    value = Decimal(str(state["value"]))
    words = number(value, max(decimals, places_of(value)))
    if state.get("status") == ObservationStatus.WITHDRAWN:
        return gettext("%(value)s (withdrawn)") % {"value": words}
    return words


@dataclass(frozen=True, slots=True)
class CorrectionLine:
    """One entry of the feed of corrections, in words. ``key`` is the figure; empty for a register of events."""

    id: UUID
    at: datetime
    about: str
    key: str
    source: str
    before: str
    after: str
    reason: str
    # Nothing takes the place of what was withdrawn.
    is_withdrawn: bool = False


def correction_lines(corrections: Sequence[Correction]) -> list[CorrectionLine]:
    """Corrections in words; they come with observation, metric and source at hand. 1 query for registers of events."""
    keys = {one.register for one in corrections if one.register}
    registers = {one.key: one.name for one in EventRegister.objects.filter(key__in=keys)} if keys else {}
    return [_line(one, registers) for one in corrections]


def published_corrections(limit: int | None = None) -> list[Correction]:
    """Corrections of published figures and of published registers, newest first. 1 query."""
    rows = Correction.objects.select_related("observation__metric", "observation__source")
    registers = EventRegister.objects.published().values("key")
    return list(rows.filter(Q(observation__metric__is_published=True) | Q(register__in=registers))[:limit])


def _line(one: Correction, registers: Mapping[str, str]) -> CorrectionLine:
    row = one.observation
    if row is None:
        about, key, source, decimals = registers.get(one.register, one.register), "", "", 0
        when = _month(one)
    else:
        about, key, source, decimals = row.metric.name, row.metric.key, row.source.title, row.metric.decimals
        when = period(row.period_from, row.period_until, known=row.as_of_latest)
    return CorrectionLine(
        id=one.pk,
        at=one.at,
        about=f"{about}, {when}",
        key=key,
        source=source,
        before=state_words(one.before, decimals),
        after=state_words(one.after, decimals),
        reason=one.reason,
        is_withdrawn=one.after.get("status") == ObservationStatus.WITHDRAWN,
    )


def _month(one: Correction) -> str:
    month = one.month
    return period(month, month.replace(day=monthrange(month.year, month.month)[1])) if month else ""
