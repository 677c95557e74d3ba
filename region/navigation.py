"""The frame of the office and of My: menu entries that a person may open, and the ways to the other places."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, pgettext

from region.office import Entry, Place, entries
from region.parts import Link
from region.rules import can
from region.second_factor import Protection, protection

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
    """Entries that open under one heading; without a heading they stand in the menu themselves."""

    title: str
    links: tuple[MenuLink, ...]

    @property
    def is_current(self) -> bool:
        """Whether one of its entries is where the reader is."""
        return any(link.current for link in self.links)


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
    is_open = _opens(request, here)
    return Frame(
        title=place_title(here) if is_open else "",
        home_url=reverse(f"region:{here.value}") if is_open else "",
        groups=menu(user, here, request.path) if is_open else (),
        places=other_places(user, here) if is_open else (),
        name=str(user),
        account_url=reverse("account"),
        sign_out_url=reverse("account_logout"),
    )


def safe_next(request: HttpRequest) -> str:
    """Where the request wants to go on to, if that is on this very site; else empty."""
    target = request.GET.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(
        target, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return target if is_safe else ""


def place_of(user: Any, path: str) -> Place:
    """The place that an address belongs to; elsewhere (one's account), or if it is closed, the one that fits."""
    for place in Place:
        if path.startswith(reverse(f"region:{place.value}")) and can(user, ENTER[place]):
            return place
    return Place.OFFICE if can(user, ENTER[Place.OFFICE]) else Place.MY


def own_frame(request: HttpRequest) -> str:
    """The template around pages of one's account and around refusals: that of one's place for whoever works there."""
    inside = (reverse("account"), *(reverse(f"region:{place.value}") for place in Place))
    user: Any = getattr(request, "user", None) if request.path.startswith(inside) else None
    return place_of(user, request.path).frame if user is not None and user.is_authenticated else "base.html"


def _opens(request: HttpRequest, place: Place) -> bool:
    """Whether the links of a place lead there: not for those without a role, nor before the second factor is shown."""
    # What lies in a place is reached with the second factor alone: only elsewhere it has to be asked for.
    is_inside = request.path.startswith(reverse(f"region:{place.value}"))
    if settings.SECOND_FACTOR_REQUIRED and not is_inside and protection(request) is not Protection.ENOUGH:
        return False
    return can(request.user, ENTER[place])


def place_title(place: Place) -> str:
    """What a place is called."""
    return pgettext("back office", "Office") if place is Place.OFFICE else pgettext("place of a signed-in person", "My")


def trail_from(place: Place, *steps: Link) -> tuple[Link, ...]:
    """The way of links from the home page of a place to a page below it."""
    return (Link(pgettext("menu", "Home"), reverse(f"region:{place.value}")), *steps)


def menu(user: Any, place: Place, path: str) -> tuple[MenuGroup, ...]:
    """Entries that ``user`` may open, by group in their order; the nearest to ``path`` is marked."""
    found = [(entry, url) for entry in entries(place) if _may_open(user, entry) and (url := _address(entry))]
    nearest = max((url for _entry, url in found if path.startswith(url)), key=len, default="")
    groups: dict[str, list[MenuLink]] = {}
    home = reverse(f"region:{place.value}")
    if found:
        groups[""] = [MenuLink(pgettext("menu", "Home"), home, "page" if path == home else "")]
    for entry, url in found:
        current = ("page" if path == url else "true") if url == nearest else ""
        title = str(entry.group.label) if entry.group else ""
        groups.setdefault(title, []).append(MenuLink(str(entry.label), url, current))
    # Nobody opens a group to find one entry in it.
    return tuple(MenuGroup(title if len(links) > 1 else "", tuple(links)) for title, links in groups.items())


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
        found.append(Link(gettext("Editors' screens"), reverse("wagtailadmin_home")))
    return tuple(found)
