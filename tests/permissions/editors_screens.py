"""Addresses of Wagtail's editors' screens, filled with records that exist."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tests.permissions.patterns import Pattern, every_pattern

if TYPE_CHECKING:
    from tests.permissions.world import World

# Who may enter; everybody else is turned away at the door, whatever the address.
ENTERING = ("administrator", "editor", "town_editor", "analyst", "camera_registrar")
_PART = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
_WORDS = {
    "app_label": "region",
    "app_name": "region",
    "content_type_app_name": "portal",
    "model_name": "regionprofile",
    "content_type_model_name": "townpage",
    "action_name": "delete",
    "action": "approve",
    "mode": "default",
    "filter_spec": "fill-100x100",
    "uidb64": "x",
    "token": "x",
    "object_id": "1",
    "revision_id_a": "earliest",
    "revision_id_b": "latest",
}
_NOWHERE = "00000000-0000-4000-8000-000000000000"


@cache
def screens() -> tuple[Pattern, ...]:
    """Every pattern under /admin/."""
    return tuple(one for one in every_pattern() if one.is_admin)


def address(one: Pattern, world: World) -> str:
    """The pattern's address for the town's Czech page, for the first of other things, or for nothing there is."""
    page = str(world.pages["cs"].pk)
    if "(?P" in one.route:
        return f"/admin/pages/{page}/revisions/compare/earliest...latest/"
    if one.route.endswith(".*/"):
        return "/admin/there/is/no/such/screen/"

    def filled(part: re.Match[str]) -> str:
        name = part["name"]
        if part["converter"] == "uuid":
            return _NOWHERE
        return _WORDS.get(name) or (page if "page" in name or name == "pk" else "1")

    return "/" + _PART.sub(filled, one.route)
