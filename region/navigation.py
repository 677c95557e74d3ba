"""The frame of the office and of My: menu entries that a person may open, and the ways to the other places."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext, pgettext

from region.office import Entry, Place, entries
from region.parts import Link
from region.rules import can

if TYPE_CHECKING:
    from django.http import HttpRequest

log = logging.getLogger(__name__)
ENTER = {Place.OFFICE: "region.enter_office", Place.MY: "region.enter_my"}


@dataclass(frozen=True, slots=True)
class MenuLink:
    """An entry of the menu; ``current`` is "page" on its own page, "true" on one below it, else empty."""

    title: str
    url: str
    current: str = ""


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Entries under one heading; the first group may have none."""

    title: str
    links: tuple[MenuLink, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of a place."""

    title: str
    home_url: str
    groups: tuple[MenuGroup, ...]
    places: tuple[Link, ...]
    name: str
    account_url: str
    sign_out_url: str


def frame_of(request: HttpRequest) -> Frame | None:
    """The frame around a page for whoever asks; nothing for anonymous people."""
    user: Any = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    here = place_of(user, request.path)
    return Frame(
        title=place_title(here),
        home_url=reverse(f"region:{here.value}"),
        groups=menu(user, here, request.path),
        places=other_places(user, here),
        name=str(user),
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
    )


def place_of(user: Any, path: str) -> Place:
    """The place that an address belongs to; elsewhere (one's account) the one that fits the person."""
    for place in Place:
        if path.startswith(reverse(f"region:{place.value}")):
            return place
    return Place.OFFICE if can(user, ENTER[Place.OFFICE]) else Place.MY


def place_title(place: Place) -> str:
    """What a place is called."""
    return pgettext("back office", "Office") if place is Place.OFFICE else pgettext("place of a signed-in person", "My")


def trail_from(place: Place, *steps: Link) -> tuple[Link, ...]:
    """The way of links from the home page of a place to a page below it."""
    return (Link(gettext("Home"), reverse(f"region:{place.value}")), *steps)


def menu(user: Any, place: Place, path: str) -> tuple[MenuGroup, ...]:
    """Entries that ``user`` may open, by group in the order of their first entry; the nearest to ``path`` is marked."""
    found = [(entry, url) for entry in entries(place) if _may_open(user, entry) and (url := _address(entry))]
    nearest = max((url for _entry, url in found if path.startswith(url)), key=len, default="")
    groups: dict[str, list[MenuLink]] = {}
    home = reverse(f"region:{place.value}")
    if found:
        groups[""] = [MenuLink(gettext("Home"), home, "page" if path == home else "")]
    for entry, url in found:
        current = ("page" if path == url else "true") if url == nearest else ""
        groups.setdefault(str(entry.group), []).append(MenuLink(str(entry.label), url, current))
    return tuple(MenuGroup(title, tuple(links)) for title, links in groups.items())


def _may_open(user: Any, entry: Entry) -> bool:
    return any(can(user, permission) for permission in entry.permissions)


def _address(entry: Entry) -> str:
    """Address of an entry; one that leads nowhere is left out, so that it cannot take every page with it."""
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        log.exception("The menu has an entry that leads nowhere: %s", entry.url_name)
        return ""


def other_places(user: Any, here: Place) -> tuple[Link, ...]:
    """Ways to the other places that ``user`` may enter."""
    found = [
        Link(place_title(place), reverse(f"region:{place.value}"))
        for place in Place
        if place is not here and can(user, ENTER[place])
    ]
    if user.has_perm("wagtailadmin.access_admin"):
        found.append(Link(pgettext("editors' screens", "Pages"), reverse("wagtailadmin_home")))
    return tuple(found)
