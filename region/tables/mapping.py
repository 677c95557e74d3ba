"""How files of one kind are read, to be taken again for the next such file: columns by their headings, not places.

A heading is known by its words alone; a year in it may be another one ("obyv_2020", "obyv_2021"), and of two columns
with the same heading the second is the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from region.tables.looking import Look, SeenColumn
from region.tables.reading import Options
from region.tables.values import folded

_YEAR = re.compile(r"(?<![0-9])(?:18|19|20|21)[0-9]{2}(?![0-9])")
_CUT = ("encoding", "separator", "sheet", "header_row", "header_depth")


@dataclass(frozen=True, slots=True)
class Fit:
    """A kept way of reading, tried on a file: how it is read so, and the headings (or the sheet) that it lacks."""

    reading: Options
    missing: tuple[str, ...]
    is_same: bool


def heading_keys(columns: Sequence[SeenColumn]) -> dict[str, int]:
    """Places of the columns by what their headings are known by."""
    seen: Counter[str] = Counter()
    found = {}
    for column in columns:
        words = _YEAR.sub("#", folded(column.heading))
        seen[words] += 1
        found[words if seen[words] == 1 else f"{words} ({seen[words]})"] = column.place
    return found


def kept_reading(reading: Options, look: Look) -> dict[str, Any]:
    """What is kept of how a file is read: the corrections, and each of our columns with its heading."""
    keys = {place: key for key, place in heading_keys(look.columns).items()}
    headings = {column.place: column.heading for column in look.columns}
    columns = {name: [keys[place], headings[place]] for name, place in look.places.items()}
    return {**{name: getattr(reading, name) for name in _CUT}, "columns": columns}


def kept_headings(look: Look) -> list[str]:
    """What the next such file is known by."""
    return sorted(heading_keys(look.columns))


def cut_of(kept: Mapping[str, Any]) -> Options:
    """How a file is cut into rows and columns, without saying which column is which."""
    return Options(ignore_unknown=True, **{name: kept[name] for name in _CUT if kept.get(name)})


def fit(kept: Mapping[str, Any], headings: Sequence[str], look: Look) -> Fit:
    """A kept way of reading on a file that was looked at: our columns at the places where their headings stand now."""
    keys = heading_keys(look.columns)
    columns: Mapping[str, Sequence[str]] = kept.get("columns", {})
    places = {name: keys[key] for name, (key, _heading) in columns.items() if key in keys}
    found = look.recognised
    reading = Options(
        encoding=look.encoding,
        separator=look.separator,
        sheet=found.sheet,
        header_row=found.header_row,
        header_depth=look.header_depth,
        places=places,
        ignore_unknown=True,
    )
    missing = [heading for name, (_key, heading) in columns.items() if name not in places]
    sheet = kept.get("sheet", "")
    if sheet and len(look.sheets) > 1 and sheet not in look.sheets:
        # Another sheet may hold another region's numbers under the same headings.
        missing.append(sheet)
    return Fit(reading, tuple(missing), sorted(keys) == list(headings))
