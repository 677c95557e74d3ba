"""Where the name of a place is written so that it touches no other name, no plate and no border. Pure: no Django."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from shapely import box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shapely.geometry.base import BaseGeometry

FONT = 21  # height of the type in units of the drawing, as in site.css
LETTER = 0.6  # mean width of a letter of bold type, of its height
MARK = (30.0, 28.0)  # a plate's width and height
GAP = 6.0
Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Label:
    """Place of a name relative to its plate: baseline x and y, and which end of the text stands there."""

    x: int
    y: int
    anchor: Anchor


def text_width(name: str) -> float:
    """Width of a name in units of the drawing, guessed on the generous side."""
    return len(name) * FONT * LETTER


def around(x: float, y: float, width: float = MARK[0], height: float = MARK[1]) -> Box:
    """A box with its middle at x, y."""
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share any area."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass(frozen=True, slots=True)
class Place:
    """A plate that wants its name written: `border` must not be crossed, `centred` tries below and above first."""

    x: float
    y: float
    name: str
    border: BaseGeometry | None = None
    centred: bool = False


def candidates(place: Place) -> list[tuple[Label, Box]]:
    """The four places of a name in the order they are tried: right, left, below, above (centred: below first)."""
    x, y, name = place.x, place.y, place.name
    width, side, half = text_width(name), MARK[0] / 2 + GAP, FONT / 2
    below, above = MARK[1] / 2 + FONT, -(MARK[1] / 2 + GAP)
    found: list[tuple[Label, Box]] = [
        (Label(round(side), 6, "start"), (x + side, y - half, x + side + width, y + half)),
        (Label(round(-side), 6, "end"), (x - side - width, y - half, x - side, y + half)),
        (Label(0, round(below), "middle"), around(x, y + below - half + 2, width, FONT)),
        (Label(0, round(above), "middle"), around(x, y + above - half + 4, width, FONT)),
    ]
    return found[2:] + found[:2] if place.centred else found


def place_labels(places: Sequence[Place], *, size: tuple[float, float]) -> list[Label | None]:
    """A label for each place, or None where only the number fits.

    Names with the fewest free places are set first; among equals the given order decides, so the result is stable.
    """
    marks = [around(place.x, place.y) for place in places]

    def free(index: int, taken: Sequence[Box]) -> list[tuple[Label, Box]]:
        place = places[index]
        others = [mark for other, mark in enumerate(marks) if other != index] + list(taken)
        return [
            (label, spot)
            for label, spot in candidates(place)
            if spot[0] >= 0 and spot[1] >= 0 and spot[2] <= size[0] and spot[3] <= size[1]
            if not any(overlap(spot, other) for other in others)
            if place.border is None or not place.border.intersects(box(*spot))
        ]

    chosen: list[Label | None] = [None] * len(places)
    taken: list[Box] = []
    for index in sorted(range(len(places)), key=lambda index: (len(free(index, ())), index)):
        for label, spot in free(index, taken)[:1]:
            chosen[index] = label
            taken.append(spot)
    return chosen
