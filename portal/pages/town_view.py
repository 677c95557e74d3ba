"""Everything that a town's page shows, gathered with as few queries as it takes."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.pages.events import EventPage
from portal.pages.news import NewsPage
from portal.pages.town_parts import kicker, town_facts
from portal.templatetags.words import unit_title
from region.cards import PersonCard, person_cards
from region.clock import now
from region.memory import remembered
from region.parts import Link
from region.queries.districts import districts_of
from region.queries.maps import districts_map
from region.queries.officers import everyone_in
from region.queries.profile import current_profile
from region.queries.towns import town_by_id

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from portal.pages.town_page import TownPage
    from region.drawing.map import MapDrawing
    from region.parts import Fact
    from region.queries.districts import DistrictFacts
    from region.queries.officers import Person
    from region.queries.towns import TownFacts

SHOWN = 3


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """One district beside the map."""

    plate: str
    name: str
    url: str
    streets: str
    people: str


@dataclass(frozen=True, slots=True)
class TownPart:
    """What the page shows of the region's own records: the town, its people, its districts."""

    town: TownFacts
    kicker: str
    facts: list[Fact]
    cards: tuple[PersonCard, ...]
    districts: list[DistrictRow]
    districts_title: str
    map: MapDrawing | None
    is_sketch: bool
    invented: bool
    lead: str


def town_context(page: TownPage, *, on: date, url: str) -> dict[str, Any]:
    """Values for the template of a town's page on a day; ``url`` is its public address.

    3 queries when nothing has changed since the last reader of the page in this language, else up to 9.
    """
    part = remembered(f"town:{page.town_id}:{on}:{page.language}", lambda: town_part(page.town_id, on))
    town = part.town
    news = NewsPage.objects.in_language(page.locale_id).about_town(town.id)
    events = EventPage.objects.in_language(page.locale_id).coming(now()).filter(town=town.id)
    found = {
        **{field.name: getattr(part, field.name) for field in fields(part)},
        "lead": page.lead or part.lead,
        "news": news[:SHOWN].items(page.language),
        "events": events[:SHOWN].items(page.language),
        "news_url": f"{page.top_url('newsindexpage')}?town={town.slug}",
        "feeds": [
            Link(_("News of %(town)s (RSS)") % {"town": town.name}, reverse("portal:town-news-feed", args=(town.slug,)))
        ],
        "facts_for_machines": machine_facts(town, url),
    }
    return {**found, "on_this_page": sections(found)}


def town_part(town_id: UUID, on: date) -> TownPart:
    """The region's own records of a town. Up to 6 queries."""
    town = town_by_id(town_id, on)
    if town is None:  # pragma: no cover - the page protects its town from deletion
        raise LookupError(town_id)
    districts = districts_of(town.id)
    people = [person for group in everyone_in(town_id=town.id, on=on) for person in group.people]
    urls = {district.code: reverse("region:district", args=(town.slug, district.code)) for district in districts}
    return TownPart(
        town=town,
        kicker=kicker(town),
        facts=town_facts(town, districts),
        cards=person_cards(people, districts),
        districts=[district_row(district, urls[district.code], people) for district in districts],
        districts_title=unit_title(current_profile().kind, "district"),
        map=districts_map(town_id=town.id, urls=urls),
        is_sketch=any(district.schematic for district in districts),
        invented=bool(districts) and all(district.is_example for district in districts),
        lead=counted_people(people),
    )


def machine_facts(town: TownFacts, url: str) -> dict[str, Any]:
    """Facts of schema.org/City."""
    facts: dict[str, Any] = {"@type": "City", "name": town.name, "url": url}
    if town.lon is not None:
        facts["geo"] = {"@type": "GeoCoordinates", "latitude": town.lat, "longitude": town.lon}
    return facts


def district_row(district: DistrictFacts, url: str, people: list[Person]) -> DistrictRow:
    """A row of the list beside the map: number, name, streets, who answers there."""
    names = dict.fromkeys(person.name for person in people if person.district_code == district.code)
    return DistrictRow(district.code, district.name, url, district.streets, ", ".join(names))


def counted_people(people: list[Person]) -> str:
    """First sentence of a page without one of its own."""
    count = len({person.officer_id for person in people})
    if not count:
        return ""
    words = ngettext(
        "%(count)s person answers for safety here. Find the one for your street.",
        "%(count)s people answer for safety here. Find the one for your street.",
        count,
    )
    return words % {"count": count}


def sections(found: dict[str, Any]) -> list[Link]:
    """Links to the sections that the page has."""
    all_sections = (
        ("cards", _("Who is responsible"), "#people"),
        ("districts", str(found["districts_title"]), "#districts"),
        ("news", _("News"), "#news"),
        ("events", _("Events"), "#events"),
    )
    return [Link(title, url) for name, title, url in all_sections if found[name]]
