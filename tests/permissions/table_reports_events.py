"""Registers of events: the public dashboard, and the screens of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.listings import listing
from tests.permissions.rows import Row, everybody, only, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

VIEW = roles("analyst camera_registrar coordinator head auditor")
MANAGE = roles("analyst camera_registrar")
NOWHERE = "00000000-0000-4000-8000-000000000000"


def of_register(world: World) -> dict[str, Any]:
    return {"key": world.events.register.key}


def of_load(world: World) -> dict[str, Any]:
    return {"load_id": world.events.load.pk}


ROWS = (
    Row("reports:interventions", everybody(200)),
    Row("reports:interventions", everybody(400), query="?since=odd", case="with a filter that cannot be read"),
    *listing("reports:office-event-registers", VIEW),
    *listing("reports:office-event-spellings", VIEW, bulk=MANAGE, action="sort"),
    Row("reports:office-event-register", only(VIEW, 200), args=of_register),
    Row("reports:office-event-register", only(VIEW, 404), args=lambda _w: {"key": "none"}, case="that does not exist"),
    Row("reports:office-event-undo", only(MANAGE, 200), only(MANAGE, 409), args=of_load),
    Row(
        "reports:office-event-undo",
        only(MANAGE, 404),
        only(MANAGE, 404),
        args=lambda _w: {"load_id": NOWHERE},
        case="that is none",
    ),
)
