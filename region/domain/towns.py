"""Writing the register of towns from a table."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from region.domain.content import public_content_changed
from region.domain.imports import ImportReport, Run, settle
from region.domain.places import System
from region.domain.points import placed
from region.domain.registers import Sheet, import_rows, readable_rows, tell_recognised
from region.messages import Problem
from region.models import Town, User
from region.resources import TownResource
from region.tables.headers import Column
from region.tables.reading import Row, Table
from region.tables.values import parse_date

TOWN_COLUMNS = (
    Column("code", ("kód", "kód obce", "kod", "csu code", "ruian", "teryt", "kod teryt", "no"), required=True),
    Column("name", ("název", "název obce", "obec", "město", "nazwa", "nazwa gminy", "gmina", "miasto", "town")),
    Column("kind", ("druh", "typ", "rodzaj", "druh obce", "rodzaj gminy", "type")),
    Column("county_part", ("okres", "powiat", "county part", "část kraje", "district of the county")),
    Column("inhabitants", ("obyvatel", "počet obyvatel", "obyv", "obyvatelé", "mieszkańcy", "liczba mieszkańców",
                           "population", "population csu"), dated=True),
    Column("inhabitants_year", ("rok", "rok údaje", "year", "rok sčítání", "year of the count")),
    Column("inhabitants_source", ("zdroj", "źródło", "source", "zdroj údaje", "source of the count")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna")),
    Column("lon", ("lng", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna")),
    Column("status", ("stav", "stav v programu", "účast", "udział", "status w programie")),
    Column("member_since", ("členem od", "člen od", "přistoupení", "datum přistoupení", "zapojeno od", "uczestnik od",
                            "data przystąpienia", "member since", "accession", "since")),
    Column("member_since_precision", ("přesnost data", "dokładność daty", "precision")),
    Column("member_until", ("členem do", "člen do", "uczestnik do", "until")),
    Column("preparing_since", ("připravuje se od", "w przygotowaniu od", "preparing since")),
    Column("accession_document", ("doklad", "dokument", "dokument o přistoupení", "document")),
    Column("accession_url", ("odkaz na doklad", "link do dokumentu", "link to the document")),
    Column("website", ("web", "www", "stránky", "strona", "strona www", "url")),
    Column("phone", ("telefon", "tel", "telefon úřadu", "telefon urzędu")),
    Column("email", ("e-mail", "mail", "e-mail úřadu", "adres e-mail")),
    Column("data_box", ("datová schránka", "id ds", "isds", "skrytka epuap", "data box")),
    Column("summary", ("popis", "krátký text", "opis", "text", "description")),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TownDefaults:
    """What holds for every row that does not say it: year and source of inhabitants, kind, coordinate system."""

    year: int | None = None
    source: str = ""
    kind: str = ""
    system: System | None = None


def import_towns(
    *, table: Table, by: User, defaults: TownDefaults | None = None, run: Run | None = None
) -> ImportReport:
    """Add and change towns by their code; a town that the file does not name is left alone.

    Empty cells empty their field (kind, status and precision of a date stay). A row with any fault is rejected whole.
    A file with the date of accession and no status makes members. Raises `Problem` when coordinates fit nowhere.
    """
    chosen = defaults or TownDefaults()
    chosen_run = run or Run()
    sheet = Sheet(table, chosen_run.report(), by, chosen_run)
    with transaction.atomic():
        tell_recognised(sheet)
        rows = readable_rows(sheet, TOWN_COLUMNS, lambda row: (row.cells["code"],))
        points = placed(sheet, rows, chosen.system)
        prepared = ((row, _filled(row, table, chosen) | points.get(row.number, {})) for row in rows)
        resource = TownResource(set(Town.objects.values_list("slug", flat=True)))
        import_rows(sheet, resource, prepared, "town.imported", total=len(rows))
        settle(sheet.report, sheet.run)
        if sheet.report.applied:
            public_content_changed()
    return sheet.report


def _filled(row: Row, table: Table, defaults: TownDefaults) -> dict[str, str]:
    """Cells of a row with what the file says once for all rows."""
    cells = dict(row.cells)
    if table.has("inhabitants"):
        year = defaults.year or table.headers.years.get("inhabitants")
        counted = bool(cells["inhabitants"])
        cells["inhabitants_year"] = cells.get("inhabitants_year") or (str(year) if year and counted else "")
        cells["inhabitants_source"] = cells.get("inhabitants_source") or (defaults.source if counted else "")
    if table.has("member_since"):
        cells["member_since_precision"] = cells.get("member_since_precision") or _precision(cells["member_since"])
        if not table.has("status"):
            cells["status"] = "member" if cells["member_since"] else ""
    if defaults.kind and not cells.get("kind"):
        cells["kind"] = defaults.kind
    return cells


def _precision(text: str) -> str:
    """How exactly a date is known; empty for what is no date (it is rejected later)."""
    try:
        return parse_date(text)[1] if text else ""
    except Problem:
        return ""
