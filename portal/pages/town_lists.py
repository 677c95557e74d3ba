"""Lists and maps of all towns: for the home page and the directory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.pages.town_page import TownPage
from portal.pages.town_parts import all_invented, groups_by_wave, map_words, month_words, plate_item, town_url
from region.clock import today
from region.memory import remembered
from region.parts import PlateGroup, PlateItem, Tab
from region.queries.maps import PLATE_TONES, region_map
from region.queries.towns import former_towns, numbered_towns, towns_in_preparation, wave_dates
from region.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from region.drawing.map import MapDrawing
    from region.queries.towns import TownFacts

STATUSES = ("member", "preparation", "former")


@dataclass(frozen=True, slots=True)
class Overview:
    """The members of the programme, as lists and map show them."""

    count: int
    groups: list[PlateGroup]
    map: MapDrawing | None
    legend: list[tuple[str, str, str]]
    inhabitants_note: str
    invented: bool


def overview(locale_id: int, language: str, on: date) -> Overview:
    """Members on a day with the addresses of their pages. Remembered; else 2 queries and that of the map."""
    return remembered(f"overview:{on}:{language}", lambda: _overview(locale_id, language, on))


def _overview(locale_id: int, language: str, on: date) -> Overview:
    towns, pages = numbered_towns(on), TownPage.objects.addresses(locale_id, language)
    return Overview(
        count=len(towns),
        groups=groups_by_wave(towns, pages),
        map=map_of(towns, pages, on),
        legend=legend(towns),
        inhabitants_note=inhabitants_note(towns),
        invented=all_invented(towns),
    )


def directory(query: Mapping[str, str], locale_id: int, language: str) -> dict[str, Any]:
    """Values of the directory: groups of towns, map, tabs by status, search by name. At most 5 queries."""
    on = today()
    pages = TownPage.objects.addresses(locale_id, language)
    towns = {"member": numbered_towns(on), "preparation": towns_in_preparation(on), "former": former_towns(on)}
    status = query.get("status", "") if query.get("status") in STATUSES else "member"
    words = query.get("q", "").strip()
    shown = [town for town in towns[status] if fold(words) in fold(town.name)]
    is_whole = status == "member" and not words
    return {
        "count": len(shown),
        "groups": groups_by_wave(shown, pages) if is_whole else [plain_group(shown, status, pages)],
        "map": map_of(towns["member"], pages, on),
        "legend": legend(towns["member"]),
        "tabs": tabs(towns, status),
        "status": status,
        "words": words,
        "inhabitants_note": inhabitants_note(shown),
        "invented": all_invented(shown) and is_whole,
    }


def plain_group(towns: Sequence[TownFacts], status: str, pages: Mapping[UUID, str]) -> PlateGroup:
    """Towns of one status, or found by name; only members have numbers."""
    items = tuple(plate_item(town, pages) if town.number else unnumbered(town, pages) for town in towns)
    return PlateGroup(status_words(status), items)


def unnumbered(town: TownFacts, pages: Mapping[UUID, str]) -> PlateItem:
    """Row of a town that is not a member: the plate holds a dot."""
    return PlateItem("\u00b7", town.name, town_url(town, pages), "", "outline", town.is_example)


def status_words(status: str) -> str:
    """Name of a tab."""
    return {
        "member": pgettext("towns", "Members"),
        "preparation": pgettext("towns", "In preparation"),
        "former": pgettext("towns", "Former members"),
    }[status]


def tabs(towns: Mapping[str, Sequence[TownFacts]], current: str) -> list[Tab]:
    """One tab for each status that some town has."""
    return [
        Tab(status_words(status), f"?status={status}", status == current, len(found))
        for status, found in towns.items()
        if found or status == current
    ]


def map_of(towns: Sequence[TownFacts], pages: Mapping[UUID, str], on: date) -> MapDrawing | None:
    """The region with its members as links; None without outlines."""
    urls = {town.slug: town_url(town, pages) for town in towns}
    return region_map(on=on, urls=urls, words=map_words(towns))


def legend(towns: Sequence[TownFacts]) -> list[tuple[str, str, str]]:
    """Numbers, tone and words of each joining date on the map; nothing when all joined on one day."""
    waves = wave_dates(towns)
    if len(waves) < 2:
        return []
    return [
        (numbers(wave.first, wave.last), PLATE_TONES.get(wave.wave, "outline"), month_words(wave)) for wave in waves
    ]


def numbers(first: int, last: int) -> str:
    """Numbers of the towns of one joining date: "4–9"."""
    return str(first) if first == last else f"{first}\u2013{last}"


def inhabitants_note(towns: Sequence[TownFacts]) -> str:
    """Where the numbers of inhabitants come from, said once."""
    found = {(town.inhabitants_source, town.inhabitants_year) for town in towns if town.inhabitants}
    if not found:
        return ""
    sources = ", ".join(sorted(f"{source}, {year}" for source, year in found))
    return _("Inhabitants: %(source)s.") % {"source": sources}
