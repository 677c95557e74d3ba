"""Camera systems, points with their history, devices, accesses."""

from __future__ import annotations

from datetime import date
from typing import Any

from region.models import User
from reports.enums.cameras import AccessState, Analytics, Answer, Body, DeviceKind, DpiaOutcome, Opinion, Stage
from reports.models import (
    CameraPoint,
    CameraSystem,
    Consultation,
    Device,
    Dpia,
    LegalBasis,
    Placement,
    RemoteAccess,
    StageChange,
)
from tests.factories.numbers import next_number
from tests.factories.roles import with_role

BEGAN = date(2024, 5, 1)
# States of an access that was granted once.
DATED = ("granted", "reviewed", "renewed", "expired", "revoked")


def bare_system(**fields: Any) -> CameraSystem:
    """A system of which little more than the name is known."""
    number = next_number()
    known = {"slug": f"system-{number}", "name_en": f"Cameras of town {number}", "country": "CZ"}
    return CameraSystem.objects.create(**{**known, **fields})


def camera_system(**fields: Any) -> CameraSystem:
    """A published system in which nothing is missing, with what non-public fields may hold."""
    known = {
        "controller": "Statutory City of Zkušebnice",
        "controller_contact": "posta@zkusebnice.example",
        "dpo_office": "Office of the data-protection officer",
        "dpo_contact": "dpo@zkusebnice.example",
        "retention_days": 7,
        "notice_url": "https://zkusebnice.example/cameras",
        "network_note": "SECRET-NETWORK 10.1.2.3",
        "is_published": True,
    }
    system = bare_system(**{**known, **fields})
    LegalBasis.objects.create(
        system=system,
        article="Art. 6(1)(e)",
        national_act="§ 24b of Act 553/1991",
        purpose_en="Order at crossings on the way to school",
        necessity_en="Patrols cannot stand there all day.",
        milder_means_en="More light and patrols were tried in 2022.",
    )
    Dpia.objects.create(
        system=system,
        done_on=date(2023, 1, 10),
        outcome=DpiaOutcome.WITH_MEASURES,
        summary_en="Masks over windows.",
        officer_opinion="SECRET-OPINION",
    )
    return system


def camera_point(*, stage: str = Stage.ACTIVE, since: date = BEGAN, **fields: Any) -> CameraPoint:
    """A published point at a known place, in one stage since a day."""
    known = {
        "code": f"P{next_number()}",
        "name": "Korandova × Plachého",
        "location_status": "exact",
        "lon": 13.37,
        "lat": 49.74,
        "note": "SECRET-NOTE",
        "is_published": True,
    }
    place = {} if "system" in fields else {"system": camera_system()}
    point = CameraPoint.objects.create(**{**known, **place, "stage": stage, "stage_since": since, **fields})
    StageChange.objects.create(point=point, stage=stage, since=since, reason="SECRET-REASON")
    return point


def council_said_yes(point: CameraPoint) -> Consultation:
    """The opinion of the district council about a point."""
    return Consultation.objects.create(
        system=point.system, point=point, body=Body.DISTRICT_COUNCIL, opinion=Opinion.FOR, asked_on=date(2023, 3, 1)
    )


def camera_device(**fields: Any) -> Device:
    """A fixed camera that answers all questions with no."""
    known = {
        "kind": DeviceKind.FIXED,
        "has_audio": Answer.NO,
        "face_recognition": Answer.NO,
        "analytics": [Analytics.NONE],
        "inventory_number": f"INV-{next_number()}",
        "model": "SECRET-MODEL",
        "network_note": "SECRET-ADDRESS",
    }
    place = {} if "system" in fields else {"system": camera_system()}
    return Device.objects.create(**{**known, **place, **fields})


def placed(point: CameraPoint, *, since: date = BEGAN, removed_on: date | None = None, **fields: Any) -> Placement:
    """A new device at a point, with one sensor whose direction is known."""
    device = camera_device(system=point.system, **fields)
    device.sensors.create(azimuth=123.25, field_of_view=77.5, range_m=61.5)
    reason = "retire" if removed_on else ""
    return Placement.objects.create(
        device=device, point=point, since=since, removed_on=removed_on, removal_reason=reason
    )


def remote_access(*, state: str = AccessState.REQUESTED, by: User | None = None, **fields: Any) -> RemoteAccess:
    """An access asked for by somebody of the services, with what its state needs."""
    known: dict[str, Any] = {
        "body": "Police, Zkušebnice",
        "purpose": "Searching for missing people",
        "legal_basis": "§ 66 of Act 273/2008",
        "asked_from": date(2026, 1, 1),
        "asked_until": date(2026, 12, 31),
        "requested_by": by or with_role("services"),
        "state": state,
    }
    if state not in {"requested", "returned_technically", "withdrawn"}:
        technical_by = fields.get("technical_by") or with_role("camera_registrar")
        known |= {"technical_at": "2025-12-01T10:00Z", "technical_by": technical_by}
    if state in {"financially_approved", *DATED}:
        known |= {"financial_at": "2025-12-02T10:00Z", "financial_by": fields.get("financial_by") or with_role("head")}
    if state in DATED:
        known |= {
            "granted_at": "2025-12-03T10:00Z",
            "granted_by": known["technical_by"],
            "valid_from": date(2026, 1, 1),
            "valid_until": date(2026, 12, 31),
        }
    place = {} if "system" in fields else {"system": camera_system()}
    return RemoteAccess.objects.create(**{**known, **place, **fields})
