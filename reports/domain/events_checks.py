"""Checking a file of events, some ten thousand rows at a time as columns; every row that is not taken is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from region.clock import zone
from region.domain.imports import ImportReport, Rejection
from region.domain.places import System
from region.messages import Message, say
from region.messages import gettext_noop as _
from region.tables.chunks import LINE, SPARE
from region.wording import in_words
from reports.domain.events_columns import point_columns
from reports.domain.events_moments import REASONS, Clock, MomentReader, Moments
from reports.domain.events_places import Places, place_notes
from reports.domain.events_spellings import Spellings
from reports.domain.events_written import base_column, moment_texts
from reports.enums.events import DistrictRule, DoubledHour, LoadMode, SkippedHour, SlashOrder
from reports.models import CameraPoint

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from reports.domain.events_reading import EventTable
    from reports.models import EventRegister

LONGEST_KEY = 80
_MOST_TOLD = 20
# Numbers beyond these are not compared any more: memory stays bounded.
_MOST_KEYS = 5_000_000
_STRANGE_IN_KEY = re.compile(r"[\s\\\x00]")
_MORE_CELLS = say(_("The row has more cells than the header; is there a decimal comma without quotation marks?"))
_TOO_LONG = say(_("The text is too long."))
_NO_NUMBER = say(_("This is not a number."))
_NO_POINT = say(_("This is not a point: write it as 49.7475, 13.3776."))
_NO_PLACE = say(_("This is no place on Earth."))
_DAY_FIRST = {SlashOrder.FOUND: None, SlashOrder.DAY: True, SlashOrder.MONTH: False}
# Odd numbers by which the columns of a row are told apart in its fingerprint.
_ODD = tuple(np.uint64(number) for number in (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93,
    0xA0761D6478BD642F, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3, 0x589965CC75374CC3,
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class LoadOptions:
    """What somebody said about a file of events beside the file.

    `since` and `until` are the days that it covers (both or none): with them a month without rows is a zero, and a
    month that is not covered wholly is a part. `reason` says why published months change.
    """

    mode: LoadMode = LoadMode.APPEND
    doubled: DoubledHour = DoubledHour.FIRST
    skipped: SkippedHour = SkippedHour.REJECT
    district: DistrictRule = DistrictRule.POINT
    slashes: SlashOrder = SlashOrder.FOUND
    system: System | None = None
    since: date | None = None
    until: date | None = None
    reason: str = ""


@dataclass(slots=True)
class Checked:
    """Rows in order, as columns: months (numpy months), moments in UTC, keys and places of what they refer to."""

    month: np.ndarray
    utc: np.ndarray
    label: np.ndarray
    town: np.ndarray
    district: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    camera: np.ndarray
    key: np.ndarray
    mark: np.ndarray

    def __len__(self) -> int:
        return len(self.month)

    def only(self, rows: np.ndarray) -> Checked:
        """Some of the rows."""
        return Checked(*(getattr(self, name)[rows] for name in self.__slots__))


@dataclass(slots=True)
class _Counts:
    """What is told once at the end."""

    doubled: list[int] = field(default_factory=list)
    doubled_count: int = 0
    skipped_count: int = 0
    unknown_cameras: set[str] = field(default_factory=set)
    keys: list[np.ndarray] = field(default_factory=list)
    keys_count: int = 0
    first: date | None = None
    last: date | None = None


class Checker:
    """Goes through one file for one register; what one piece teaches holds for the next."""

    def __init__(
        self, table: EventTable, register: EventRegister, options: LoadOptions, now: datetime, report: ImportReport
    ) -> None:
        self._table, self._options, self._report = table, options, report
        self._written = table.headers.written
        clock = Clock(zone(), now, options.doubled, options.skipped)
        self._moments = MomentReader(clock, day_first=_DAY_FIRST[options.slashes])
        self.places = Places(columns=point_columns(table.headers), rule=options.district, system=options.system)
        self.spellings = Spellings(register, self._heading("label"))
        self.cameras = _cameras() if "camera_point" in table.headers.places else ([], {})
        self._own_town = self.places.town_place(register.town_id)
        self._counts = _Counts()
        self._digests = _area_digests(self.places)
        self.is_telling = True

    def check(self, frame: pd.DataFrame) -> Checked:
        """The rows of a piece that are in order. Raises `Problem` when the file as a whole cannot be what is meant."""
        lines = frame[LINE].to_numpy()
        column = base_column(frame.columns)
        texts = moment_texts(frame, column)
        moments = self._moments.read(texts)
        found = self.places.find(frame, lines)
        label, long_label = self._labels(frame)
        key, long_key = _keys(frame)
        fine = np.ones(len(frame), bool)
        self._turn_down(fine, lines, frame[SPARE].to_numpy(dtype=bool), ("", lambda _row: "", _MORE_CELLS))
        self._turn_down_moments(fine, lines, moments, (column, texts))
        where = point_columns(self._table.headers)
        if where:
            reason = _NO_NUMBER if len(where) > 1 else _NO_POINT
            self._turn_down(fine, lines, found.no_number, (where[0], _all(frame, where), reason))
            self._turn_down(fine, lines, found.no_place, (where[0], _all(frame, where), _NO_PLACE))
        self._turn_down(fine, lines, long_label, ("label", _of(frame, "label"), _TOO_LONG))
        self._turn_down(fine, lines, long_key, ("key", _of(frame, "key"), _TOO_LONG))
        town = np.where(found.town < 0, self._own_town, found.town)
        month = moments.local.astype("M8[M]")
        parts = (month, moments.utc, label, town, found.district, found.lon, found.lat, self._cameras(frame), key)
        rows = Checked(*parts, mark=np.zeros(len(month), np.uint64)).only(fine)
        rows.mark = self._marks(rows)
        self._count(rows, moments, lines, fine)
        return rows

    def finish(self) -> None:
        """Judge the whole file and tell what was counted on the way."""
        self.spellings.finish()
        report, counts = self._report, self._counts
        for message in (*self.places.notes, *place_notes(self.places.told, self._options.district)):
            report.note(message)
        self._note_clocks()
        if self.spellings.hidden:
            text = _("Texts from which what looks like a number plate, phone number or e-mail was left out: %(count)s.")
            report.note(say(text, count=self.spellings.hidden))
        if counts.unknown_cameras:
            names = ", ".join(sorted(counts.unknown_cameras)[:_MOST_TOLD])
            report.note(say(_("Camera points that are not in the register: %(names)s."), names=names))
        repeated = _repeated(counts.keys)
        if repeated:
            text = _("Numbers that stand in the file more than once: %(count)s. Every row counts as an event.")
            report.note(say(text, count=repeated))

    @property
    def span(self) -> tuple[date, date] | None:
        """First and last local day of the rows in order."""
        first, last = self._counts.first, self._counts.last
        return None if first is None or last is None else (first, last)

    def _note_clocks(self) -> None:
        counts, rule = self._counts, self._options.doubled
        if counts.doubled_count:
            lines = ", ".join(map(str, counts.doubled)) + ("…" if counts.doubled_count > len(counts.doubled) else "")
            text = {
                DoubledHour.FIRST: _(
                    "Local times that exist twice: %(count)s (rows %(lines)s). The first of the two was taken."
                ),
                DoubledHour.SECOND: _(
                    "Local times that exist twice: %(count)s (rows %(lines)s). The second of the two was taken."
                ),
            }[rule]
            self._report.note(say(text, count=counts.doubled_count, lines=lines))
        if counts.skipped_count:
            text = _("Local times that do not exist: %(count)s. They were taken for an hour later.")
            self._report.note(say(text, count=counts.skipped_count))

    def _heading(self, column: str) -> str:
        return self._written.get(column, column)

    def _labels(self, frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        if "label" not in frame:
            return np.zeros(len(frame), np.int64), np.zeros(len(frame), bool)
        return self.spellings.keys(frame["label"])

    def _cameras(self, frame: pd.DataFrame) -> np.ndarray:
        """Places of camera points by their codes; -1 for none."""
        if "camera_point" not in frame:
            return np.full(len(frame), -1, np.int32)
        codes, texts = frame["camera_point"].factorize()
        known = self.cameras[1]
        self._counts.unknown_cameras.update(str(text) for text in texts if text and str(text) not in known)
        return np.array([*(known.get(str(text), -1) for text in texts), -1], np.int32)[codes]

    def _turn_down_moments(
        self, fine: np.ndarray, lines: np.ndarray, moments: Moments, told: tuple[str, np.ndarray]
    ) -> None:
        column, texts = told
        for fault, reason in REASONS.items():
            wrong = moments.fault == fault
            self._turn_down(fine, lines, wrong, (column, lambda row: str(texts[row]), reason))

    def _turn_down(
        self, fine: np.ndarray, lines: np.ndarray, wrong: np.ndarray, told: tuple[str, Callable[[int], str], Message]
    ) -> None:
        """Report rows that are not taken, each for the first thing that is wrong with it."""
        rows = np.flatnonzero(wrong & fine)
        fine[rows] = False
        if not len(rows) or not self.is_telling:
            return
        column, value, reason = told
        heading, text = self._heading(column), in_words(reason)
        for row in rows.tolist():
            self._report.reject(Rejection(int(lines[row]), heading, value(row), text))

    def _marks(self, rows: Checked) -> np.ndarray:
        """A number for each row made of everything that is stored of it."""
        import pandas as pd

        towns, districts = self._digests
        label = np.zeros(len(rows), np.uint64)
        digests = self.spellings.digests()
        for key in np.unique(rows.label).tolist():
            label[rows.label == key] = digests.get(key, 0)
        cameras = rows.camera.astype(np.int64).astype(np.uint64)
        keys = pd.util.hash_array(rows.key, categorize=False) if len(rows) else label
        lon, lat = rows.lon.copy().view(np.uint64), rows.lat.copy().view(np.uint64)
        utc = rows.utc.astype(np.int64).astype(np.uint64)
        parts = (utc, label, towns[rows.town], districts[rows.district], lon, lat, cameras, keys)
        mixed = np.zeros(len(rows), np.uint64)
        for odd, part in zip(_ODD, parts, strict=True):
            mixed = (mixed ^ part) * odd
            mixed ^= mixed >> np.uint64(29)
        return mixed

    def _count(self, rows: Checked, moments: Moments, lines: np.ndarray, fine: np.ndarray) -> None:
        if not self.is_telling:
            return
        counts = self._counts
        doubled = moments.doubled & fine
        counts.doubled_count += int(doubled.sum())
        counts.doubled += lines[doubled][: max(0, _MOST_TOLD - len(counts.doubled))].tolist()
        counts.skipped_count += int((moments.skipped & fine).sum())
        self._remember_keys(rows.key)
        if len(rows):
            days = moments.local[fine].astype("M8[D]")
            first, last = days.min().item(), days.max().item()
            counts.first = first if counts.first is None else min(counts.first, first)
            counts.last = last if counts.last is None else max(counts.last, last)

    def _remember_keys(self, keys: np.ndarray) -> None:
        import pandas as pd

        counts = self._counts
        if len(keys) and counts.keys_count < _MOST_KEYS:
            told = keys[keys != ""]
            counts.keys.append(pd.util.hash_array(told, categorize=False))
            counts.keys_count += len(told)


def _keys(frame: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Numbers in the register and which of them are too long; spaces and signs that no number has are taken out."""
    if "key" not in frame:
        return np.full(len(frame), "", dtype=object), np.zeros(len(frame), bool)
    keys = frame["key"].to_numpy(dtype=object)
    if _STRANGE_IN_KEY.search("".join(keys)):
        keys = np.array([_STRANGE_IN_KEY.sub(" ", key).strip() for key in keys], dtype=object)
    return keys, np.fromiter(map(len, keys), np.int64, len(keys)) > LONGEST_KEY


