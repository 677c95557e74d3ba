"""Records of the camera register to ask for: published and not, one's own access and a foreign one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.enums.cameras import Stage
from tests.factories.cameras import camera_point, camera_system, placed, remote_access

if TYPE_CHECKING:
    from collections.abc import Mapping

    from region.models import Town, User
    from reports.models import CameraPoint, CameraSystem, Placement, RemoteAccess


@dataclass(frozen=True)
class CameraWorld:
    """``hidden`` is a point that is not published; ``access`` was asked for by the person of the services."""

    system: CameraSystem
    hidden_system: CameraSystem
    point: CameraPoint
    hidden: CameraPoint
    placement: Placement
    access: RemoteAccess
    foreign_access: RemoteAccess


def build_cameras(people: Mapping[str, User], town: Town) -> CameraWorld:
    """All of them, in the database that is open now."""
    system = camera_system(slug="cameras", town=town)
    point = camera_point(code="KP-1", system=system, town=town)
    hidden_system = camera_system(is_published=False, slug="hidden")
    return CameraWorld(
        system=system,
        hidden_system=hidden_system,
        point=point,
        hidden=camera_point(code="KP-2", system=hidden_system, stage=Stage.PROPOSED, is_published=False),
        placement=placed(point),
        access=remote_access(system=system, by=people["services"], state="granted"),
        foreign_access=remote_access(system=system),
    )
