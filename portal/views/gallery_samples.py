"""Samples for the gallery: invented, and marked so wherever a component has a mark for it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from django import forms
from django.core.paginator import Page, Paginator
from shapely import Polygon

from region.drawing.map import AreaSource, MapDrawing, PointSource, draw_map
from region.parts import (
    Cell,
    Column,
    DateItem,
    EmergencyNumber,
    Fact,
    FileItem,
    KeyFigure,
    Link,
    Milestone,
    NewsItem,
    PlateGroup,
    PlateItem,
    Share,
    Tab,
)

TOKENS = (
    ("paper", "page"), ("card", "raised surface"), ("sunken", "panel"), ("wash", "tinted area"), ("ink", "text"),
    ("soft", "secondary text"), ("rule", "decorative line"), ("edge", "border of inputs"), ("brand", "fields"),
    ("deep", "strip and footer"), ("on", "text on both"), ("on-soft", "secondary text on both"), ("link", "links"),
    ("stroke", "the line, rules"), ("amber", "the one signal"), ("amber-wash", "selected, target"),
    ("danger", "errors, overdue"), ("danger-wash", "field with an error"), ("c1", "chart 1"), ("c2", "chart 2"),
    ("c3", "chart 3"), ("c4", "chart 4"), ("c5", "chart 5"), ("c6", "chart 6"),
)  # fmt: skip
SIZES = (
    ("t-2", "captions"),
    ("t-1", "secondary"),
    ("t0", "text"),
    ("t1", "h3, lead"),
    ("t2", "h2 small"),
    ("t3", "h2"),
    ("t5", "h1"),
)
SPACES = ("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8")

ALERTS = (
    {"title": "On Saturday from 8:00 to 10:00", "text": "applications cannot be sent. Drafts stay.", "key": "a1"},
    {"title": "Flood warning on the Radbuza.", "text": "Stay away from the river.", "severity": "danger", "key": "a2",
     "href": "#alert", "link_text": "What to do"},
    {"title": "The office is closed on 24 December.", "severity": "info", "key": "a3"},
)  # fmt: skip
FACTS = (
    Fact("In the programme since", "1 December 2010"),
    Fact("Inhabitants (ČSÚ 2020)", "7,687"),
    Fact("Security districts", "5", demo=True),
    Fact("Projects", "2", url="#projects", demo=True),
)
MILESTONES = (
    Milestone("28 February 2025", "The town applied"),
    Milestone(
        "15 April 2025",
        "The Safety Commission recommended the project",
        "It recommends; it does not decide about money.",
    ),
    Milestone("until 19 December", "Cameras are being mounted, 4 of 6 are ready", state="now"),
    Milestone("until 31 March 2026", "Trial run and handover", state="next", url="#timeline"),
)
TABS = (Tab("Open", "#tabs", current=True, count=12), Tab("Waiting for me", "#tabs", count=5), Tab("All", "#tabs"))
FILES = (
    FileItem("Contract", "#files", "PDF", 240_000, date(2025, 7, 2), "Who pays how much and until when."),
    FileItem("Progress report no. 1", "#files", "PDF", 1_120_000, date(2025, 9, 30), demo=True),
)
NEWS = (
    NewsItem(
        "Stříbro adds cameras at the station and at the school",
        "#news",
        date(2025, 11, 27),
        "Six new cameras this year.",
        "Stříbro",
        demo=True,
    ),
    NewsItem(
        "The first thousand people have answered the survey",
        "#news",
        date(2025, 11, 24),
        "Letters with a code are valid until 14 December.",
    ),
)
DATES = (
    DateItem("Open day at the fire station", "#dates", datetime(2025, 12, 4, 13, 0, tzinfo=UTC), "Sušice", demo=True),
    DateItem("Meeting of the Safety Commission", "#dates", date(2025, 12, 9), "Plzeň"),
)
NUMBERS = (
    EmergencyNumber("112", "emergency line"),
    EmergencyNumber("158", "police"),
    EmergencyNumber("150", "fire service"),
)
HOURS = ((0, "15:00", "17:00"), (2, "15:00", "17:00"), (4, "08:30", "11:00"))
PLATES = (
    PlateItem("1", "Domažlice", "#plates", "11,056", "amber"),
    PlateItem("7", "Stříbro", "#plates", "7,687", "light"),
    PlateItem("10", "Horažďovice", "#plates", "5,213", "outline", demo=True),
)
GROUPS = (
    PlateGroup("Since 1 July 2010", PLATES[:1]),
    PlateGroup("Since 1 December 2010", PLATES[1:2]),
    PlateGroup("Since June 2011", PLATES[2:]),
)
FIGURES = (
    KeyFigure("27", "towns take part", note="The programme began on 1 July 2010 in three towns."),
    KeyFigure("10", "more are getting ready"),
    KeyFigure("21", "sub-projects in 2012", note="A year earlier 11."),
    KeyFigure("20.5", "went to sub-projects", unit="mil. Kč", demo=True),
)
SHARES = (
    Share("Region", Decimal("800000.00")),
    Share("Ministry of the Interior", Decimal("350000.00")),
    Share("Town of Stříbro", Decimal("330250.00"), "own contribution"),
)
COLUMNS = (
    Column("Town", sort_url="#table", sorted_as="ascending"),
    Column("State"),
    Column("Inhabitants", numeric=True, sort_url="#table"),
)
ROWS = (
    (Cell("Blovice", "#table", plate="4"), Cell("Running", tag="run"), Cell("4,127")),
    (Cell("Kralovice", "#table", plate="5"), Cell("Finished", tag="done"), Cell("3,460")),
    (Cell("Přeštice", "#table", plate="6"), Cell("Overdue", tag="late"), Cell("7,049", demo=True)),
)
FOOT = (Cell("Total"), Cell(""), Cell("14,636"))
TRAIL = (Link("Home", "#breadcrumb"), Link("Towns", "#breadcrumb"), Link("Stříbro"))
STEPS = (Link("Question", "#stepper"), Link("Where to answer"), Link("Check"))

# Five districts that tile a town, drawn by hand in degrees; no real place.
CORNERS = {
    "a": (13.00, 49.76), "b": (13.03, 49.775), "c": (13.06, 49.772), "d": (13.085, 49.758), "e": (13.08, 49.738),
    "f": (13.05, 49.728), "g": (13.02, 49.73), "h": (12.998, 49.742), "i": (13.03, 49.758), "j": (13.055, 49.757),
    "k": (13.052, 49.743), "l": (13.028, 49.744),
}  # fmt: skip
DISTRICTS = (
    ("1", "Centre", "ijkl"),
    ("2", "Station and north", "abcji"),
    ("3", "East", "cdekj"),
    ("4", "South", "lkefg"),
    ("5", "West", "ailgh"),
)


def sample_map(*, linked: bool) -> MapDrawing:
    """The five districts; linked as areas with plates, or as quiet land under three towns."""
    shapes = [(number, name, Polygon([CORNERS[corner] for corner in ring])) for number, name, ring in DISTRICTS]
    if linked:
        return draw_map(areas=[
            AreaSource(shape, f"District {number}, {name}", "#map", "alt" if number in "24" else "land", number, name)
            for number, name, shape in shapes
        ])  # fmt: skip
    towns = [
        PointSource(13.01, 49.757, "1", "Domažlice", "#map", "1. Domažlice, since 1 July 2010", "amber"),
        PointSource(13.016, 49.754, "7", "Stříbro", "#map", "7. Stříbro, since 1 December 2010", "light"),
        PointSource(13.074, 49.75, "10", "Horažďovice", "#map", "10. Horažďovice, since June 2011", "outline"),
    ]
    return draw_map(areas=[AreaSource(shape, name) for _, name, shape in shapes], points=towns)


class SampleForm(forms.Form):
    """One field of each kind."""

    question = forms.CharField(
        label="Your question", widget=forms.Textarea(attrs={"rows": 4}), help_text="What happens, where and how often."
    )
    topic = forms.ChoiceField(
        label="What is it about?",
        widget=forms.RadioSelect,
        choices=(
            ("noise", "Neighbours, noise, litter"),
            ("traffic", "Traffic and crossings"),
            ("other", "I do not know"),
        ),
        help_text="If unsure, choose the last one.",
    )
    town = forms.ChoiceField(label="Town", required=False, choices=(("", "Choose a town"), ("stribro", "Stříbro")))
    amount = forms.CharField(label="Amount", help_text="For example 1 605 167,44")
    agreed = forms.BooleanField(label="I have read how the data are used")


def wrong_form() -> SampleForm:
    """A form that was sent with two mistakes."""
    form = SampleForm(
        {"question": "Who mends the lamp?", "topic": "", "amount": "", "agreed": "on"}, auto_id="wrong_%s"
    )
    form.fields["amount"].error_messages["required"] = "Write the amount in digits, for example 5 000"
    form.fields["topic"].error_messages["required"] = "Choose one of the topics"
    return form


def pages() -> Page[int]:
    """The fourth of twelve pages."""
    return Paginator(range(232), 20).page(4)
