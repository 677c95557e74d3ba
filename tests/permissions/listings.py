"""Rows of everything that a list of ``region.listing`` brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.rows import Row, only

if TYPE_CHECKING:
    from tests.permissions.world import World


def _pressed(world: World) -> dict[str, Any]:
    """The button below a preview in which nothing was chosen."""
    return {"form_key": world.form_key, "keys": ""}


def listing(
    name: str, who: frozenset[str], *, exported: bool = True, bulk: frozenset[str] | None = None, action: str = ""
) -> tuple[Row, ...]:
    """The list, its files, views that people keep, and bulk actions for those who may ``action``."""
    nowhere = "00000000-0000-4000-8000-000000000000"
    rows = [
        Row(name, only(who, 200), only(who, 405)),
        Row(f"{name}-views", only(who, 200), only(who, 422)),
        Row(f"{name}-view-delete", only(who, 405), only(who, 404), args=lambda _world: {"view_id": nowhere}),
    ]
    if exported:
        rows += [
            Row(f"{name}-export", only(who, 200), only(who, 405), query=f"?format={kind}", case=kind)
            for kind in ("csv", "xlsx")
        ]
    if bulk is not None:
        rows += [
            Row(f"{name}-bulk", only(bulk, 200), only(bulk, 302), query=f"?action={action}", data=_pressed),
            Row(f"{name}-bulk", only(bulk, 200), only(bulk, 409), query=f"?action={action}", case="without its key"),
            Row(f"{name}-bulk-result", only(who, 404), only(who, 405), args=lambda _world: {"key": nowhere}),
        ]
    return tuple(rows)
