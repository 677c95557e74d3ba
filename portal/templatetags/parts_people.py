"""Components of places and people: person, emergency numbers, lists of plates, map."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from portal.templatetags.kept import kept_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from region.drawing.map import MapDrawing
    from region.parts import EmergencyNumber, PlateGroup, PlateItem

register = template.Library()
Shown = dict[str, object]


@kept_tag(register, "components/person.html")
def person(
    *,
    name: str,
    role: str,
    organisation: str = "",
    plate: str = "",
    area: str = "",
    phone: str = "",
    hours: object = "",
    href: str = "",
    photo_url: str = "",
    substitute_for: str = "",
    note: str = "",
    demo: bool = False,
    level: int = 3,
) -> Shown:
    """One responsible person: function, name, district, public telephone, office hours, link to the contact form.

    `hours` is text or rows [weekday, start, end]; `photo_url` is a square picture of at least 144 px.
    """
    return locals()


@register.inclusion_tag("components/emergency.html")
def emergency(numbers: Sequence[EmergencyNumber], *, title: str = "", id: str = "emergency") -> Shown:
    """Emergency numbers in a frame, for pages where somebody may be in danger right now."""
    return {"numbers": numbers, "title": title, "id": id}


@register.inclusion_tag("components/plate_list.html")
def plate_list(items: Sequence[PlateItem]) -> Shown:
    """Numbered rows with 44 px targets: the equal of a map."""
    return {"items": items}


@register.inclusion_tag("components/plate_groups.html")
def plate_groups(groups: Sequence[PlateGroup], *, level: int = 3) -> Shown:
    """Lists of plates side by side, one for each heading."""
    return {"groups": groups, "level": level}


@register.inclusion_tag("components/map.html")
def map(drawing: MapDrawing, *, label: str, id: str = "map", caption: str = "", on_brand: bool = False) -> Shown:
    """A map drawn on the server: areas and numbered points as links; `on_brand` when it lies on the brand colour."""
    return locals()
