"""Charts of the gallery: every kind, with every state that a value can have. Invented, but for the one of Kraków."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from region.chart import (
    Area,
    Break,
    Chart,
    ChartKind,
    Missing,
    Point,
    PointStatus,
    Precision,
    Series,
    Source,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

D = Decimal
YEARS = ("2023", "2024", "2025")
ANSWER = Source(
    "Answer to an interpellation on cameras",
    "City of Kraków",
    "December 2025",
    quotes=("W roku 2023 (…) 7 208 interwencji, w 2024 r. było to 8 489",),
)
SITE = Source("The city's page about cameras", "City of Kraków", "2025", url="#charts", page="p. 1")


def points(*values: int | str | Point | Missing) -> tuple[Point, ...]:
    """Points of plain numbers, ready points and kinds of missing."""
    return tuple(_point(value) for value in values)


def _point(value: int | str | Point | Missing) -> Point:
    if isinstance(value, Point):
        return value
    return Point(missing=value) if isinstance(value, Missing) else Point(D(value))


def ranged(value: str, low: str, high: str, status: PointStatus = PointStatus.FINAL) -> Point:
    """A value with its interval."""
    return Point(D(value), status=status, low=D(low), high=D(high))


PART = Point(D(8956), status=PointStatus.PART, note="counted to a day between 3 and 15 December")


def grouped() -> Chart:
    """Two sources that disagree, and a year that is not over."""
    return Chart(
        "interventions",
        "In 2024, cameras led to 13–18 % more interventions than the year before",
        ChartKind.GROUPED,
        YEARS,
        (
            Series("Answer to an interpellation, December 2025", points(7208, 8489, PART), "interpellation", 0),
            Series("The city's website, 2025", points(7500, 8480, Missing.UNKNOWN), "city website", 1),
        ),
        "Interventions in a year",
        "Year",
        sources=(ANSWER, SITE),
        note="Do not compare 2025 with whole years.",
        shows_difference=True,
    )


def bars() -> Chart:
    """Every state of one value."""
    states = (
        ("Final", Point(D(420))),
        ("Provisional", Point(D(390), status=PointStatus.PROVISIONAL)),
        ("Not over", Point(D(310), status=PointStatus.PART, note="January to August")),
        ("Corrected", Point(D(350), status=PointStatus.CORRECTED, note="250 until 3 March 2025")),
        ("Withdrawn", Point(D(280), status=PointStatus.WITHDRAWN)),
        ("Approximate", Point(D(300), precision=Precision.APPROXIMATE)),
        ("At least", Point(D(220), precision=Precision.AT_LEAST)),
        ("Rounded", Point(D(400), precision=Precision.ROUNDED)),
        ("With an interval", ranged("260", "210", "330")),
        ("A true zero", Point(D(0))),
        *((f"Missing {number}", Point(missing=kind)) for number, kind in enumerate(Missing, start=1)),
    )
    return Chart(
        "states",
        "A zero is a value, and nothing is not a zero",
        ChartKind.BARS,
        tuple(name for name, _ in states),
        (Series("Count", tuple(point for _, point in states)),),
        "Things counted",
        "State",
        how="sums of four registers, without those that stand in two.",
    )


def change() -> Chart:
    """Growth and decline."""
    names = ("Theft", "Damage to property and graffiti on public buildings and monuments", "Traffic", "Noise", "Fire")
    return Chart(
        "change",
        "Theft fell by a fifth, noise rose by a third",
        ChartKind.BARS,
        names,
        (Series("Change", points("-20.5", "-3.2", 0, "33.4", Missing.NOT_APPLICABLE)),),
        "Change from 2023 to 2024 in per cent",
        "Kind",
        decimals=1,
    )


def years() -> Chart:
    """Many short names stand beside their bars; the method changes once."""
    values = [310, 322, 298, 341, 360, 377, 402, 388, 301, 312, 340, 351, 0, 367, 371]
    return Chart(
        "years",
        "Since 2016 offences are counted once for each file",
        ChartKind.BARS,
        tuple(str(2008 + place) for place in range(15)),
        (Series("Offences", points(*values)),),
        "Offences in a year",
        "Year",
        breaks=(Break(8, "counted by files and no longer by offences"),),
    )


def lines() -> Chart:
    """A line with a band, a gap, a break and an incomplete year."""
    first = [ranged(str(value), str(value - 5), str(value + 6)) for value in (41, 44, 47, 52, 50, 55, 58)]
    rows = points(*first[:3], Missing.UNKNOWN, *first[4:], Point(D(61), status=PointStatus.PART))
    return Chart(
        "feeling",
        "More people feel safe after dark than ten years ago",
        ChartKind.LINES,
        tuple(f"spring {year}" for year in range(2017, 2025)),
        (
            Series("After dark", rows),
            Series("By day", points(81, 80, 83, 84, 82, 85, 84, 86), "By day"),
        ),
        "People who feel rather or very safe, per cent",
        "Wave",
        breaks=(Break(5, "asked on the web as well as at the door"),),
    )


def many_lines() -> Chart:
    """Eight series whose labels would fall upon each other."""
    names = ("Theft", "Damage", "Violence", "Traffic", "Noise", "Fire", "Alcohol", "Abandoned cars and waste")
    rows = [
        Series(name, points(*(120 + 9 * place + (year * (7 - place * 2)) % 40 for year in range(14))))
        for place, name in enumerate(names)
    ]
    return Chart("kinds", "All kinds rose alike", ChartKind.LINES, tuple(str(y) for y in range(2010, 2024)),
                 tuple(rows), "Offences in a year", "Year")  # fmt: skip


def dots() -> Chart:
    """Growth by source."""
    return Chart(
        "growth",
        "Growth was between 13.1 and 17.8 per cent",
        ChartKind.DOTS,
        ("2023 to 2024", "2024 to 2025"),
        (
            Series("The city's website", points("13.1", Missing.NOT_APPLICABLE), "website", 1),
            Series(
                "Answer to an interpellation",
                points(ranged("17.8", "15.5", "19"), Missing.NOT_APPLICABLE),
                "answer",
                0,
            ),
        ),
        "Growth in per cent",
        "Years",
        decimals=1,
        sources=(ANSWER, SITE),
    )  # fmt: skip


def shares() -> Chart:
    """Parts of a whole."""
    return Chart(
        "payers",
        "Towns pay a third of new cameras",
        ChartKind.SHARES,
        ("2023", "2024"),
        (
            Series("Region", points(1_200_000, 2_150_000)),
            Series("Towns", points(700_000, 1_300_000)),
            Series("Ministry of the Interior", points(300_000, 450_000)),
            Series("Gifts in kind", points(0, Missing.CONFIDENTIAL)),
            Series("European Union", points(Point(D(90_000), status=PointStatus.PROVISIONAL), 400_000)),
        ),
        "CZK",
        "Year",
    )


def multiples() -> Chart:
    """The same chart for each district."""
    names = ("Bory", "Doubravka", "Lochotín", "Skvrňany", "Slovany, Koterov and Božkov")
    ends: tuple[int | Point | Missing, ...] = (
        7,
        Point(D(6), status=PointStatus.PART),
        Missing.CONFIDENTIAL,
        0,
        Missing.DID_NOT_OCCUR,
    )
    rows = [
        Series(name, points(*(12 + 5 * place + (year * (place + 3)) % 11 for year in range(6)), last))
        for place, (name, last) in enumerate(zip(names, ends, strict=True))
    ]
    years = tuple(str(year) for year in range(2018, 2025))
    title = "Numbers differ by district, not by year"
    return Chart("districts", title, ChartKind.MULTIPLES, years, tuple(rows), "Interventions in a year", "Year")


def _square(column: int, row: int, size: float = 0.05) -> Area:
    west, south = 13.2 + column * size, 49.9 - row * size
    bend = size / 3 if (column + row) % 2 else 0
    ring = [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west + bend, south + size],
        [west, south],
    ]
    number = column + row * 5 + 1
    return Area({"type": "Polygon", "coordinates": [ring]}, url=f"#charts-{number}", number=str(number))


def _district(number: int) -> Point | Missing | int:
    special: dict[int, Point | Missing] = {
        3: Missing.CONFIDENTIAL,
        7: Missing.UNKNOWN,
        11: Missing.NOT_APPLICABLE,
        13: Missing.DID_NOT_OCCUR,
        9: Point(D(31), status=PointStatus.PART),
        16: Point(D(23), status=PointStatus.PROVISIONAL),
        18: Point(D(0)),
    }
    return special.get(number, number * number % 97 + 4)


def areas(kind: ChartKind = ChartKind.AREAS) -> Chart:
    """A map with every state of a value."""
    numbers = range(1, 21)
    return Chart(
        f"map-{kind}",
        "Most calls come from the middle",
        kind,
        tuple(f"District {number}" for number in numbers),
        (Series("Calls", points(*(_district(number) for number in numbers))),),
        "Calls in 2024",
        "District",
        areas=tuple(_square((number - 1) % 5, (number - 1) // 5) for number in numbers),
    )


def empty() -> Chart:
    """Nothing is known at all."""
    nothing = (Series("One", points(Missing.UNKNOWN)), Series("Other", points(Missing.CONFIDENTIAL)))
    return Chart("empty", "Nothing is known yet", ChartKind.GROUPED, ("2024",), nothing, "Things")


@cache
def all_charts() -> Sequence[Chart]:
    """One of each kind and of each hard case."""
    return (
        grouped(), bars(), change(), years(), lines(), many_lines(), dots(), shares(), multiples(),
        areas(), areas(ChartKind.HEXES), empty(),
    )  # fmt: skip
