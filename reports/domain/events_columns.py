"""Which columns of a register of events are read, by the names they go by; all others are passed over unread."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from region.messages import Problem, gettext_noop
from region.tables.headers import Column, Headers

EVENT_COLUMNS = (
    Column("moment", ("date time", "datetime", "timestamp", "datum a čas", "datum čas", "datum a čas události",
                      "čas události", "data i godzina", "data zdarzenia", "occurred", "occurred at", "incident time",
                      "datum události", "kdy")),
    Column("date", ("datum", "dne", "den", "data", "dzień", "day", "datum zásahu", "incident date",
                    "month", "měsíc", "miesiąc")),
    Column("time", ("čas", "hodina", "hodin", "godzina", "czas", "čas zásahu", "time of day")),
    Column("label", ("kategorie", "druh", "důvod", "typ", "druh události", "typ události", "druh přestupku", "skutek",
                     "kategoria", "rodzaj", "powód", "typ zdarzenia", "rodzaj interwencji", "category", "reason",
                     "type", "crime type", "event type", "offence")),
    Column("town", ("obec", "město", "název obce", "gmina", "miasto", "miejscowość", "municipality", "city")),
    Column("town_code", ("kód obce", "kod gminy", "teryt", "town code")),
    Column("district", ("okrsek", "číslo okrsku", "okrsek číslo", "městská část", "městský obvod", "obvod", "dzielnica",
                        "rejon", "ward", "ward name", "district name")),
    Column("lon", ("lng", "long", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna")),
    Column("x", ("souřadnice x", "x souřadnice", "współrzędna x", "easting")),
    Column("y", ("souřadnice y", "y souřadnice", "współrzędna y", "northing")),
    Column("key", ("číslo události", "id události", "číslo jednací", "č j", "numer zdarzenia", "id zdarzenia", "nr",
                   "incident id", "event id", "crime id", "reference")),
    Column("camera_point", ("kamera", "kamerový bod", "kód kamery", "punkt kamerowy", "camera", "camera code")),
)  # fmt: skip
EVENT_WORDS = {
    "moment": _("date and time"),
    "date": _("date"),
    "time": _("time of day"),
    "label": _("what happened"),
    "town": _("town"),
    "town_code": _("register code of the town"),
    "district": _("district (number or name)"),
    "lon": _("longitude"),
    "lat": _("latitude"),
    "x": _("X in a national system"),
    "y": _("Y in a national system"),
    "key": _("number in the register"),
    "camera_point": _("code of the camera point"),
}


def check_event_headers(headers: Headers) -> None:
    """Raise `Problem` when nothing says when events happened."""
    if "moment" not in headers.places and "date" not in headers.places:
        found = ", ".join((*headers.written.values(), *headers.unknown)) or "–"
        raise Problem(
            gettext_noop("Missing columns: %(missing)s. The file has: %(found)s."), missing="moment, date", found=found
        )


def point_columns(headers: Headers) -> tuple[str, str] | None:
    """The two columns with coordinates, if the file has them."""
    for pair in (("lon", "lat"), ("x", "y")):
        if pair[0] in headers.places and pair[1] in headers.places:
            return pair
    return None
