"""The importers of this area: towns, people, addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from region.domain.address_index import rebuild
from region.domain.addresses import AddressOptions, import_addresses
from region.domain.people import PEOPLE_COLUMNS, PeopleOptions, import_people
from region.domain.places import System
from region.domain.towns import TOWN_COLUMNS, TownDefaults, import_towns
from region.enums import DatePrecision, OfficerRole, TownKind, TownStatus
from region.forms.import_values import AddressValuesForm, PeopleValuesForm, TownValuesForm
from region.import_kinds import OPEN
from region.importers import Importer, Task, register_importer
from region.models import (
    Address,
    AddressWord,
    Officer,
    OfficerAssignment,
    Street,
    StreetWord,
    Town,
    WordVariant,
)
from region.office import RECORDS, Card, Entry, Place, register_cards, register_entry
from region.queries.batches import RULE, VIEW, may_read, waiting_for_confirmation
from region.queries.documents import register_rule
from region.tables.address_columns import ADDRESS_COLUMNS
from region.tables.chunks import open_long_table
from region.tables.looking import look_at
from region.tables.reading import Options, read_table, written_rows
from region.uploads import MEGABYTE, Limits

if TYPE_CHECKING:
    from datetime import datetime

    from region.domain.imports import ImportReport
    from region.models import User

TOWN_WORDS = {
    "code": _("register code"),
    "name": _("name"),
    "kind": _("kind"),
    "county_part": _("district of the county"),
    "inhabitants": _("inhabitants"),
    "inhabitants_year": _("year of the count"),
    "inhabitants_source": _("source of the count"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "status": _("in the programme"),
    "member_since": _("member since"),
    "member_since_precision": _("date known to"),
    "member_until": _("member until"),
    "preparing_since": _("in preparation since"),
    "accession_document": _("document of accession"),
    "accession_url": _("link to the document"),
    "website": _("website"),
    "phone": _("phone of the town hall"),
    "email": _("e-mail of the town hall"),
    "data_box": _("data box"),
    "summary": _("short text"),
}
PEOPLE_WORDS = {
    "code": _("code of the person"),
    "rank": _("rank or title"),
    "name": _("name"),
    "organisation": _("organisation"),
    "role": _("function"),
    "town": _("register code of the town"),
    "district": _("number of the district"),
    "since": _("since"),
    "until": _("until"),
    "phone": _("public phone"),
    "email": _("e-mail"),
    "office_hours": _("office hours"),
    "substitute": _("code of the substitute"),
}
ADDRESS_WORDS = {
    "town": _("town"),
    "town_code": _("register code of the town"),
    "part": _("part of the town"),
    "street": _("street"),
    "number": _("house number as written"),
    "house_number": _("house number (Czech register)"),
    "orientation_number": _("orientation number"),
    "orientation_letter": _("letter of the orientation number"),
    "building_type": _("type of building"),
    "lat": _("latitude"),
    "lon": _("longitude"),
    "x": _("X in a national system"),
    "y": _("Y in a national system"),
    "point": _("point"),
}


def register() -> None:
    """Have the three on the import screen; say who reads files of imports and who is reminded of one."""
    for importer in (TOWNS, PEOPLE, ADDRESSES):
        register_importer(importer)
    register_rule(RULE, may_read)
    register_cards(Place.OFFICE, "imports", _cards)
    register_entry(Entry(_("Imports"), "region:office-imports", (VIEW, OPEN), group=RECORDS, order=50))


def _cards(user: User, _now: datetime) -> Iterator[Card]:
    """One card for each import whose dry run waits for a yes or no."""
    for batch in waiting_for_confirmation(user):
        yield Card(
            what=gettext("An import waits for your confirmation"),
            detail=batch.file.name,
            url=reverse("region:office-import-check", args=[batch.pk]),
            button=gettext("See what would change"),
        )


def _run_towns(task: Task) -> ImportReport:
    values = task.values
    defaults = TownDefaults(values["year"], values["source"], values["kind"], _system(values["crs"]))
    table = read_table(task.path, TOWN_COLUMNS, task.options)
    return import_towns(table=table, by=task.by, defaults=defaults, run=task.run)


def _run_people(task: Task) -> ImportReport:
    options = PeopleOptions(task.values["since"], task.values["end_missing"])
    table = read_table(task.path, PEOPLE_COLUMNS, task.options)
    return import_people(table=table, by=task.by, options=options, run=task.run)


def _run_addresses(task: Task) -> ImportReport:
    options = AddressOptions(_system(task.values["crs"]), task.values["remove_missing"], task.run.on_rejected)
    table = open_long_table(task.path, ADDRESS_COLUMNS, task.options)
    return import_addresses(table=table, by=task.by, options=options, run=task.run)


def _system(epsg: int | None) -> System | None:
    return System(epsg) if epsg else None


def _address_rows(path: Path, options: Options) -> Iterator[tuple[int, Sequence[str]]]:
    table = open_long_table(path, ADDRESS_COLUMNS, options)
    yield table.header_line, table.header
    yield from table.lines()


TOWNS = Importer(
    key="towns",
    title=_("Towns"),
    description=_("The register of towns: one row for each town, matched by its code in the national register."),
    columns=TOWN_COLUMNS,
    words=TOWN_WORDS,
    look=lambda path, options: look_at(path, TOWN_COLUMNS, options),
    run=_run_towns,
    rows=lambda path, options: written_rows(path, TOWN_COLUMNS, options),
    tables=(Town,),
    codes={"kind": TownKind, "member_since_precision": DatePrecision, "status": TownStatus},
    form=TownValuesForm,
    order=10,
)
PEOPLE = Importer(
    key="people",
    title=_("People responsible"),
    description=_("Who answers for safety where: one row for each person and town or district, matched by codes."),
    columns=PEOPLE_COLUMNS,
    words=PEOPLE_WORDS,
    look=lambda path, options: look_at(path, PEOPLE_COLUMNS, options),
    run=_run_people,
    rows=lambda path, options: written_rows(path, PEOPLE_COLUMNS, options),
    tables=(Officer, OfficerAssignment),
    codes={"role": OfficerRole},
    form=PeopleValuesForm,
    order=20,
)
ADDRESSES = Importer(
    key="addresses",
    title=_("Addresses"),
    description=_("Addresses for “Who is responsible where I live?”: town, street, number and a point on the map."),
    columns=ADDRESS_COLUMNS,
    words=ADDRESS_WORDS,
    look=lambda path, options: look_at(path, ADDRESS_COLUMNS, options),
    run=_run_addresses,
    rows=_address_rows,
    tables=(Street, Address),
    form=AddressValuesForm,
    derived=(StreetWord, AddressWord, WordVariant),
    rebuild=rebuild,
    audits_rows=False,
    limits=Limits(("csv", "txt"), 30 * MEGABYTE),
    order=30,
)
