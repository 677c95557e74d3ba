"""What the second layer tells people who are watched: everything of article 13 for a system and for a point."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from reports.enums.cameras import Answer
from reports.models import (
    CameraSystem,
    Consultation,
    Cost,
    Dpia,
    LegalBasis,
    Placement,
    StageChange,
    SystemOperator,
    Workstation,
    YearlyReview,
)
from reports.publication import public_fields
from reports.queries.camera_near import NearLine, near_point
from reports.queries.cameras import PointFacts, facts, read_points, shown_points
from reports.queries.remote_access import GrantedCount, granted_counts

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class OperatorLine:
    """Who ran a system and when; `is_now` on the day asked about."""

    name: str
    since: date | None
    until: date | None
    source: str
    is_now: bool


@dataclass(frozen=True, slots=True)
class BasisLine:
    """One purpose under one article."""

    purpose: str
    regime: str
    article: str
    national_act: str
    necessity: str
    milder_means: str


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One impact assessment."""

    done_on: date
    outcome: str
    next_review: date | None
    summary: str
    url: str


@dataclass(frozen=True, slots=True)
class ConsultationLine:
    """Who was asked and what was said."""

    body: str
    asked_on: date | None
    answered_on: date | None
    opinion: str
    document: str
    url: str


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One yearly review."""

    year: int
    reviewed_on: date
    is_necessary: bool
    decision: str
    reasons: str


@dataclass(frozen=True, slots=True)
class CostLine:
    """One amount, with everything that says what it means. `points` are how many it covers; None: the system."""

    kind: str
    amount: Decimal
    currency: str
    tax: str
    period: str
    per: str
    points: int | None
    since: date | None
    until: date | None
    contract: str
    is_shared_contract: bool
    funding_source: str
    source: str
    source_url: str


@dataclass(frozen=True, slots=True)
class SystemFacts:
    """A system with everything that its public page says."""

    slug: str
    name: str
    note: str
    country: str
    town_slug: str
    town_name: str
    controller: str
    controller_contact: str
    processor: str
    dpo_office: str
    dpo_contact: str
    retention_days: int | None
    has_evidence_hold: bool
    audio_note: str
    leaves_eea: Answer
    automated_decisions: Answer
    notice_url: str
    code_of_practice_url: str
    is_example: bool
    operators: tuple[OperatorLine, ...]
    watchers: tuple[str, ...]
    bases: tuple[BasisLine, ...]
    assessments: tuple[AssessmentLine, ...]
    consultations: tuple[ConsultationLine, ...]
    costs: tuple[CostLine, ...]
    accesses: tuple[GrantedCount, ...]

    @property
    def operator(self) -> str:
        """Who runs it on the day."""
        return ", ".join(line.name for line in self.operators if line.is_now)


@dataclass(frozen=True, slots=True)
class StageLine:
    """One stage of a point in its history."""

    label: str
    since: date
    ended_on: date | None
    document: str


@dataclass(frozen=True, slots=True)
class DeviceLine:
    """A kind of device at a point, from when until when."""

    kind: str
    sensors: int
    analytics: str
    face_recognition: str
    has_audio: str
    since: date
    removed_on: date | None


@dataclass(frozen=True, slots=True)
class PointPage:
    """A point with everything that its public page says; lines are of the point alone, `system` tells the rest."""

    point: PointFacts
    system: SystemFacts
    stages: tuple[StageLine, ...]
    devices: tuple[DeviceLine, ...]
    bases: tuple[BasisLine, ...]
    consultations: tuple[ConsultationLine, ...]
    reviews: tuple[ReviewLine, ...]
    costs: tuple[CostLine, ...]
    near: tuple[NearLine, ...]


@dataclass(frozen=True, slots=True)
class SystemPage:
    """A system with its points on a day."""

    system: SystemFacts
    points: tuple[PointFacts, ...]


def system_page(slug: str, *, on: date) -> SystemPage | None:
    """The published system of an address as of a day, or nothing."""
    row = _systems().filter(slug=slug).first()
    if row is None:
        return None
    points = read_points(shown_points(on=on).filter(system=row.pk), on=on)
    return SystemPage(_system(row, on), tuple(map(facts, points)))


def point_page(code: str, *, on: date) -> PointPage | None:
    """The published point of an address as of a day, or nothing."""
    row = read_points(shown_points(on=on).filter(code=code), on=on).first()
    if row is None:
        return None
    system, point = _systems().get(pk=row.system_id), facts(row)
    return PointPage(
        point=point,
        system=_system(system, on),
        stages=_stages(row.pk, on),
        devices=_devices(row.pk, on),
        bases=_bases(Q(system=row.system_id, point=row.pk), on),
        consultations=_consultations(Q(point=row.pk), on),
        reviews=_reviews(row.pk, on),
        costs=_costs(Q(points=row.pk), on),
        near=near_point(point),
    )


def _systems() -> QuerySet[CameraSystem]:
    rows = CameraSystem.objects.filter(is_published=True).select_related("town")
    return rows.only(*public_fields(CameraSystem), "town__name", "town__slug")


def _system(row: CameraSystem, on: date) -> SystemFacts:
    watching = Workstation.objects.on(on).filter(system=row.pk).order_by("organisation")
    return SystemFacts(
        slug=row.slug,
        name=row.name,
        note=row.note,
        country=row.country,
        town_slug=row.town.slug if row.town else "",
        town_name=row.town.name if row.town else "",
        controller=row.controller,
        controller_contact=row.controller_contact,
        processor=row.processor,
        dpo_office=row.dpo_office,
        dpo_contact=row.dpo_contact,
        retention_days=row.retention_days,
        has_evidence_hold=row.has_evidence_hold,
        audio_note=row.audio_note,
        leaves_eea=Answer(row.leaves_eea),
        automated_decisions=Answer(row.automated_decisions),
        notice_url=row.notice_url,
        code_of_practice_url=row.code_of_practice_url,
        is_example=row.is_example,
        operators=_operators(row.pk, on),
        watchers=tuple(dict.fromkeys(watching.values_list("organisation", flat=True))),
        bases=_bases(Q(system=row.pk, point__isnull=True), on),
        assessments=_assessments(row.pk, on),
        consultations=_consultations(Q(system=row.pk, point__isnull=True), on),
        costs=_costs(Q(system=row.pk, points__isnull=True), on),
        accesses=granted_counts(row),
    )


def _operators(system_id: UUID, on: date) -> tuple[OperatorLine, ...]:
    return tuple(
        OperatorLine(
            row.name,
            row.since,
            row.until,
            row.source,
            (row.since is None or row.since <= on) and (row.until is None or row.until >= on),
        )
        for row in SystemOperator.objects.filter(system=system_id)
        if row.since is None or row.since <= on
    )


def _bases(which: Q, on: date) -> tuple[BasisLine, ...]:
    return tuple(
        BasisLine(row.purpose, row.get_regime_display(), row.article, row.national_act, row.necessity, row.milder_means)
        for row in LegalBasis.objects.on(on).filter(which).only(*public_fields(LegalBasis))
    )


def _assessments(system_id: UUID, on: date) -> tuple[AssessmentLine, ...]:
    rows = Dpia.objects.filter(system=system_id, done_on__lte=on).only(*public_fields(Dpia))
    return tuple(
        AssessmentLine(row.done_on, row.get_outcome_display(), row.next_review, row.summary, row.document_url)
        for row in rows
    )


def _consultations(which: Q, on: date) -> tuple[ConsultationLine, ...]:
    known = Q(asked_on__isnull=True) | Q(asked_on__lte=on)
    rows = Consultation.objects.filter(which, known).only(*public_fields(Consultation))
    return tuple(
        ConsultationLine(
            body=str(row),
            asked_on=row.asked_on,
            answered_on=row.answered_on,
            opinion=row.get_opinion_display(),
            document=row.document,
            url=row.document_url,
        )
        for row in rows
    )


def _reviews(point_id: UUID, on: date) -> tuple[ReviewLine, ...]:
    rows = YearlyReview.objects.filter(point=point_id, reviewed_on__lte=on).only(*public_fields(YearlyReview))
    return tuple(
        ReviewLine(row.year, row.reviewed_on, row.is_necessary, row.get_decision_display(), row.reasons) for row in rows
    )


def _costs(which: Q, on: date) -> tuple[CostLine, ...]:
    rows = Cost.objects.filter(which, Q(since__isnull=True) | Q(since__lte=on)).only(*public_fields(Cost))
    return tuple(
        CostLine(
            kind=row.get_kind_display(),
            amount=row.amount,
            currency=row.currency,
            tax=row.get_tax_display(),
            period=row.get_period_display(),
            per=row.get_per_display(),
            points=row.point_count or (len(row.points.all()) or None),
            since=row.since,
            until=row.until,
            contract=row.contract,
            is_shared_contract=row.is_shared_contract,
            funding_source=row.funding_source,
            source=row.source,
            source_url=row.source_url,
        )
        for row in rows.prefetch_related("points")
    )


def _stages(point_id: UUID, on: date) -> tuple[StageLine, ...]:
    rows = StageChange.objects.filter(point=point_id, since__lte=on).only(*public_fields(StageChange))
    # A stage that ended on the day it began held on no day: another was noted after it.
    return tuple(
        StageLine(row.get_stage_display(), row.since, row.ended_on, row.document)
        for row in rows
        if row.ended_on != row.since
    )


def _devices(point_id: UUID, on: date) -> tuple[DeviceLine, ...]:
    rows = Placement.objects.filter(point=point_id, since__lte=on).select_related("device")
    return tuple(
        DeviceLine(
            kind=row.device.get_kind_display(),
            sensors=row.device.sensor_count,
            analytics=row.device.get_analytics_display(),
            face_recognition=row.device.get_face_recognition_display(),
            has_audio=row.device.get_has_audio_display(),
            since=row.since,
            removed_on=row.removed_on,
        )
        for row in rows.only(
            "pk",
            "point",
            "since",
            "removed_on",
            *(f"device__{name}" for name in ("kind", "sensor_count", "analytics", "face_recognition", "has_audio")),
        )
    )
