"""What pages show of a town, as values for the components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.templatetags.words import dated, dated_from, unit_title
from region.numerals import number
from region.parts import Fact, PlateGroup, PlateItem
from region.queries.maps import PLATE_TONES
from region.queries.profile import current_profile
from region.queries.towns import wave_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from region.queries.districts import DistrictFacts
    from region.queries.towns import TownFacts, WaveDate


def town_url(town: TownFacts, pages: Mapping[UUID, str]) -> str:
    """Address of the town's page; of its people when it has no page in this language."""
    found = pages.get(town.id)
    return found or reverse("region:town", args=(town.slug,))


def inhabitants_words(town: TownFacts) -> str:
    """Number of inhabitants for a row of a list; empty when it is not known."""
    # Translators: short for "inhabitants", after a number in a list
    return f"{number(town.inhabitants)} {_('inh.')}" if town.inhabitants else ""


def plate_item(town: TownFacts, pages: Mapping[UUID, str], *, mark: bool = True) -> PlateItem:
    """Row of a list of members; ``mark`` says beside an invented town that it is one."""
    tone, demo = PLATE_TONES.get(town.wave or 0, "outline"), mark and town.is_example
    return PlateItem(str(town.number or ""), town.name, town_url(town, pages), inhabitants_words(town), tone, demo)


def all_invented(towns: Sequence[TownFacts]) -> bool:
    """Whether every town is an example: then that is said once, above them all."""
    return bool(towns) and all(town.is_example for town in towns)


def since_words(wave: WaveDate) -> str:
    """Heading of the towns that joined on one day."""
    # Translators: heading above towns that joined on one day, such as "Since 1 July 2010"
    return _("Since %(date)s") % {"date": dated_from(wave.day, wave.precision)}


def month_words(wave: WaveDate) -> str:
    """The same for the legend of a map, where the day would be too much."""
    return dated(wave.day, "year" if wave.precision == "year" else "month")


def groups_by_wave(towns: Sequence[TownFacts], pages: Mapping[UUID, str]) -> list[PlateGroup]:
    """Members by joining date."""
    mark = not all_invented(towns)
    rows = {town.number: plate_item(town, pages, mark=mark) for town in towns if town.number}
    return [
        PlateGroup(
            since_words(wave), tuple(rows[number] for number in range(wave.first, wave.last + 1) if number in rows)
        )
        for wave in wave_dates(towns)
    ]


def map_words(towns: Sequence[TownFacts]) -> dict[str, str]:
    """What a screen reader says at each town on the map, by slug."""
    return {town.slug: f"{town.number}. {town.name}, {joined_words(town)}" for town in towns}


def joined_words(town: TownFacts) -> str:
    """Since when the town has been a member, in words."""
    return _("in the programme since %(date)s") % {"date": dated_from(town.member_since, town.precision)}


def town_facts(town: TownFacts, districts: Sequence[DistrictFacts]) -> list[Fact]:
    """The line of facts under the heading of a town's page; what is not known is left out."""
    facts: list[Fact] = []
    if town.member_since and town.status == "member":
        facts.append(
            Fact(_("In the programme since"), dated_from(town.member_since, town.precision), town.accession_url)
        )
    if town.status == "preparation" and town.preparing_since:
        facts.append(Fact(_("In preparation since"), dated(town.preparing_since)))
    if town.status == "former" and town.member_until:
        facts.append(Fact(_("Member until"), dated(town.member_until)))
    if town.inhabitants:
        source = ", ".join(part for part in (town.inhabitants_source, str(town.inhabitants_year or "")) if part)
        facts.append(Fact(_("Inhabitants (%(source)s)") % {"source": source}, number(town.inhabitants)))
    if districts:
        label = unit_title(current_profile().kind, "district")
        facts.append(Fact(label, str(len(districts)), demo=all(district.is_example for district in districts)))
    return facts


def kicker(town: TownFacts) -> str:
    """What kind of member the town is, above its name."""
    kinds = {
        "member": pgettext("town page", "Member of the programme"),
        "preparation": pgettext("town page", "Preparing to join the programme"),
        "former": pgettext("town page", "Former member of the programme"),
    }
    # Translators: an administrative district, such as "okres Tachov" or "powiat krakowski"
    part = pgettext("part of a county", "district of %(name)s") % {"name": town.county_part} if town.county_part else ""
    return ", ".join(words for words in (kinds.get(town.status, ""), part) if words)
