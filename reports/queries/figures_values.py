"""Values of a metric as they stand now or as they stood at a moment, from observations or from their history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q

from region.chart import Precision
from region.models import SecurityDistrict, Town
from reports.enums.figures import ObservationStatus, RevisionAct
from reports.models import Correction, Metric, Observation, ObservationRevision, Resolution, SourceDocument
from reports.queries.figures_math import kept

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

Period = tuple[date, date | None]
# Of parts, the less sure wins when one value is made of two.
PRECISIONS = ("exact", "rounded", "at_least", "approximate")
STATUSES = ("final", "corrected", "provisional", "part", "withdrawn")


@dataclass(frozen=True, slots=True)
class Place:
    """An area: a town, a district, or neither for the whole region."""

    town: UUID | None = None
    district: UUID | None = None


# What was decided between sources, by what it is about.
Decisions = dict[tuple[Place, Period], Resolution]


@dataclass(frozen=True, slots=True)
class Value:
    """What one source says of one period in one area."""

    id: UUID
    source: SourceDocument
    place: Place
    period: Period
    value: Decimal | None
    missing: str
    precision: str
    status: str
    as_of: tuple[date, date] | None
    page: str = ""
    quote: str = ""
    note: str = ""

    @property
    def counts(self) -> bool:
        """Whether there is a number that holds."""
        return self.value is not None and self.status != ObservationStatus.WITHDRAWN

    @property
    def is_whole(self) -> bool:
        """Whether it is a number of a period that is over: only these are compared and grow."""
        return self.counts and self.status != ObservationStatus.PART and self.period[1] is not None


def values_of(metric: Metric, *, as_of: datetime | None) -> list[Value]:
    """Values of a metric, of a calculated one made from its two parts. 1 query now, 2 for a moment."""
    if metric.numerator_id is None or metric.denominator_id is None:
        return _values([metric.pk], as_of).get(metric.pk, [])
    found = _values([metric.numerator_id, metric.denominator_id], as_of)
    return _quotients(found.get(metric.numerator_id, ()), found.get(metric.denominator_id, ()))


def values_of_many(metrics: Sequence[Metric]) -> dict[UUID, list[Value]]:
    """Values of several metrics as they stand now, by the metric. 1 query."""
    parts = {
        key for metric in metrics for key in (metric.numerator_id, metric.denominator_id, metric.pk) if key is not None
    }
    found = _values(sorted(parts), None)
    for metric in metrics:
        if metric.numerator_id is not None and metric.denominator_id is not None:
            found[metric.pk] = _quotients(found.get(metric.numerator_id, ()), found.get(metric.denominator_id, ()))
    return found


def _values(metrics: Sequence[Any], as_of: datetime | None) -> dict[UUID, list[Value]]:
    found: dict[UUID, list[Value]] = {}
    for metric, value in _then(metrics, as_of) if as_of else _now(metrics):
        found.setdefault(metric, []).append(value)
    return found


def _now(metrics: Sequence[Any]) -> Iterable[tuple[UUID, Value]]:
    rows = Observation.objects.filter(metric__in=metrics).select_related("source__document")
    for row in rows.order_by("period_from", "period_until", "pk"):
        yield row.metric_id, _value(row, row.source)


def _then(metrics: Sequence[Any], as_of: datetime) -> Iterable[tuple[UUID, Value]]:
    """The last state of each observation at a moment; documents are told of as they are described today."""
    last: dict[UUID, ObservationRevision] = {}
    for one in ObservationRevision.objects.filter(metric__in=metrics, at__lte=as_of).order_by("at"):
        last[one.observation_id] = one
    rows = [observation_of(one) for one in last.values() if one.act != RevisionAct.REMOVE]
    documents = SourceDocument.objects.select_related("document").in_bulk({row.source_id for row in rows})
    for row in sorted(rows, key=lambda row: (row.period_from, str(row.period_until), row.pk)):
        yield row.metric_id, _value(row, documents[row.source_id])


def observation_of(revision: ObservationRevision) -> Observation:
    """The observation as it was in one state of its history; not to be saved."""
    row = Observation(pk=revision.observation_id, metric_id=revision.metric_id)
    for field in Observation._meta.concrete_fields:
        if field.attname in revision.state:
            setattr(row, field.attname, field.to_python(revision.state[field.attname]))
    return row


def _trimmed(value: Decimal) -> Decimal:
    """Without the zeros that the database adds."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _value(row: Observation, source: SourceDocument) -> Value:
    return Value(
        id=row.pk,
        source=source,
        place=Place(row.town_id, row.district_id),
        period=(row.period_from, row.period_until),
        value=_trimmed(row.value) if row.value is not None else None,
        missing=row.missing,
        precision=row.precision,
        status=row.status,
        as_of=(row.as_of_earliest, row.as_of_latest) if row.as_of_earliest and row.as_of_latest else None,
        page=row.page,
        quote=row.quote,
        note=row.note,
    )


