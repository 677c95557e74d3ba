"""Writing checked rows by the million: COPY on PostgreSQL, beside the checking of the next piece; SQLite in bulk."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from math import isnan
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from django.db import connection

from region.sql_names import quoted, table_name
from reports.models import InterventionEvent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reports.domain.events_checks import Checked, Checker

_COLUMNS = (
    "month_id", "moment", "label_id", "town_id", "district_id", "lon", "lat", "camera_point_id", "key",
)  # fmt: skip
_NONE = "\\N"
_DAY = 86_400


class EventWriter:
    """Takes pieces one after the other; `wait` before any other statement, and leaving it waits for the last."""

    def __init__(self, checker: Checker) -> None:
        self._places, self._cameras = checker.places, checker.cameras[0]
        self._pool = ThreadPoolExecutor(1) if connection.vendor == "postgresql" else None
        self._waiting: Future[None] | None = None
        self._towns = [town.key for town in self._places.towns]
        self._districts = [district.key for district in self._places.districts]

    def __enter__(self) -> Self:
        if self._pool:
            # Otherwise the database would remember every row until the end of the transaction, to check it then.
            _execute("SET CONSTRAINTS ALL IMMEDIATE")
        return self

    def __exit__(self, failure: type[BaseException] | None, *_rest: object) -> None:
        try:
            if failure is None:
                self.wait()
        finally:
            if self._pool:
                self._pool.shutdown()
        if self._pool and failure is None:
            _execute("SET CONSTRAINTS ALL DEFERRED")

    def wait(self) -> None:
        """Until the last piece is in the database; raises what went wrong with it."""
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            waiting.result()

    def write(self, rows: Checked, months: Mapping[int, int]) -> None:
        """Write a piece; `months` are keys by numbers of months."""
        if not len(rows):
            return
        if self._pool is None:
            self._insert(rows, months)
            return
        data = self._lines(rows, months)
        self.wait()
        cursor: Any = connection.cursor()
        self._waiting = self._pool.submit(_copy, cursor.cursor, data)

    def _lines(self, rows: Checked, months: Mapping[int, int]) -> bytes:
        """The rows as COPY reads them."""
        columns = (
            _taken(rows.month.astype(np.int64), {month: str(key) for month, key in months.items()}),
            _moment_words(rows.utc),
            _taken(rows.label, {0: _NONE}, str),
            _picked(self._towns, rows.town),
            _picked(self._districts, rows.district),
            _number_words(rows.lon),
            _number_words(rows.lat),
            _picked(self._cameras, rows.camera),
            rows.key.tolist(),
        )
        return ("\n".join(map("\t".join, zip(*columns, strict=True))) + "\n").encode()

    def _insert(self, rows: Checked, months: Mapping[int, int]) -> None:
        towns, districts, cameras = (
            np.array([*(_stored(name, key) for key in keys), None], dtype=object)
            for name, keys in (
                ("town", self._towns), ("district", self._districts), ("camera_point", self._cameras),
            )
        )  # fmt: skip
        columns = (
            [months[month] for month in rows.month.astype(np.int64).tolist()],
            _moment_words(rows.utc, seconds=_TIMES_SPACED),
            [key or None for key in rows.label.tolist()],
            towns[rows.town].tolist(),
            districts[rows.district].tolist(),
            _numbers(rows.lon),
            _numbers(rows.lat),
            cameras[rows.camera].tolist(),
            rows.key.tolist(),
        )
        names = ", ".join(quoted(name) for name in _COLUMNS)
        marks = ", ".join("%s" for _name in _COLUMNS)
        statement = " ".join(("INSERT INTO", table_name(InterventionEvent), "(", names, ") VALUES (", marks, ")"))
        with connection.cursor() as cursor:
            rows_of_values: Any = zip(*columns, strict=True)
            cursor.executemany(statement, rows_of_values)


def copy_statement() -> str:
    """How rows are copied into the table of events."""
    names = ", ".join(quoted(name) for name in _COLUMNS)
    return f"COPY {table_name(InterventionEvent)} ({names}) FROM STDIN"


def _copy(cursor: Any, data: bytes) -> None:
    with cursor, cursor.copy(copy_statement()) as copy:
        copy.write(data)


def _stored(name: str, key: object) -> Any:
    """A key as the database keeps it."""
    field: Any = InterventionEvent._meta.get_field(name)
    return field.get_db_prep_value(key, connection)


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


_TIMES = np.array([f"T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z" for second in range(_DAY)], object)
_TIMES_SPACED = np.array([f" {text[1:-1]}" for text in _TIMES], object)


def _moment_words(utc: np.ndarray, seconds: np.ndarray = _TIMES) -> list[str]:
    """Moments in ISO form, put together from words for days and for times of day."""
    number = utc.astype("M8[s]").astype(np.int64)
    days, place = np.unique(number // _DAY, return_inverse=True)
    words = np.datetime_as_string(days.astype("M8[D]")).astype(object)
    made: list[str] = (words[place] + seconds[number % _DAY]).tolist()
    return made


def _number_words(numbers: np.ndarray) -> list[str]:
    return [_NONE if isnan(number) else f"{number:.6f}" for number in numbers.tolist()]


def _numbers(numbers: np.ndarray) -> list[float | None]:
    return [None if isnan(number) else number for number in numbers.tolist()]


def _taken(numbers: np.ndarray, words: Mapping[int, str], make: Any = None) -> list[str]:
    """A word for each number."""
    different, place = np.unique(numbers, return_inverse=True)
    told = [words[number] if number in words else make(number) for number in different.tolist()]
    taken: list[str] = np.array(told, dtype=object)[place].tolist()
    return taken


def _picked(keys: Sequence[object], places: np.ndarray) -> list[str]:
    """Keys by their places; -1 is the last: none."""
    picked: list[str] = np.array([*map(str, keys), _NONE], dtype=object)[places].tolist()
    return picked
