"""Public reads of the camera register: which points are shown, and how they stood on a day.

A point is no device and no sensor: each count says what it counts, and nothing here adds them together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import F, FilteredRelation, Prefetch, Q

from region.clock import today
from reports.enums.cameras import Answer, DeviceKind, Stage, Surroundings
from reports.models import CameraPoint, CameraSystem, ExternalCameraSet, LegalBasis, Placement
from reports.publication import public_fields
from reports.spatial.points import told_degrees
from reports.states.cameras import RUNNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from django.db.models import QuerySet

    from reports.asked import Asked


@dataclass(frozen=True, slots=True)
class PointFacts:
    """What public pages, maps and files say about one point on a day.

    Coordinates are WGS84 degrees, or none; of an approximate place with no more digits than may be told of it.
    """

    id: UUID
    code: str
    name: str
    system_slug: str
    system_name: str
    controller: str
    town_slug: str
    town_name: str
    district_code: str
    district_name: str
    address: str
    location_status: str
    lon: float | None
    lat: float | None
    surroundings: str
    surroundings_label: str
    stage: str
    stage_label: str
    stage_since: date
    planned_by: date | None
    # Devices at the point on the day by kind; sensors are counted by themselves.
    devices: Mapping[str, int]
    sensors: int
    devices_expected: int | None
    has_audio: bool
    source: str
    source_url: str
    is_example: bool

    @property
    def device_count(self) -> int:
        """Devices at the point that are in the register."""
        return sum(self.devices.values())

    @property
    def kind_words(self) -> str:
        """Devices by kind, in words."""
        return ", ".join(f"{count}× {DeviceKind(kind).label}" for kind, count in self.devices.items())


@dataclass(frozen=True, slots=True)
class Counts:
    """Three numbers that are never added together, on a day."""

    points_active: int
    points_coming: int
    devices: int
    sensors: int


def lawful(*, now: date) -> Q:
    """Condition on points: what the law asks of one that runs is in the register. The same as `camera_checklist`.

    The sets it looks into do not depend on the point, so that a database makes each of them once.
    """
    bases, placed = LegalBasis.objects.on(now), Placement.objects.on(now)
    unanswered = Q(device__face_recognition=Answer.UNANSWERED) | Q(device__has_audio=Answer.UNANSWERED)
    own, common = bases.filter(point__isnull=False), bases.filter(point__isnull=True)
    with_sound = placed.filter(device__has_audio=Answer.YES)
    return (
        ~Q(system__controller="")
        & ~Q(system__notice_url="")
        & (Q(system__in=common.order_by().values("system")) | Q(pk__in=own.order_by().values("point")))
        & ~Q(pk__in=placed.filter(unanswered).order_by().values("point"))
        & (~Q(system__country="PL") | ~Q(system__audio_note="") | ~Q(pk__in=with_sound.order_by().values("point")))
    )


def shown_points(*, on: date) -> QuerySet[Any]:
    """Published points that were in the register on a day, with `stage_on` and `stage_on_since` of that day.

    One that runs now is shown only while the register holds what the law asks (today, whatever the day asked about).
    """
    held = Q(stage_changes__since__lte=on) & (
        Q(stage_changes__ended_on__isnull=True) | Q(stage_changes__ended_on__gt=on)
    )
    rows = CameraPoint.objects.filter(is_published=True, system__is_published=True).filter(
        ~Q(stage__in=RUNNING) | lawful(now=today())
    )
    # Stages of a point neither overlap nor gape: a join finds one row, or none before the point came.
    return (
        rows.annotate(stage_then=FilteredRelation("stage_changes", condition=held))
        .annotate(stage_on=F("stage_then__stage"), stage_on_since=F("stage_then__since"))
        .filter(stage_on__isnull=False)
    )


def asked_points(*, on: date, asked: Asked | None = None) -> QuerySet[Any]:
    """Published points of the town or district asked for."""
    rows = shown_points(on=on)
    if asked and asked.district:
        return rows.filter(district=asked.district)
    return rows.filter(town=asked.town) if asked and asked.town else rows


def points_on(*, on: date, asked: Asked | None = None, stages: Iterable[str] = ()) -> tuple[PointFacts, ...]:
    """Published points as they stood on a day, in the order of their codes; of some stages, or of all."""
    rows = asked_points(on=on, asked=asked)
    chosen = tuple(stages)
    return tuple(map(facts, read_points(rows.filter(stage_on__in=chosen) if chosen else rows, on=on)))


def read_points(rows: QuerySet[Any], *, on: date) -> QuerySet[Any]:
    """Rows of ``shown_points`` with what `facts` reads, and no column that is not public: four queries in all."""
    devices = Prefetch(
        "placements",
        Placement.objects.on(on)
        .select_related("device")
        .only("pk", "point", "since", "device__kind", "device__sensor_count", "device__has_audio"),
        to_attr="placed",
    )
    return (
        rows.select_related("system", "town", "district")
        .only(
            *public_fields(CameraPoint),
            *public_fields(CameraSystem, "system__"),
            "town__name",
            "town__slug",
            "district__name",
            "district__code",
        )
        .prefetch_related(devices)
        .order_by("code")
    )


def facts(row: Any) -> PointFacts:
    """A row of `read_points` as a value."""
    placed: list[Placement] = row.placed
    kinds = Counter(one.device.kind for one in placed)
    stage: str = row.stage_on
    return PointFacts(
        id=row.pk,
        code=row.code,
        name=row.name,
        system_slug=row.system.slug,
        system_name=row.system.name,
        controller=row.system.controller,
        town_slug=row.town.slug if row.town else "",
        town_name=row.town.name if row.town else "",
        district_code=row.district.code if row.district else "",
        district_name=row.district.name if row.district else "",
        address=row.address,
        location_status=row.location_status,
        lon=told_degrees(row.lon, row.location_status),
        lat=told_degrees(row.lat, row.location_status),
        surroundings=row.surroundings,
        surroundings_label=str(Surroundings(row.surroundings).label),
        stage=stage,
        stage_label=str(Stage(stage).label),
        stage_since=row.stage_on_since,
        planned_by=row.planned_by,
        devices={kind: kinds[kind] for kind in DeviceKind.values if kinds[kind]},
        sensors=sum(one.device.sensor_count for one in placed),
        devices_expected=row.expected_device_count,
        has_audio=any(one.device.has_audio == Answer.YES for one in placed),
        source=row.source,
        source_url=row.source_url,
        is_example=row.is_example,
    )


@dataclass(frozen=True, slots=True)
class SystemLine:
    """A published system in a list."""

    slug: str
    name: str
    controller: str
    town_name: str
    retention_days: int | None
    is_example: bool


def shown_systems() -> tuple[SystemLine, ...]:
    """Published systems by their names."""
    rows = (
        CameraSystem.objects.filter(is_published=True)
        .select_related("town")
        .only(*public_fields(CameraSystem), "town__name")
    )
    lines = [
        SystemLine(
            row.slug, row.name, row.controller, row.town.name if row.town else "", row.retention_days, row.is_example
        )
        for row in rows
    ]
    return tuple(sorted(lines, key=lambda line: line.name))


@dataclass(frozen=True, slots=True)
class ExternalCameras:
    """Cameras of somebody else, known as a number on a day."""

    owner: str
    count: int
    joinable: str
    joinable_label: str
    as_of: date
    source: str
    source_url: str


def external_cameras(*, on: date) -> tuple[ExternalCameras, ...]:
    """The latest published number of each owner that was known on a day; never added to our own."""
    rows = ExternalCameraSet.objects.filter(is_published=True, as_of__lte=on).order_by("owner", "joinable", F("as_of"))
    latest = {(row.owner, row.joinable): row for row in rows.only(*public_fields(ExternalCameraSet))}
    return tuple(
        ExternalCameras(
            row.owner, row.count, row.joinable, row.get_joinable_display(), row.as_of, row.source, row.source_url
        )
        for row in latest.values()
    )
