"""Town and district of camera points: as a file says, and as their place on the map says. The two may differ."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from region.clock import today
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import SecurityDistrict, Town
from region.queries.location import districts_of_points, towns_of_points

FILE, MAP = "file", "map"


@dataclass(frozen=True, slots=True)
class Area:
    """A town and a district in it, by their codes; empty where not known."""

    town: str = ""
    district: str = ""

    def contradicts(self, other: Area) -> bool:
        """Whether both name a town (or a district) and name different ones."""
        if self.town and other.town and self.town != other.town:
            return True
        return bool(self.district and other.district and self.district != other.district)


class Areas:
    """What is known of towns and districts: codes, names, and where the points of a file lie."""

    def __init__(self, points: Mapping[int, tuple[float, float]]) -> None:
        self._towns = dict(Town.objects.values_list("code", "name"))
        rows = SecurityDistrict.objects.order_by().values_list("town__code", "code", "name")
        self._districts = {(town, code): name for town, code, name in rows}
        self._towns_of: dict[str, list[str]] = {}
        for town, code in self._districts:
            self._towns_of.setdefault(code, []).append(town)
        self._on_map = self._placed(points)

    def _placed(self, points: Mapping[int, tuple[float, float]]) -> dict[int, Area]:
        numbers, places = list(points), list(points.values())
        codes = dict(Town.objects.values_list("pk", "code"))
        districts, towns = districts_of_points(places), towns_of_points(places, on=today())
        found = {}
        for number, district, town in zip(numbers, districts, towns, strict=True):
            if district is not None:
                found[number] = Area(codes[district.town_id], district.code)
            elif town is not None:
                found[number] = Area(codes[town])
        return found

    def on_map(self, number: int) -> Area:
        """Where the point of a row lies; empty without one, and outside all outlines."""
        return self._on_map.get(number, Area())

    def in_file(self, town: str, district: str, *, default: str) -> Area:
        """What a row says. Raises `Problem` for a code that nothing has, and for a district of several towns."""
        if town and town not in self._towns:
            raise Problem(_("No town has this code."))
        if not district:
            return Area(town or default)
        known = self._towns_of.get(district, [])
        wanted = [one for one in known if one == (town or default)] or ([] if town else known)
        if not wanted:
            raise Problem(_("The town has no district of this number."))
        if len(wanted) > 1:
            raise Problem(_("Several towns have a district of this number: give the code of the town too."))
        return Area(wanted[0], district)

    def words(self, area: Area) -> str:
        """An area by name."""
        town, district = self._towns.get(area.town, area.town), self._districts.get((area.town, area.district), "")
        return ", ".join(filter(None, (town, district)))


def chosen(told: Area, seen: Area, *, prefer: str) -> Area:
    """The area that is kept: the preferred one; a town alone gets the district that the map shows in it."""
    if told.contradicts(seen):
        return told if prefer == FILE else seen
    return told if told.district or not seen.town else seen


def differences(found: Iterable[tuple[str, str, str]], *, prefer: str, most: int) -> list[Message]:
    """Remarks on rows (item, what the file says, what the map says) whose areas differ; how many, then the first."""
    rows = list(found)
    if not rows:
        return []
    kept = _("kept is what the file says") if prefer == FILE else _("kept is what the map says")
    text = _("Rows whose district in the file differs from the one on the map: %(count)s; %(kept)s.")
    one = _("%(item)s: %(told)s in the file, %(seen)s on the map.")
    named = [say(one, item=item, told=told, seen=seen) for item, told, seen in rows[:most]]
    return [say(text, count=len(rows), kept=Message(kept)), *named]
