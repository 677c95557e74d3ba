"""A drawing that grows downwards: x in per cent, y in pixels, so that text keeps its size at any width."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from region.chart import Chart, ChartKind
from reports.charts.looks import Fills, missing_kinds, missing_sign, notch, small, statuses
from reports.charts.scale import TICK, Need, Room, round_ticks
from reports.charts.svg import Markup, clean, element, percent, plain, text, text_width, wrapped
from reports.charts.words import PRECISION_SIGNS, Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from region.chart import Break, Point, PointStatus
    from reports.charts.scale import Span

TEXT = 16
LINE, SMALL_LINE = 20, 18  # from one line of text to the next
LONGEST_NUMBER = 140  # pixels
VALUE_GAP, MARK = 10, 6  # pixels before a value, half of a dot's mark
YEAR = 10  # names of at most so many letters are set large


@dataclass(frozen=True, slots=True)
class Size:
    """For what room a drawing is made: pixels that are there at least, or exactly where it is `fixed`."""

    width: float
    compact: bool = False
    fixed: bool = False


# A page on a phone of 320 pixels, a card on it.
PAGE, CARD = Size(288), Size(232, compact=True)


@dataclass(frozen=True, slots=True)
class Key:
    """One entry of the key: a swatch (markup) and its words."""

    swatch: str
    words: str

    @property
    def markup(self) -> Markup:
        """The swatch for a template."""
        return Markup(small(self.swatch))


@dataclass(slots=True)
class Sheet:
    """What is drawn so far, and down to where."""

    chart: Chart
    words: Words
    ident: str
    size: Size = PAGE
    y: float = 0.0
    left: float = 0.0  # pixels taken by names on the left of the plot
    kept: Room | None = None  # pixels beside the plot, those on the left among them
    parts: list[str] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    fills: Fills = field(init=False)
    # Maps have a view box instead of percentages, and may hold links.
    view: tuple[float, float] | None = None
    linked: bool = False

    def __post_init__(self) -> None:
        self.fills = Fills(self.ident)

    @property
    def compact(self) -> bool:
        """Whether there is room for the essential only."""
        return self.size.compact

    @property
    def width(self) -> float:
        """Pixels that are there at least."""
        return self.size.width

    @property
    def room(self) -> float:
        """Pixels that are there at least beside the names on the left."""
        return self.width - self.left

    def add(self, *markup: str) -> None:
        """Draw on."""
        self.parts.extend(markup)

    def number(self, value: Decimal) -> str:
        """A number as it is written at its mark: in full, unless that would leave no room for the mark."""
        full = self.words.number(value, self.chart.decimals)
        return full if text_width(full, TEXT) <= LONGEST_NUMBER else self.words.short(value)

    def value(self, point: Point) -> str:
        """A value with the sign of its precision, or the word for why there is none."""
        if point.value is None:
            return self.words.value(point, 0)
        return PRECISION_SIGNS.get(point.precision, "") + self.number(point.value)

    def ticks(self, low: float, high: float, parts: int = 4) -> list[float]:
        """Round values on a scale; whole ones where only whole things are counted."""
        return round_ticks(low, high, parts, whole=self.chart.decimals == 0)

    def tick(self, value: float) -> str:
        """A round value as it is written at the axis."""
        return self.words.short(Decimal(repr(value)))


def need_of(sheet: Sheet, point: Point, end: Decimal, *, name: str = "", beside: tuple[float, float] = (0, 0)) -> Need:
    """What the words right of a value take, with what else stands `beside` them: always, and on a wide drawing."""
    words = room_of(sheet, point, name)
    return Need(end, words + beside[0], words + max(beside))


def room_of(sheet: Sheet, point: Point, extra: str = "") -> float:
    """Pixels that the words right of a value take."""
    tail = text_width(extra, TEXT) + 8 if extra else 0
    return text_width(sheet.value(point), TEXT, bold=True) + VALUE_GAP + 6 + tail


def value_label(sheet: Sheet, point: Point, place: tuple[float, float], *, extra: str = "", wide: str = "") -> str:
    """The value right of where its mark ends (per cent and pixels), with what belongs to it in a quieter type."""
    tail = "".join(
        element("tspan", clean(words), class_=kind, dx=8)
        for words, kind in ((wide, "soft wide"), (extra, "soft"))
        if words
    )
    struck = " st" if point.status.value == "withdrawn" else ""
    gap = VALUE_GAP + (MARK if sheet.chart.kind is ChartKind.DOTS else 0)
    content = clean(sheet.value(point)) + tail
    return element("text", content, class_=f"val{struck}", x=percent(place[0]), y=place[1], dx=gap)


def top_axis(sheet: Sheet, span: Span) -> int:
    """Ticks above a horizontal scale; gives the place for their lines, drawn once the height is known."""
    if sheet.compact or len(span.ticks) < 2:
        sheet.y = max(sheet.y, 4)
        return len(sheet.parts)
    for tick in span.ticks:
        at = span.at(tick)
        sheet.add(text(sheet.tick(tick), class_="tick" if at <= 1 else "tick mid", x=percent(at), y=TICK))
    sheet.y = 24
    return len(sheet.parts)


def grid_behind(sheet: Sheet, span: Span, place: int, top: float) -> None:
    """Lines of the ticks and the axis at zero, behind everything drawn since `place`."""
    lines = []
    for tick in span.ticks if not sheet.compact else ():
        if tick:
            at = percent(span.at(tick))
            lines.append(element("line", class_="grid", x1=at, x2=at, y1=top, y2=sheet.y))
    zero = percent(span.at(0))
    lines.append(element("line", class_="axis", x1=zero, x2=zero, y1=top, y2=sheet.y))
    sheet.parts[place:place] = lines


def has_large_names(sheet: Sheet) -> bool:
    """Whether the names of all categories are short enough to be set large, as years are."""
    return not sheet.compact and all(len(name) <= YEAR for name in sheet.chart.categories)


def heading(sheet: Sheet, name: str, remark: str = "", *, large: bool = True) -> None:
    """Name of a category above its marks, with what is said of all of them; long ones go on below."""
    big = large and has_large_names(sheet)
    room = sheet.width - 12
    lines = [name] if big else wrapped(name, room, TEXT, bold=True)
    used = text_width(lines[-1], 21 if big else TEXT, bold=True) if lines else 0
    beside = bool(remark) and used + text_width(remark, TICK) + 20 <= room
    sheet.y += 24 if big else LINE
    first = sheet.y
    tail = element("tspan", clean(remark), class_="rem", dx=10) if beside else ""
    spans = [element("tspan", clean(line), x=8, dy=LINE if index else None) for index, line in enumerate(lines)]
    sheet.y = first + LINE * (len(lines) - 1)
    sheet.add(element("text", "".join(spans) + tail, class_="yr" if big else "cat", x=8, y=first))
    if remark and not beside:
        remarks(sheet, remark)


def remarks(sheet: Sheet, remark: str) -> None:
    """Quiet lines under what they are about."""
    for line in wrapped(remark, sheet.room - 12, TICK):
        sheet.y += SMALL_LINE
        sheet.add(text(line, class_="rem", x=8, y=sheet.y))


def missing_row(sheet: Sheet, point: Point, y: float, name: str = "") -> None:
    """In the place of a bar: sign and words of why there is none; `y` is the middle of the row."""
    words = sheet.value(point) + (f" · {name}" if name else "")
    sheet.add(missing_sign(point.missing, 8, y) if point.missing else "")
    room = sheet.room - 44
    shown = sheet.value(point) if text_width(words, TEXT) > room else words
    sheet.add(text(shown, class_="soft", x=36, y=y + 5.5))


def plotted(sheet: Sheet, room: Room) -> None:
    """Everything drawn so far becomes the plot, right of the names on its left and with room kept beside it."""
    sheet.kept = room
    if sheet.left:
        sheet.parts[:] = [element("g", "".join(sheet.parts), transform=f"translate({plain(sheet.left)} 0)")]


def break_row(sheet: Sheet, broken: Break) -> None:
    """A dashed line across: from here on something else is counted."""
    sheet.y += 14
    sheet.add(element("line", class_="brk", x1=0, x2="100%", y1=sheet.y, y2=sheet.y))
    if not sheet.compact:
        sheet.y += 2
        remarks(sheet, broken.text)
    sheet.y += 4


def whisker(low: float, high: float, y: float, reach: float = 6) -> str:
    """The line of an interval with an end at both sides, in per cent of the width."""
    start, end = percent(low), percent(high)
    # Over a bar the line stands on a lighter one.
    return element("line", class_="wh", x1=start, x2=end, y1=y, y2=y) + "".join(
        element("line", class_=kind, x1=one, x2=other, y1=y - up, y2=y + up)
        for kind, one, other, up in (
            ("wh", start, start, reach + 1),
            ("gap", start, end, 0),
            ("gap", start, start, reach),
            ("gap", end, end, reach),
        )
    )


def at_percent(at: float, y: float, content: str) -> str:
    """Things drawn in pixels from a place given in per cent."""
    return element("svg", content, x=percent(at), y=y, overflow="visible")


def corrected_notch(at: float, y: float, height: float) -> str:
    """The sign of a corrected bar, just before its end."""
    return at_percent(at, y, notch(-6, 0, height))


def sign_keys(sheet: Sheet) -> None:
    """Entries of the key for kinds of missing that a drawing shows by their sign alone."""
    for kind in missing_kinds(sheet.chart):
        sign = element("g", missing_sign(kind, -10, 0), transform="translate(9 9) scale(.85)")
        sheet.keys.append(Key(sign, sheet.words.missing[kind]))


def state_keys(sheet: Sheet, swatch: Callable[[int, PointStatus], str] | None = None) -> None:
    """Entries of the key for what is drawn unlike final values, as bars or as another swatch says."""
    for status in statuses(sheet.chart):
        sheet.keys.append(Key((swatch or sheet.fills.swatch)(0, status), sheet.words.status[status]))
    if any(point.low is not None for series in sheet.chart.series for point in series.points):
        sign = '<path class="gap" d="M2 9h14M2 4v10M16 4v10"/>'
        sheet.keys.append(Key(sign, sheet.words.interval))
