"""Town and district of events, a piece of the file at a time: by the point, by what the file says, or both compared."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

import numpy as np
import shapely

from region.domain.places import System, country_place, region_place
from region.geometry.shapes import from_geojson
from region.geometry.systems import Reading, degrees, sample
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import SecurityDistrict, Town
from region.tables.spots import parse_angle, parse_spot
from region.tables.values import folded
from region.text import natural_key
from reports.enums.events import DistrictRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pandas as pd

_MOST_LONGITUDE, _MOST_LATITUDE = 180, 90
# So many rows and names are told of each kind; the rest is counted.
_MOST_TOLD = 20
_SPACES = "[ \u00a0\u2007\u2009\u202f]"


@dataclass(frozen=True, slots=True)
class Area:
    """A town or district as events find it: its key, a number for fingerprints, its shape with the box around it."""

    key: UUID
    code: str
    name: str
    town: int
    shape: Any = None
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)


@dataclass(slots=True)
class Found:
    """Where the rows of a piece lie: places in `Places.towns` and `.districts` (-1: none), degrees (NaN: none)."""

    town: np.ndarray
    district: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    no_number: np.ndarray
    no_place: np.ndarray


@dataclass(slots=True)
class Told:
    """What is to be said about places at the end."""

    outside: int = 0
    between: int = 0
    unknown_towns: Counter[str] = field(default_factory=Counter)
    unknown_districts: Counter[str] = field(default_factory=Counter)
    # Rows whose own district is not the one in which their point lies.
    differing: Counter[tuple[str, str]] = field(default_factory=Counter)
    differing_lines: list[int] = field(default_factory=list)


class Places:
    """Towns and districts of the region, and how this file's numbers are to be read."""

    def __init__(self, *, columns: Sequence[str], rule: DistrictRule, system: System | None) -> None:
        self._columns, self._rule, self._system = columns, rule, system
        self.towns = _towns()
        place_of = {town.key: place for place, town in enumerate(self.towns)}
        self.districts = _districts(place_of)
        self.town_of = np.array([district.town for district in self.districts] + [-1], dtype=np.int32)
        self._town_names = _unique(((town.name, town.code) for town in self.towns), range(len(self.towns)))
        self._district_names: dict[int, dict[str, int]] = {}
        self.reading: Reading | None = None
        self.notes: list[Message] = []
        self.told = Told()

    def find(self, frame: pd.DataFrame, lines: np.ndarray) -> Found:
        """Towns and districts of a piece."""
        lon, lat, no_number, no_place = self._points(frame)
        town, district = self._holding(lon, lat)
        said_town = self._said(frame, ("town_code", "town"), self._town_by_name, self.told.unknown_towns)
        town = np.where(town < 0, said_town, town)
        said = self._said_district(frame, town)
        town, district = self._decided(town, district, said, lines)
        placed = ~np.isnan(lon)
        self.told.outside += int((placed & (town < 0)).sum())
        return Found(town, district, lon, lat, no_number, no_place)

    def town_place(self, key: UUID | None) -> int:
        """Place of a town in the list; -1 for none."""
        return next((place for place, town in enumerate(self.towns) if town.key == key), -1)

    def _points(self, frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Degrees of each row; which cells are no numbers, and which numbers are no place on Earth."""
        count = len(frame)
        none = np.full(count, np.nan)
        if not self._columns:
            return none, none.copy(), np.zeros(count, bool), np.zeros(count, bool)
        texts = [frame[name] for name in self._columns] if len(self._columns) > 1 else _split(frame[self._columns[0]])
        figures = np.column_stack([_figures(text) for text in texts])
        empty = np.array((texts[0] == "") & (texts[1] == ""))
        no_number = ~np.isfinite(figures).all(axis=1) & ~empty
        # Programs write 0, 0 for a place that they do not know.
        empty |= (figures == 0).all(axis=1)
        usable = ~empty & ~no_number
        if self.reading is None and usable.any():
            self.reading = self._recognised(figures[usable])
        points = np.full((count, 2), np.nan)
        if usable.any() and self.reading is not None:
            points[usable] = degrees(figures[usable], self.reading).round(6)
        lon, lat = points[:, 0], points[:, 1]
        no_place = usable & ~((np.abs(lon) <= _MOST_LONGITUDE) & (np.abs(lat) <= _MOST_LATITUDE))
        lon[no_place], lat[no_place] = np.nan, np.nan
        return lon, lat, no_number, no_place

    def _recognised(self, figures: np.ndarray) -> Reading:
        """How the numbers are to be read; degrees that lie elsewhere on Earth are taken as they are, and told."""
        numbers = sample(figures)
        failure = Problem("")
        for place in (region_place(), country_place()):
            try:
                reading = place.reading(numbers, system=self._system)
            except Problem as problem:
                failure = problem
                continue
            message = reading.message()
            self.notes += [message] if message else []
            return reading
        if (np.abs(numbers[:, 0]) <= _MOST_LONGITUDE).all() and (np.abs(numbers[:, 1]) <= _MOST_LATITUDE).all():
            self.notes.append(say(_("The points lie outside the region; they are taken as longitude and latitude.")))
            return Reading()
        raise failure

    def _holding(self, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Town and district in whose area each point lies."""
        district = _inside(self.districts, lon, lat, np.flatnonzero(~np.isnan(lon)))
        town = self.town_of[district]
        rest = np.flatnonzero(~np.isnan(lon) & (district < 0))
        alone = _inside(self.towns, lon, lat, rest)
        self.told.between += int(((alone >= 0) & np.isin(alone, self.town_of[:-1])).sum())
        return np.where(town < 0, alone, town), district

    def _town_by_name(self, text: str) -> int:
        return self._town_names.get(folded(text), -1)

    def _said(self, frame: pd.DataFrame, names: Iterable[str], find: Any, unknown: Counter[str]) -> np.ndarray:
        """What the file itself says, each different text looked up once."""
        found = np.full(len(frame), -1, np.int32)
        for name in names:
            if name not in frame:
                continue
            codes, texts = frame[name].factorize()
            places = np.array([*(find(str(text)) if text else -1 for text in texts), -1], np.int32)
            counts = np.bincount(codes[codes >= 0], minlength=len(texts))
            for place, text in enumerate(texts):
                if text and places[place] < 0:
                    unknown[str(text)] += int(counts[place])
            found = np.where(found < 0, places[codes], found)
        return found

    def _said_district(self, frame: pd.DataFrame, town: np.ndarray) -> np.ndarray:
        """The file's own district: its number or name within the town, or a name that only one town has."""
        found = np.full(len(frame), -1, np.int32)
        if "district" not in frame:
            return found
        codes, texts = frame["district"].factorize()
        pairs = codes.astype(np.int64) * (len(self.towns) + 1) + town + 1
        different, first = np.unique(pairs, return_inverse=True)
        places = np.full(len(different), -1, np.int32)
        counts = np.bincount(first)
        for index, pair in enumerate(different.tolist()):
            code, within = divmod(pair, len(self.towns) + 1)
            text = str(texts[code]) if code >= 0 else ""
            if text:
                places[index] = self._district_by_name(within - 1).get(folded(text), -1)
                if places[index] < 0:
                    self.told.unknown_districts[text] += int(counts[index])
        return places[first]

    def _district_by_name(self, town: int) -> dict[str, int]:
        """Districts of a town by number and name; of all towns when it is -1."""
        if town not in self._district_names:
            rows = [(place, row) for place, row in enumerate(self.districts) if town in (-1, row.town)]
            named = _unique(((row.name, row.code) for _place, row in rows), (place for place, _row in rows))
            self._district_names[town] = named
        return self._district_names[town]

    def _decided(
        self, town: np.ndarray, by_point: np.ndarray, said: np.ndarray, lines: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """The district by the rule, and the town that belongs to it; differences are remembered."""
        differs = (by_point >= 0) & (said >= 0) & (by_point != said)
        many = len(self.districts)
        pairs, counts = np.unique(said[differs].astype(np.int64) * many + by_point[differs], return_counts=True)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True):
            self.told.differing[self._district_name(pair // many), self._district_name(pair % many)] += count
        room = _MOST_TOLD - len(self.told.differing_lines)
        self.told.differing_lines += lines[differs][: max(room, 0)].tolist()
        first, second = (by_point, said) if self._rule == DistrictRule.POINT else (said, by_point)
        district = np.where(first >= 0, first, second)
        own = self.town_of[district]
        return np.where(own >= 0, own, town), district

    def _district_name(self, place: int) -> str:
        district = self.districts[place]
        return f"{district.code} {district.name}"


def place_notes(told: Told, rule: DistrictRule) -> Iterable[Message]:
    """What to say about places at the end of a file."""
    if told.outside:
        yield say(
            _("Points that lie in no town of the register: %(count)s. Their events are kept."), count=told.outside
        )
    if told.between:
        yield say(_("Points between the districts of their town: %(count)s."), count=told.between)
    for text, names in (
        (_("Towns that are not in the register: %(names)s. Their events are kept without a town."), told.unknown_towns),
        (_("Districts that are not in the register: %(names)s."), told.unknown_districts),
    ):
        if names:
            yield say(text, names=_counted(names.most_common(_MOST_TOLD)))
    if told.differing:
        pairs = [(f"{said} → {lies}", count) for (said, lies), count in told.differing.most_common(_MOST_TOLD)]
        kept = {
            DistrictRule.POINT: _(
                "The file's district is not the one in which the point lies: %(pairs)s; rows %(lines)s. "
                "The one of the point was taken."
            ),
            DistrictRule.FILE: _(
                "The file's district is not the one in which the point lies: %(pairs)s; rows %(lines)s. "
                "The one of the file was taken."
            ),
        }
        lines = ", ".join(map(str, told.differing_lines))
        more = "…" if sum(told.differing.values()) > len(told.differing_lines) else ""
        yield say(kept[rule], pairs=_counted(pairs), lines=f"{lines}{more}")


def _counted(names: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} ({count})" for name, count in names)


def _towns() -> list[Area]:
    fields = ("pk", "code", "name", "boundary", "min_lon", "min_lat", "max_lon", "max_lat")
    rows = Town.objects.order_by("code").values_list(*fields)
    return [Area(pk, code, name, -1, *_shape(boundary, box)) for pk, code, name, boundary, *box in rows]


def _districts(place_of: dict[UUID, int]) -> list[Area]:
    fields = ("pk", "code", "name", "town", "town__code", "boundary", "min_lon", "min_lat", "max_lon", "max_lat")
    rows = SecurityDistrict.objects.order_by().values_list(*fields)
    ordered = sorted(rows, key=lambda row: (row[4], natural_key(row[1])))
    return [
        Area(pk, code, name, place_of[town], *_shape(boundary, box))
        for pk, code, name, town, _town_code, boundary, *box in ordered
    ]


def _shape(boundary: Any, box: Sequence[float]) -> tuple[Any, Any]:
    if not boundary:
        return None, (0.0, 0.0, 0.0, 0.0)
    shape = from_geojson(boundary)
    shapely.prepare(shape)
    return shape, tuple(box)


def _inside(areas: Sequence[Area], lon: np.ndarray, lat: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The first area that holds each of these rows' points, its edge included; -1 for none."""
    found = np.full(len(lon), -1, np.int32)
    waiting = rows
    for place, area in enumerate(areas):
        if not len(waiting):
            break
        if area.shape is None:
            continue
        west, south, east, north = area.box
        x, y = lon[waiting], lat[waiting]
        near = waiting[(x >= west) & (x <= east) & (y >= south) & (y <= north)]
        if len(near):
            held = near[shapely.intersects_xy(area.shape, lon[near], lat[near])]
            found[held] = place
            waiting = waiting[found[waiting] < 0]
    return found


def _unique(names: Iterable[Sequence[str]], places: Iterable[int]) -> dict[str, int]:
    """Places by folded names; a name that two share means neither. The last name of each (its code) comes first."""
    by_code: dict[str, set[int]] = {}
    by_name: dict[str, set[int]] = {}
    for (name, code), place in zip(names, places, strict=True):
        by_code.setdefault(folded(code), set()).add(place)
        by_name.setdefault(folded(name), set()).add(place)
    merged = {**by_name, **by_code}
    return {name: next(iter(found)) for name, found in merged.items() if len(found) == 1}


def _split(texts: pd.Series[str]) -> list[pd.Series[str]]:
    """Points in one cell as two columns; what is no point is kept in both, to be no number."""
    import pandas as pd

    codes, found = texts.factorize()
    pairs = [_pair(str(text)) for text in found]
    columns = [np.array([*column, ""], dtype=object) for column in zip(*pairs, strict=True)] or [
        np.array([""], object)
    ] * 2
    return [pd.Series(column[codes], index=texts.index, dtype="str") for column in columns]


def _pair(text: str) -> tuple[str, str]:
    try:
        return parse_spot(text) if text else ("", "")
    except Problem:
        return text, text


def _angle(text: str) -> float:
    try:
        return parse_angle(text)
    except Problem:
        return float("nan")


def _figures(texts: pd.Series[str]) -> np.ndarray:
    """Numbers with decimal comma or point, or degrees with minutes and seconds; what is none becomes NaN."""
    import pandas as pd

    found = pd.to_numeric(texts, errors="coerce")
    if found.isna().any():
        plain = texts.str.replace(_SPACES, "", regex=True).str.replace("−", "-").str.replace(",", ".")
        found = pd.to_numeric(plain, errors="coerce")
        odd = texts[found.isna() & (texts != "")]
        found[odd.index] = [_angle(text) for text in odd]
    return np.asarray(found, dtype=float)