def _quotients(above: Iterable[Value], below: Iterable[Value]) -> list[Value]:
    """Quotients of values that one source gives for the same area and period; never across sources."""
    divisors = {(one.source.pk, one.place, one.period): one for one in below if one.counts}
    made = []
    for one in above:
        other = divisors.get((one.source.pk, one.place, one.period))
        if one.value is not None and other and other.value:
            made.append(_quotient(one, other, one.value / other.value))
    return made


def _quotient(one: Value, other: Value, value: Decimal) -> Value:
    precision = max(one.precision, other.precision, key=PRECISIONS.index)
    if other.precision == Precision.AT_LEAST:
        # Divided by at least so many it is at most so much, which no precision says.
        precision = Precision.APPROXIMATE
    return replace(
        one,
        value=_trimmed(kept(value)),
        precision=precision,
        status=max(one.status, other.status, key=STATUSES.index),
        as_of=one.as_of or other.as_of,
        quote=f"{one.quote} {other.quote}".strip(),
    )


def resolutions_of(metric: Metric, *, as_of: datetime | None) -> Decisions:
    """Decisions in force, now or at a moment, by area and period. 1 query."""
    rows = Resolution.objects.filter(metric=metric)
    if as_of is None:
        rows = rows.filter(ended_at__isnull=True)
    else:
        rows = rows.filter(Q(ended_at__isnull=True) | Q(ended_at__gt=as_of), made_at__lte=as_of)
    return {_about(one): one for one in rows}


def resolutions_of_many(metrics: Sequence[Metric]) -> dict[UUID, Decisions]:
    """Decisions in force now, by the metric. 1 query."""
    found: dict[UUID, Decisions] = {}
    for one in Resolution.objects.filter(metric__in=metrics, ended_at__isnull=True):
        found.setdefault(one.metric_id, {})[_about(one)] = one
    return found


def _about(one: Resolution) -> tuple[Place, Period]:
    return Place(one.town_id, one.district_id), (one.period_from, one.period_until)


def corrections_of(metric: Metric, *, as_of: datetime | None) -> list[Correction]:
    """Published corrections of a metric's values, newest first. 1 query."""
    keys = [key for key in (metric.pk, metric.numerator_id, metric.denominator_id) if key]
    rows = Correction.objects.filter(observation__metric__in=keys).select_related(
        "observation__source", "observation__metric"
    )
    return list(rows.filter(at__lte=as_of) if as_of else rows)


def place_names(places: Iterable[Place]) -> dict[Place, tuple[str, str]]:
    """Words and the part of the address of towns and districts. At most 2 queries; none for the whole region."""
    wanted = set(places)
    towns = {one.town for one in wanted if one.town}
    districts = {one.district for one in wanted if one.district}
    found: dict[Place, tuple[str, str]] = {}
    for key, name, slug in Town.objects.filter(pk__in=towns).values_list("pk", "name", "slug") if towns else ():
        found[Place(town=key)] = (name, f"town={slug}")
    rows = SecurityDistrict.objects.filter(pk__in=districts).select_related("town") if districts else ()
    for row in rows:
        found[Place(district=row.pk)] = (f"{row.town.name}: {row.name}", f"town={row.town.slug}&district={row.code}")
    return found
