"""Loads the region's camera system and its points, from public documents."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from region.domain.records import put_record
from region.domain.users import system_user
from region.models import Town
from reports.domain.camera_stages import publish_point
from reports.domain.cameras import add_point
from reports.enums.cameras import LocationStatus
from reports.models import (
    CameraPoint,
    CameraSystem,
    Cost,
    ExternalCameraSet,
    LegalBasis,
    SystemOperator,
    Workstation,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.demo.camera_records import Cost as CostRow
    from portal.demo.camera_records import Point
    from portal.demo.records import RegionContent, Text
    from region.models import User


def load_cameras(content: RegionContent, *, by: User, progress: Callable[[str], None]) -> None:
    """Load the camera system, what it costs and its points; points that stand already are left as people have them."""
    system = _system(content, by)
    for row in content.cameras.external:
        key = {"system": system, "count": row.count, "as_of": row.as_of, "joinable": row.joinable}
        told = {"owner": _said(content, row.owner), **_sourced(content, row.source), "is_published": True}
        put_record(kind=ExternalCameraSet, key=key, values=told, by=by)
    for amount in content.cameras.costs:
        _cost(content, system, amount, by)
    towns = {town.code: town for town in Town.objects.all()}
    known = set(CameraPoint.objects.values_list("code", flat=True))
    for point in content.cameras.points:
        if point.code not in known:
            _point(content, system, point, towns.get(point.town or ""))
    progress(f"{len(content.cameras.points)} camera points")


def _system(content: RegionContent, by: User) -> CameraSystem:
    row = content.cameras.system
    values: dict[str, Any] = {
        "country": row.country,
        "controller": row.controller,
        "notice_url": _notice(content, row.slug),
        "is_published": True,
        **row.name.columns("name"),
        **row.note.columns("note"),
    }
    system = put_record(kind=CameraSystem, key={"slug": row.slug}, values=values, by=by)
    for operator in row.operator:
        told = {"since": operator.since, "source": _said(content, content.sources[operator.source].title)}
        put_record(kind=SystemOperator, key={"system": system, "name": operator.name}, values=told, by=by)
    for place in row.workstation:
        put_record(kind=Workstation, key={"system": system, "organisation": place.organisation}, values={}, by=by)
    for basis in row.basis:
        told = {"national_act": basis.national_act, **basis.purpose.columns("purpose")}
        told |= basis.milder_means.columns("milder_means") if basis.milder_means else {}
        put_record(kind=LegalBasis, key={"system": system, "article": basis.article}, values=told, by=by)
    return system


def _notice(content: RegionContent, slug: str) -> str:
    """The page of this portal that tells everything about the system."""
    with translation.override(content.profile.default_language):
        return f"{settings.BASE_URL}{reverse('reports:camera-system', args=[slug])}"


def _cost(content: RegionContent, system: CameraSystem, row: CostRow, by: User) -> None:
    key = {"system": system, "kind": row.kind, "amount": row.amount}
    values = {
        "currency": row.currency,
        "tax": row.tax,
        "period": row.period,
        "per": row.per,
        "point_count": row.point_count,
        "is_shared_contract": row.is_shared_contract,
        "contract": _said(content, row.contract) if row.contract else "",
        **_sourced(content, row.source),
    }
    put_record(kind=Cost, key=key, values=values, by=by)


def _point(content: RegionContent, system: CameraSystem, row: Point, town: Town | None) -> None:
    is_placed = row.lat is not None
    values = {
        "code": row.code,
        "system": system,
        "name": row.name,
        "town": town,
        "location_status": LocationStatus.APPROXIMATE if is_placed else LocationStatus.NONE,
        "lon": row.lon,
        "lat": row.lat,
        "surroundings": row.surroundings,
        "planned_by": row.planned_by,
        "expected_device_count": row.expected_devices,
        **_sourced(content, row.source),
    }
    document = _said(content, content.sources[row.source].title)
    point = add_point(values=values, stage=row.stage, since=row.since, document=document, by=system_user())
    publish_point(point=point, by=system_user())


def _sourced(content: RegionContent, source: str) -> dict[str, str]:
    return {"source": _said(content, content.sources[source].title)}


def _said(content: RegionContent, text: Text) -> str:
    """A text in the region's own language, for columns that have one."""
    return text[content.profile.default_language]
