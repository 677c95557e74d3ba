"""The camera register: its public pages, its screens in the office, remote accesses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.listings import listing
from tests.permissions.rows import Expect, Row, everybody, only, roles

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.permissions.world import World

VIEW = roles("camera_registrar services coordinator head auditor")
MANAGE = roles("camera_registrar")
ACCESS = roles("services camera_registrar head auditor")
REQUEST = roles("services")
NOWHERE = "00000000-0000-4000-8000-000000000000"


def of_point(world: World) -> dict[str, Any]:
    return {"point_id": world.cameras.point.pk}


def of_placement(world: World) -> dict[str, Any]:
    return {"placement_id": world.cameras.placement.pk}


def of_access(world: World) -> dict[str, Any]:
    return {"access_id": world.cameras.access.pk}


def of_foreign_access(world: World) -> dict[str, Any]:
    return {"access_id": world.cameras.foreign_access.pk}


def of_kind(kind: str) -> Callable[[World], dict[str, Any]]:
    return lambda _world: {"kind": kind}


def asks(name: str, who: Any, args: Any) -> Row:
    """A page with a form; sent empty, it asks again."""
    return Row(f"reports:office-{name}", only(who, 200), only(who, 200), args=args)


ROWS = (
    Row("reports:camera-points", everybody(200)),
    Row("reports:camera-points", everybody(400), query="?stage=odd", case="with a filter that cannot be read"),
    *(
        Row("reports:camera-points-file", everybody(200), args=of_kind(kind), case=kind)
        for kind in ("csv", "geojson", "osm")
    ),
    Row("reports:camera-point", everybody(200), args=lambda w: {"code": w.cameras.point.code}),
    Row("reports:camera-point", everybody(404), args=lambda w: {"code": w.cameras.hidden.code}, case="not published"),
    Row("reports:camera-sign", everybody(200), args=lambda w: {"code": w.cameras.point.code}),
    Row("reports:camera-sign", everybody(404), args=lambda w: {"code": w.cameras.hidden.code}, case="not published"),
    Row("reports:camera-system", everybody(200), args=lambda w: {"slug": w.cameras.system.slug}),
    Row(
        "reports:camera-system",
        everybody(404),
        args=lambda w: {"slug": w.cameras.hidden_system.slug},
        case="not published",
    ),
    Row("reports:camera-report", everybody(200), args=lambda w: {"slug": w.cameras.system.slug, "year": 2025}),
    Row(
        "reports:camera-report",
        everybody(404),
        args=lambda w: {"slug": w.cameras.system.slug, "year": 2190},
        case="of a year to come",
    ),
    *listing("reports:office-cameras", VIEW, bulk=MANAGE, action="publish"),
    Row("reports:office-camera", only(VIEW, 200), args=of_point),
    Row("reports:office-camera", only(VIEW, 404), args=lambda _w: {"point_id": NOWHERE}, case="that does not exist"),
    asks("camera-add", MANAGE, lambda _w: {}),
    *(asks(f"camera-{name}", MANAGE, of_point) for name in ("edit", "install", "review", "consultation")),
    *(
        Row(f"reports:office-camera-{name}", only(MANAGE, 200), only(MANAGE, 409), args=of_point)
        for name in ("publish", "withdraw")
    ),
    asks("camera-step", MANAGE, lambda w: {**of_point(w), "name": "suspend"}),
    Row(
        "reports:office-camera-step",
        only(MANAGE, 404),
        only(MANAGE, 404),
        args=lambda w: {**of_point(w), "name": "odd"},
        case="that is none",
    ),
    *(asks(f"camera-{name}", MANAGE, of_placement) for name in ("relocate", "replace", "retire", "undo")),
    Row("reports:office-camera-systems", only(VIEW, 200)),
    *(
        Row("reports:office-camera-processing", only(VIEW, 200), args=of_kind(kind), case=kind)
        for kind in ("csv", "xlsx")
    ),
    *listing("reports:office-accesses", ACCESS),
    asks("access-add", REQUEST, lambda _w: {}),
    Row("reports:office-access", only(ACCESS, 200), args=of_access),
    Row(
        "reports:office-access",
        Expect(200, ACCESS, special={"services": 404}),
        args=of_foreign_access,
        case="foreign",
    ),
    asks("access-renew", REQUEST, of_access),
    Row("reports:office-access-renew", only(REQUEST, 404), only(REQUEST, 404), args=of_foreign_access, case="foreign"),
    asks("access-step", MANAGE, lambda w: {**of_access(w), "name": "revoke"}),
    Row(
        "reports:office-access-step",
        only(ACCESS, 404),
        only(ACCESS, 404),
        args=lambda w: {**of_access(w), "name": "expire"},
        case="by itself",
    ),
)
