"""Scales: round ticks, and where a value lies on a drawing whose width is known in per cent only. Pure: no Django."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from reports.charts.svg import text_width

TICK = 14  # height of the type of ticks
GAP = 14  # pixels between two ticks' texts
LARGEST, SMALLEST = 1e100, 1e-12
# Pixels from which on what is marked as wide is shown (chart.css); words take at most so much of the width.
WIDE, MOST_ROOM = 640, 0.76
STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def _step(reach: float, parts: int, *, whole: bool) -> float:
    """The round step that goes at most `parts` times into a reach; of `whole` things 1, 2 or 5, never 2.5."""
    rough = max(reach / max(parts, 1), 1.0 if whole else 0.0)
    power = 10.0 ** floor(log10(rough))
    steps = (step * power for step in STEPS if not (whole and step * power % 1))
    return next(step for step in steps if step >= rough * (1 - 1e-9))


def round_ticks(low: float, high: float, parts: int, *, whole: bool = False) -> list[float]:
    """Round values from at most `low` to at least `high`, about `parts` steps; zero stands alone where all are zero."""
    reach = high - low
    if reach < SMALLEST:
        return [low]
    step = _step(reach, parts, whole=whole)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(index * step, 12) for index in range(first, last + 1)]


@dataclass(frozen=True, slots=True)
class Room:
    """Pixels beside a scale that its words take: on any drawing, and on a wide one, where more of them are shown."""

    narrow: float = 0.0
    wide: float = 0.0


@dataclass(frozen=True, slots=True)
class Need:
    """What a value wants right of its mark, in pixels: always, and on a wide drawing."""

    value: Decimal
    narrow: float
    wide: float


@dataclass(frozen=True, slots=True)
class Span:
    """Values from `low` to `high` laid on the whole width of the plot, beside which `room` is kept for words."""

    low: float
    high: float
    ticks: tuple[float, ...]
    room: Room

    def at(self, value: Decimal | float) -> float:
        """Where a value lies, in per cent of the plot's width."""
        reach = self.high - self.low
        share = (real(value) - self.low) / reach if reach > 0 else 0.0
        return min(max(share, 0.0), 1.0) * 100

    @property
    def zero(self) -> float:
        """Where bars begin."""
        return self.at(0)


@dataclass(frozen=True, slots=True)
class Ticks:
    """Where round values stand on a scale, and how they are written."""

    at: Callable[[float, float], list[float]]
    text: Callable[[float], str]


def real(value: Decimal | float) -> float:
    """A value as a float that can be reckoned with, however large it is written."""
    return min(max(float(value), -LARGEST), LARGEST)


def extent(values: Iterable[Decimal]) -> tuple[float, float]:
    """Least and greatest value, with a true zero between or at the end of them."""
    found = [0.0, *map(real, values)]
    return min(found), max(found)


def span_for(
    needs: Sequence[Need],
    bounds: tuple[float, float],
    *,
    width: float,
    left: float,
    ticks: Ticks,
) -> Span:
    """A span beside which every text at its value has room.

    It ends at the greatest value and not at the next round one, so that bars use the room there is. `width` is that of
    the narrowest drawing, `left` what names take of it.
    """
    low, high = bounds
    reach = high - low
    shares = [((real(need.value) - low) / reach if reach > 0 else 0.0, need) for need in needs]
    narrow = max([left, *(_room(share, need.narrow, width, left) for share, need in shares)])
    wide = max([left, *(_room(share, need.wide, max(width, WIDE), left) for share, need in shares)])
    room = Room(min(narrow, width * MOST_ROOM), min(max(narrow, wide), max(width, WIDE) * MOST_ROOM))
    within = [tick for tick in ticks.at(low, high) if low <= tick <= high]
    return Span(low, high, fitting(within or [low], width - room.narrow, ticks.text), room)


def _room(share: float, wanted: float, width: float, left: float) -> float:
    """Pixels beside the plot, so that the words of a value at this share of the plot end within the width."""
    return width - (width - left - wanted) / share if share > 0.02 else left


def fitting(ticks: Sequence[float], room: float, tick_text: Callable[[float], str]) -> tuple[float, ...]:
    """Every tick, or as many as stand side by side within `room` pixels; zero is always among them."""
    wanted = max(text_width(tick_text(tick), TICK) for tick in ticks) + GAP
    every = 1
    while len(ticks) > 2 and room / max((len(ticks) - 1) / every, 1e-9) < wanted and every < len(ticks):
        every += 1
    anchor = ticks.index(0.0) if 0.0 in ticks else 0
    return tuple(tick for index, tick in enumerate(ticks) if (index - anchor) % every == 0)
