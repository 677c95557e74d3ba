"""Writing schools, stops and other places from registers of others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from region.domain.content import public_content_changed
from region.domain.imports import ImportReport, Run, settle
from region.domain.places import System
from region.domain.points import placed
from region.domain.registers import Sheet, import_rows, readable_rows, tell_recognised
from region.messages import Problem
from region.models import User
from region.rules import require
from region.tables.headers import Column
from region.tables.reading import Row, Table
from region.tables.spots import SPOT, SPOT_ALIASES
from region.tables.values import folded, parse_degrees
from region.tables.words import Words, parse_word
from region.text import folded_tokens
from reports.resources.places import PlaceResource

PERMISSION = "reports.manage_cameras"
PLACE_COLUMNS = (
    Column("code", ("kód", "kod", "id", "ref", "number", "číslo", "numer", "@id", "izo", "red izo", "rspo",
                    "numer rspo", "nr rspo", "urn",
                    "unique reference number", "označení", "stop id")),
    Column("name", ("název", "nazwa", "jméno", "název školy", "nazwa szkoły", "nazwa placówki", "název zařízení",
                    "plný název", "zkrácený název", "school name", "stop name", "establishment name"), required=True),
    Column("kind", ("druh", "rodzaj", "typ", "druh školy", "typ školy", "typ szkoły", "typ podmiotu", "druh zařízení",
                    "type", "amenity")),
    Column("address", ("adresa", "adres", "ulice", "ulica", "street", "postcode", "addr street")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna", "stop lat", "y"),
           required=True, instead=SPOT),
    Column("lon", ("lng", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna", "stop lon", "x"),
           required=True, instead=SPOT),
    Column(SPOT, SPOT_ALIASES),
    Column("source", ("zdroj", "źródło")),
    Column("licence", ("license", "licencja")),
)  # fmt: skip
PLACE_KIND: Words = {
    "school": ("škola", "základní škola", "střední škola", "szkoła", "szkoła podstawowa", "college", "primary school",
               "secondary school"),
    "kindergarten": ("mateřská škola", "školka", "przedszkole", "nursery", "nursery school"),
    "stop": ("zastávka", "stanice", "nádraží", "przystanek", "stacja", "dworzec", "station", "bus stop", "tram stop",
             "halt", "bus station"),
    "playground": ("hřiště", "dětské hřiště", "plac zabaw"),
    "sport": ("sportoviště", "stadion", "boisko", "sports centre", "pitch"),
    "health": ("nemocnice", "poliklinika", "ordinace", "szpital", "przychodnia", "hospital", "clinic", "doctors"),
    "care": ("domov pro seniory", "dům s pečovatelskou službou", "dom pomocy społecznej", "dom seniora",
             "social facility", "nursing home"),
    "other": ("jiné", "ostatní", "inne"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PlaceDefaults:
    """What holds for the whole file. A kind said here holds whatever the rows say: their words are the register's."""

    source: str
    kind: str = ""
    licence: str = ""
    system: System | None = None


def import_places(*, table: Table, by: User, defaults: PlaceDefaults, run: Run | None = None) -> ImportReport:
    """Add and change places by kind and code; a place that the file does not name is left alone.

    A register without codes gets them of name and point, so that the same file again changes nothing. A row with any
    fault is rejected whole. Raises `Problem` when coordinates fit nowhere in the region.
    """
    require(by, PERMISSION)
    chosen_run = run or Run()
    sheet = Sheet(table, chosen_run.report(), by, chosen_run)
    with transaction.atomic():
        tell_recognised(sheet)
        rows = readable_rows(sheet, PLACE_COLUMNS, lambda row: _key(row, defaults), named="code")
        for row in rows:
            _check_kind(sheet, row, defaults, rows.refused)
        points = placed(sheet, rows, defaults.system)
        prepared = ((row, _filled(row, defaults, points.get(row.number, {}))) for row in rows)
        import_rows(sheet, PlaceResource(), prepared, "place.imported", total=len(rows))
        settle(sheet.report, sheet.run)
        if sheet.report.applied:
            public_content_changed()
    return sheet.report


def _key(row: Row, defaults: PlaceDefaults) -> tuple[str, ...]:
    return (_kind(row, defaults), _code(row.cells))


def _kind(row: Row, defaults: PlaceDefaults) -> str:
    """The kind of a row; the word as written when it is none of ours (turned down later)."""
    if defaults.kind:
        return defaults.kind
    word = row.cells.get("kind", "")
    try:
        return parse_word(word, PLACE_KIND)
    except Problem:
        return word


def _check_kind(sheet: Sheet, row: Row, defaults: PlaceDefaults, refused: set[int]) -> None:
    if _kind(row, defaults) in PLACE_KIND:
        return
    try:
        parse_word(row.cells.get("kind", ""), PLACE_KIND)
    except Problem as problem:
        sheet.reject(row, "kind", problem.message)
        refused.add(row.number)


def _code(cells: Mapping[str, str]) -> str:
    """The register's code, else one made of the name and the point as written."""
    if cells.get("code"):
        return cells["code"]
    name = "-".join(folded_tokens(cells["name"]))[:80]
    return f"{name}@{_rounded(cells['lon'])},{_rounded(cells['lat'])}"


def _rounded(text: str) -> str:
    """A coordinate to some ten metres, so that a register measured anew names the same place."""
    try:
        return f"{parse_degrees(text):.4f}"
    except Problem:
        return folded(text)


def _filled(row: Row, defaults: PlaceDefaults, point: Mapping[str, str]) -> dict[str, str]:
    cells = row.cells
    told = {
        "kind": _kind(row, defaults),
        "code": _code(cells),
        "name": cells["name"],
        "lon": cells["lon"],
        "lat": cells["lat"],
        "source": cells.get("source") or defaults.source,
        "licence": cells.get("licence") or defaults.licence,
    }
    return told | ({"address": cells["address"]} if "address" in cells else {}) | dict(point)
