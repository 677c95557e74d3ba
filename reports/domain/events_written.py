"""When each event was, put together as one text: of one column, of day and time, or of year, month and day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from region.tables.moments_in_words import tidy_time

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import pandas as pd

# A day that a program wrote as a moment at midnight, when the time stands beside it.
_MIDNIGHT = re.compile(r"[T ]+(?:0{1,2}:00|12:00(?=\S* AM))(?::00(?:\.0+)?)?(?: AM)?(?:Z|[+-]00(?::?00)?)?$")


def base_column(columns: Collection[str]) -> str:
    """The column that says when; "" when none does. A year needs a month, a month may stand alone ("2024-03")."""
    if {"year", "month"} <= {*columns} and not {"moment", "date"} & {*columns}:
        return "month"
    return next((name for name in ("moment", "date", "day", "month") if name in columns), "")


def moment_texts(frame: pd.DataFrame, column: str) -> np.ndarray:
    """Texts of moments; `column` is the one that `base_column` tells."""
    if column == "moment" or (column in ("date", "day") and "time" not in frame):
        return np.asarray(frame[column].to_numpy(dtype=object))
    days = _each(frame[column], lambda text: _MIDNIGHT.sub("", text))
    if column == "month" and "year" in frame:
        days = _joined(frame, days)
    if "time" not in frame:
        return days
    times = _times(frame)
    return np.asarray(np.where((days == "") | (times == ""), days, days + " " + times), dtype=object)


def _joined(frame: pd.DataFrame, months: np.ndarray) -> np.ndarray:
    """Year, month (a number or a word) and perhaps day as one date."""
    years = frame["year"].to_numpy(dtype=object)
    days = frame["day"].to_numpy(dtype=object) if "day" in frame else np.full(len(frame), "1", dtype=object)
    numbers = np.array([month.isdigit() for month in months], dtype=bool)
    whole = (years != "") & (months != "") & (days != "")
    told = np.where(numbers, years + "-" + months + "-" + days, days + " " + months + " " + years)
    return np.asarray(np.where(whole, told, ""), dtype=object)


def _times(frame: pd.DataFrame) -> np.ndarray:
    """Times of day; minutes may have a column of their own beside hours."""
    if "minute" not in frame:
        return _each(frame["time"], tidy_time)
    hours, minutes = (frame[name].to_numpy(dtype=object) for name in ("time", "minute"))
    told = [f"{hour}:{minute or '0':0>2}" if hour else "" for hour, minute in zip(hours, minutes, strict=True)]
    return np.array(told, dtype=object)


def _each(column: pd.Series[str], change: Callable[[str], str]) -> np.ndarray:
    """A column with each different text changed once."""
    codes, texts = column.factorize()
    changed = [change(str(text)) for text in texts]
    return np.array([*changed, ""], dtype=object)[codes]
