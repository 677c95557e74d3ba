"""Words of a table for the translator: wagtail-localize does not know Wagtail's tables by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from wagtail_localize.segments import StringSegmentValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def _places(table: Any) -> Iterator[tuple[str, str]]:
    yield "caption", table.caption
    for number, column in enumerate(table.columns):
        yield f"column-{number}", column["heading"]
    for row_number, row in enumerate(table.row_data):
        for number, (column, cell) in enumerate(zip(table.columns, row["values"], strict=True)):
            if column["block"].name == "text":
                yield f"cell-{row_number}-{number}", cell


def cell_segments(table: Any) -> list[Any]:
    """Every word of the table that reads differently in another language; empty places are left out."""
    return [StringSegmentValue(place, words) for place, words in _places(table) if words]


def with_cells(table: Any, segments: Iterable[Any]) -> Any:
    """The same table with the words of ``segments`` put into their places."""
    for segment in segments:
        _put(table, segment.path, segment.render_text())
    return table


def _put(table: Any, place: str, words: str) -> None:
    kind, *numbers = place.split("-")
    where = [int(number) for number in numbers]
    if kind == "caption":
        table.caption = words
    elif kind == "column":
        table.columns[where[0]]["heading"] = words
    else:
        table.row_data[where[0]]["values"][where[1]] = words