def _cameras() -> tuple[list[object], dict[str, int]]:
    """Keys of camera points, and their places in that list by their codes."""
    rows = list(CameraPoint.objects.order_by("code").values_list("pk", "code"))
    return [key for key, _code in rows], {code: place for place, (_key, code) in enumerate(rows)}


def _area_digests(places: Places) -> tuple[np.ndarray, np.ndarray]:
    """Numbers for towns and districts that do not depend on their keys; the last one stands for none."""
    import pandas as pd

    towns = [town.code for town in places.towns]
    districts = [f"{towns[district.town]}/{district.code}" for district in places.districts]
    made = [np.append(pd.util.hash_array(np.array(names, object), categorize=False), 0) for names in (towns, districts)]
    return made[0].astype(np.uint64), made[1].astype(np.uint64)


def _repeated(hashes: list[np.ndarray]) -> int:
    """How many numbers stand more than once."""
    if not hashes:
        return 0
    _numbers, counts = np.unique(np.concatenate(hashes), return_counts=True)
    return int((counts > 1).sum())


def _of(frame: pd.DataFrame, column: str) -> Callable[[int], str]:
    return lambda row: str(frame[column].iloc[row])


def _all(frame: pd.DataFrame, columns: Sequence[str]) -> Callable[[int], str]:
    return lambda row: "; ".join(str(frame[name].iloc[row]) for name in columns)
