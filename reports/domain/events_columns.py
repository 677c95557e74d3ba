"""Which columns of a register of events are read, by the names they go by; all others are passed over unread."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.messages import Message, Problem, gettext_noop, say
from region.tables.headers import Column, Headers
from region.tables.spots import SPOT, SPOT_ALIASES
from region.tables.values import folded
from reports.domain.events_written import base_column

EVENT_COLUMNS = (
    Column("moment", ("date time", "datetime", "timestamp", "datum a čas", "datum čas", "datum a čas události",
                      "čas události", "data i godzina", "data zdarzenia", "occurred", "occurred at", "incident time",
                      "datum události", "kdy", "vznik", "zahájení", "data i czas", "data i godzina zdarzenia",
                      "date occ", "offense start datetime", "created date", "start datetime", "date of occurrence")),
    Column("date", ("datum", "dne", "data", "datum zásahu", "datum nehody", "datum výjezdu", "datum přestupku",
                    "datum oznámení", "data zgłoszenia", "data interwencji", "incident date", "date of call")),
    Column("year", ("rok", "rok události", "cal year")),
    Column("month", ("měsíc", "miesiąc")),
    Column("day", ("den", "dzień")),
    Column("time", ("čas", "hodina", "hodin", "hod", "godzina", "godz", "czas", "čas zásahu", "čas nehody",
                    "godzina zgłoszenia", "time of day", "time of call", "time occ", "hour")),
    Column("minute", ("minuta", "minut", "min")),
    Column("label", ("kategorie", "druh", "důvod", "typ", "druh události", "typ události", "druh přestupku", "skutek",
                     "kategoria", "rodzaj", "powód", "typ zdarzenia", "rodzaj interwencji", "category", "reason",
                     "kategoria zdarzenia", "rodzaj interwencji", "hlavní příčina", "zaměření", "předmět",
                     "type", "crime type", "primary type", "event type", "incident group", "offence", "offense")),
    Column("town", ("obec", "město", "název obce", "gmina", "miasto", "miejscowość", "municipality", "city")),
    Column("town_code", ("kód obce", "kod gminy", "teryt", "town code")),
    Column("district", ("okrsek", "číslo okrsku", "okrsek číslo", "městská část", "městský obvod", "obvod", "dzielnica",
                        "rejon", "ward", "ward name", "district name", "mc")),
    Column(SPOT, SPOT_ALIASES),
    Column("lon", ("lng", "long", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna")),
    Column("x", ("souřadnice x", "x souřadnice", "współrzędna x", "point x", "easting")),
    Column("y", ("souřadnice y", "y souřadnice", "współrzędna y", "point y", "northing")),
    Column("key", ("číslo události", "id události", "číslo jednací", "č j", "numer zdarzenia", "id zdarzenia", "nr",
                   "incident id", "event id", "crime id", "case number", "incident number", "report number",
                   "reference")),
    Column("camera_point", ("kamera", "kamerový bod", "kód kamery", "punkt kamerowy", "camera", "camera code")),
)  # fmt: skip
# Headings of columns that count, folded.
_COUNTS = frozenset(
    ("pocet", "pocet udalosti", "pocet zasahu", "pocet pripadu", "pocet prestupku", "celkem", "liczba",
     "liczba zdarzen", "liczba interwencji", "liczba przypadkow", "ilosc", "razem", "count", "number", "total",
     "incidents")
)  # fmt: skip
EVENT_WORDS = {
    "moment": _("date and time"),
    "date": _("date"),
    "year": _("year"),
    "month": _("month"),
    "day": _("day of the month"),
    "time": _("time of day"),
    "minute": _("minute"),
    "label": _("what happened"),
    "town": _("town"),
    "town_code": _("register code of the town"),
    "district": _("district (number or name)"),
    "point": _("point in one cell"),
    "lon": _("longitude"),
    "lat": _("latitude"),
    "x": _("X in a national system"),
    "y": _("Y in a national system"),
    "key": _("number in the register"),
    "camera_point": _("code of the camera point"),
    # Not a column: what is told of each month.
    "rows": pgettext_lazy("of a register", "events"),
}


def check_event_headers(headers: Headers) -> None:
    """Raise `Problem` when nothing says when events happened."""
    if not base_column(headers.places):
        found = ", ".join((*headers.written.values(), *headers.unknown)) or "–"
        raise Problem(
            gettext_noop("No column says when the events were: choose one with a date. The file has: %(found)s."),
            found=found,
        )


def counts_remark(headers: Headers) -> Message | None:
    """What to say of a file that has a column with counts and no numbers of events: its rows may stand for many."""
    found = next((heading for heading in headers.unknown if folded(heading) in _COUNTS), "")
    if not found or "key" in headers.places:
        return None
    return say(
        gettext_noop(
            "The column “%(column)s” may say how many events a row stands for. Here each row is one event; a table of"
            " counts is imported as a statistical table."
        ),
        column=found,
    )


def point_columns(headers: Headers) -> tuple[str, ...]:
    """The columns with coordinates: two with a number each, one with points, or none."""
    for columns in (("lon", "lat"), ("x", "y"), (SPOT,)):
        if {*columns} <= {*headers.places}:
            return columns
    return ()
