"""Figures that are published: everybody reads them, nobody writes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.permissions.rows import Row, everybody

if TYPE_CHECKING:
    from tests.permissions.rows import Arguments

READ, GONE = everybody(200), everybody(404)


def _one(key: str = "interventions-by-camera", **more: str) -> Arguments:
    return lambda _world: {"key": key, **more}


ROWS = (
    Row("reports:figures", READ),
    Row("reports:corrections", READ),
    Row("reports:corrections-feed", READ),
    Row("reports:corrections-atom", READ),
    Row("reports:figure", READ, args=_one()),
    Row("reports:figure", GONE, args=_one("nothing"), case="that does not exist"),
    Row("reports:figure-embed", READ, args=_one()),
    Row("reports:figure-data", READ, args=_one(fmt="csv")),
    Row("reports:figure-svg", READ, args=_one()),
    Row("reports:figure-explore", READ, args=_one()),
)
