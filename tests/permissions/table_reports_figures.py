"""Figures that are published: everybody reads them, nobody writes there."""

from __future__ import annotations

from tests.permissions.rows import Row, everybody

READ, GONE = everybody(200), everybody(404)


def _one(key: str = "interventions-by-camera", **more: str) -> dict[str, object]:
    return {"args": lambda _world: {"key": key, **more}}


ROWS = (
    Row("reports:figures", READ),
    Row("reports:corrections", READ),
    Row("reports:corrections-feed", READ),
    Row("reports:corrections-atom", READ),
    Row("reports:figure", READ, **_one()),
    Row("reports:figure", GONE, **_one("nothing"), case="that does not exist"),
    Row("reports:figure-embed", READ, **_one()),
    Row("reports:figure-data", READ, **_one(fmt="csv")),
    Row("reports:figure-svg", READ, **_one()),
    Row("reports:figure-explore", READ, **_one()),
)
