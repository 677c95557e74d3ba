"""Two who decide about one access, and two who move one device, at the same moment."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.models import ReferenceIndex

from region.domain.transition import IllegalTransition
from region.models import (
    AuditEvent,
    EmergencyNumber,
    Notice,
    Organisation,
    RegionProfile,
    RoleGrant,
    SecurityDistrict,
    SocialLink,
    Town,
    User,
)
from reports.domain.cameras import place_device
from reports.domain.remote_access import step
from reports.models import CameraPoint, CameraSystem, Device, Placement, RemoteAccess, StageChange
from tests.races import race, shared_database

MODELS = [
    ContentType,
    User,
    Town,
    SecurityDistrict,
    Organisation,
    RoleGrant,
    get_image_model(),
    RegionProfile,
    EmergencyNumber,
    SocialLink,
    CameraSystem,
    CameraPoint,
    StageChange,
    Device,
    Placement,
    RemoteAccess,
    AuditEvent,
    Notice,
    # Wagtail notes what registers refer to.
    ReferenceIndex,
]


def people(*roles: str) -> tuple[list[User], list[RoleGrant]]:
    """Somebody for each role, not stored yet."""
    users = [User(email=f"{number}@example.org") for number, _role in enumerate(roles)]
    now = timezone.now()
    grants = [RoleGrant(user=user, role=role, valid_from=now) for user, role in zip(users, roles, strict=True)]
    return users, grants


@pytest.mark.django_db(transaction=True)
def test_one_of_two_approvers_at_once_decides(tmp_path: Path) -> None:
    users, grants = people("services", "camera_registrar", "camera_registrar")
    system = CameraSystem(slug="cameras", name_en="Cameras", country="CZ")
    days = {"asked_from": date(2026, 1, 1), "asked_until": date(2026, 12, 31)}
    access = RemoteAccess(
        system=system,
        body="Police",
        purpose="x",
        legal_basis="x",
        requested_by=users[0],
        requested_at=timezone.now(),
        **days,
    )
    names = ("approve_technically", "return_technically")
    with shared_database(tmp_path, MODELS, [*users, *grants, system, access]):
        done = race(
            lambda number: step(access=access, name=names[number], by=users[number + 1], reason="Because."), threads=2
        )
        [left] = race(lambda _number: (RemoteAccess.objects.get(), AuditEvent.objects.count()), threads=1)
    assert isinstance(left, tuple), left
    stored, events = left
    assert sorted(type(one).__name__ for one in done) == [IllegalTransition.__name__, RemoteAccess.__name__], done
    assert stored.state in {"technically_approved", "returned_technically"}
    assert (stored.version, events) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_device_put_at_two_points_at_once_stands_at_one(tmp_path: Path) -> None:
    users, grants = people("camera_registrar")
    system = CameraSystem(slug="cameras", name_en="Cameras", country="CZ")
    points = [
        CameraPoint(code=f"P{number}", name="Here", system=system, stage="active", stage_since=date(2024, 1, 1))
        for number in range(2)
    ]
    device = Device(system=system, kind="fixed")
    profile = RegionProfile(name_en="County")
    with shared_database(tmp_path, MODELS, [*users, *grants, profile, system, *points, device]):
        done = race(
            lambda number: place_device(
                device=device, point=points[number], since=date(2025, number + 1, 1), by=users[0]
            ),
            threads=2,
        )
        [count] = race(lambda _number: Placement.objects.count(), threads=1)
    assert sorted(type(one).__name__ for one in done) == ["Placement", "ValidationError"], done
    assert count == 1
