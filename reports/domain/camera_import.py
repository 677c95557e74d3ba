"""Writing camera points from a table or from OpenStreetMap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from region.clock import today
from region.domain.content import public_content_changed
from region.domain.imports import ImportReport, Run, settle
from region.domain.places import System
from region.domain.points import placed
from region.domain.registers import Remaining, Sheet, import_rows, readable_rows, tell_recognised
from region.messages import Message, Problem, say
from region.messages import gettext_noop as _
from region.models import User
from region.rules import require
from region.tables.headers import Column
from region.tables.reading import Row, Table
from region.tables.spots import SPOT, SPOT_ALIASES
from region.tables.values import parse_degrees
from region.tables.words import parse_word
from region.text import folded_tokens
from reports.domain.camera_areas import FILE, Area, Areas, chosen, differences
from reports.enums.cameras import LocationStatus
from reports.models import CameraPoint, CameraSystem, StageChange
from reports.resources.cameras import LOCATION, STAGE, CameraPointResource
from reports.spatial.osm import OsmCamera, camera_of_tags
from reports.states.cameras import MANAGE

CAMERA_COLUMNS = (
    Column("code", ("kód", "kod", "ref", "camera id", "číslo", "numer", "nr", "číslo kamery",
                    "numer kamery", "kód bodu", "kod punktu")),
    Column("id", ("@id",)),
    Column("name", ("název", "nazwa", "umístění", "umístění kamery", "umístění bodu", "lokalita",
                    "místo", "lokalizacja kamery", "lokalizacja", "miejsce", "location", "place")),
    Column("town", ("kód obce", "obec", "město", "gmina", "miasto", "kod gminy", "town code", "kód města")),
    Column("district", ("okrsek", "číslo okrsku", "rejon", "numer rejonu", "district code", "area code", "ward code")),
    Column("address", ("adresa", "adres", "ulice", "ulica", "street")),
    Column("lat", ("latitude", "zeměpisná šířka", "šířka", "szerokość", "szerokość geograficzna",
                   "gps šířka", "gps lat", "point y", "y")),
    Column("lon", ("lng", "longitude", "zeměpisná délka", "délka", "długość", "długość geograficzna",
                   "gps délka", "gps lon", "point x", "x")),
    Column(SPOT, SPOT_ALIASES),
    Column("location_status", ("přesnost polohy", "dokładność położenia", "location status", "přesnost")),
    Column("surroundings", ("okolí", "otoczenie", "typ místa", "rodzaj miejsca")),
    Column("stage", ("stav", "etap", "stan", "stupeň")),
    Column("planned_by", ("plánováno do", "termín", "planowany do", "planned by")),
    Column("expected_device_count", ("počet kamer", "liczba kamer", "cameras", "count", "devices", "počet zařízení")),
    Column("source", ("zdroj", "źródło")),
    Column("source_url", ("odkaz", "link", "url")),
    Column("man_made", ()),
    Column("surveillance", ()),
    Column("surveillance_type", ("surveillance:type",)),
    Column("surveillance_zone", ("surveillance:zone",)),
    Column("camera_type", ("camera:type",)),
    Column("operator", ("provozovatel",)),
)  # fmt: skip
_TAGS = {
    "surveillance_type": "surveillance:type",
    "surveillance_zone": "surveillance:zone",
    "camera_type": "camera:type",
}
_PLAIN = ("address", "planned_by", "expected_device_count", "source", "source_url")
_MOST_CODE, _MOST_TOLD = 40, 50


@dataclass(frozen=True, slots=True)
class PointDefaults:
    """What holds for the whole file: the system; stage of new points and since when; how well places are known.

    `prefer` says which district is kept where the file and the map differ.
    """

    system: CameraSystem
    stage: str = "active"
    since: date | None = None
    town: str = ""
    location: str = LocationStatus.EXACT
    prefer: str = FILE
    source: str = ""
    crs: System | None = None


@dataclass(slots=True)
class _Work:
    """One import: the sheet, what holds for all rows, and what was found out before writing."""

    sheet: Sheet
    defaults: PointDefaults
    codes: dict[int, str] = field(default_factory=dict)
    # How many rows each point has, by its first row, in a file that has a row for each device.
    devices: dict[int, int] = field(default_factory=dict)
    points: dict[int, tuple[float, float]] = field(default_factory=dict)
    areas: dict[int, Area] = field(default_factory=dict)

    def has(self, *columns: str) -> bool:
        """Whether the file has all these columns."""
        return all(self.sheet.table.has(column) for column in columns)


def import_points(*, table: Table, by: User, defaults: PointDefaults, run: Run | None = None) -> ImportReport:
    """Add and change camera points by their code; points that the file does not name are left alone.

    New points get the stage of their row since the given day; the stage of a known point is never changed by a file. A
    row without a place is taken; one whose place lies outside the region is rejected whole. Where district in the file
    and place on the map differ, the report says so. Raises `Problem` when coordinates fit nowhere.
    """
    require(by, MANAGE)
    chosen_run = run or Run()
    work = _Work(Sheet(table, chosen_run.report(), by, chosen_run), defaults)
    with transaction.atomic():
        tell_recognised(work.sheet)
        further = _join_devices(work)
        rows = readable_rows(work.sheet, CAMERA_COLUMNS, lambda row: _key(row, further), named="code")
        rows.refused.update(further)
        _name_points(work, rows)
        _place_points(work, rows)
        _find_areas(work, rows)
        _check_words(work, rows)
        resource = CameraPointResource(defaults.system, defaults.stage, defaults.since or today())
        prepared = ((row, _filled(work, row)) for row in rows)
        import_rows(work.sheet, resource, prepared, "camerapoint.imported", total=len(rows))
        _begin_history(by)
        settle(work.sheet.report, work.sheet.run)
        if work.sheet.report.applied:
            public_content_changed()
    return work.sheet.report


def _key(row: Row, further: Collection[int]) -> tuple[str, ...]:
    """A row by its code; one without a code, and a further device of a point, is like no other."""
    code = _own_code(row)
    return (code.casefold(),) if code and row.number not in further else ("", str(row.number))


def _join_devices(work: _Work) -> set[int]:
    """Rows that say the same of the same code are devices of one point; gives those after the first of each.

    A file with numbers of devices has a row for each point: there the same code twice is a mistake.
    """
    if work.has("expected_device_count"):
        return set()
    first: dict[str, Row] = {}
    joined: dict[int, list[int]] = {}
    for row in work.sheet.table.rows:
        code = _own_code(row).casefold()
        known = first.setdefault(code, row) if code else row
        if known.number != row.number and dict(known.cells) == dict(row.cells):
            joined.setdefault(known.number, []).append(row.number)
    work.devices = {number: len(others) + 1 for number, others in joined.items()}
    if joined:
        text = _("Rows with the same code and place are devices of one point: %(rows)s rows, points: %(points)s.")
        work.sheet.report.note(say(text, rows=sum(work.devices.values()), points=len(joined)))
    return {number for others in joined.values() for number in others}


def _osm(row: Row) -> OsmCamera | None:
    """What the tags of a row from OpenStreetMap tell; None for rows of other files and of other things."""
    if not row.cells.get("man_made"):
        return None
    return camera_of_tags({_TAGS.get(name, name): value for name, value in row.cells.items() if value})


def _name(row: Row) -> str:
    return row.cells.get("name") or row.cells.get("address") or row.cells.get("operator") or ""


def _name_points(work: _Work, rows: Remaining) -> None:
    """Give every row a code: its own, or one made of its name. Turn down what is no camera and what has no name."""
    refused: set[int] = set()
    used = Counter[str](_own_code(row).casefold() for row in rows)
    foreign = CameraPoint.objects.exclude(system=work.defaults.system)
    elsewhere = {code.casefold() for code in foreign.values_list("code", flat=True)}
    made = False
    for row in rows:
        code = _own_code(row)
        problem = _why_not(work, row, code, elsewhere)
        if problem:
            work.sheet.reject(row, *problem)
            refused.add(row.number)
        else:
            made |= not code
            work.codes[row.number] = code or _made_code(_name(row), used)
    rows.refused.update(refused)
    if made:
        work.sheet.report.note(say(_("Rows without a code were given one made of their name.")))


def _why_not(work: _Work, row: Row, code: str, elsewhere: set[str]) -> tuple[str, Message] | None:
    """Column and reason why a row is not taken; None when it is."""
    if work.has("man_made") and _osm(row) is None:
        return "man_made", say(_("This is not a camera."))
    if not _name(row) and not code:
        return "name", say(_("This cell must not be empty."))
    if code.casefold() in elsewhere:
        return "code", say(_("A point of another system has this code."))
    return None


def _own_code(row: Row) -> str:
    """The code of a row, else its number in the file; of OpenStreetMap it is written with what an address may hold."""
    code = row.cells.get("code") or row.cells.get("id") or ""
    found = re.fullmatch(r"(node|way|relation)/(\d+)", code)
    return f"osm-{found[1]}-{found[2]}" if found else code


def _made_code(name: str, used: Counter[str]) -> str:
    """A code made of a name; of several rows with the same name the second gets a 2."""
    stem = "-".join(folded_tokens(name))[: _MOST_CODE - 4].strip("-")
    used[stem] += 1
    return stem if used[stem] == 1 else f"{stem}-{used[stem]}"


def _place_points(work: _Work, rows: Remaining) -> None:
    """Points of rows in degrees; those outside the region are turned down."""
    if not work.has("lat", "lon"):
        return
    calculated = placed(work.sheet, rows, work.defaults.crs)
    for row in rows:
        cells = {**row.cells, **calculated.get(row.number, {})}
        try:
            work.points[row.number] = (parse_degrees(cells["lon"]), parse_degrees(cells["lat"]))
        except Problem:
            # An empty place is taken, anything else is turned down with its reason when the row is read.
            continue


def _find_areas(work: _Work, rows: Remaining) -> None:
    """Town and district of every row, and remarks on those for which file and map differ."""
    prefer, known = work.defaults.prefer, Areas(work.points)
    stored = CameraPoint.objects.values_list("code", "town__code", "district__code")
    kept = {code: Area(town or "", district or "") for code, town, district in stored}
    differing = []
    for row in rows:
        seen, told, problem = known.on_map(row.number), Area(), None
        try:
            told = known.in_file(row.cells.get("town", ""), row.cells.get("district", ""), default=work.defaults.town)
        except Problem as found:
            problem = found
        if problem and (prefer == FILE or not seen.town):
            work.sheet.reject(row, "district" if row.cells.get("district") else "town", problem.message)
            continue
        if problem or told.contradicts(seen):
            said = _as_written(row.cells) if problem else known.words(told)
            differing.append((_item(work, row), said, known.words(seen)))
        area = chosen(told, seen, prefer=prefer)
        work.areas[row.number] = area if area.town else kept.get(work.codes[row.number], Area())
    rows.refused.update(row.number for row in rows if row.number not in work.areas)
    for remark in differences(differing, prefer=prefer, most=_MOST_TOLD):
        work.sheet.report.note(remark)


def _item(work: _Work, row: Row) -> str:
    return f"{work.codes[row.number]} {_name(row)}".strip()


def _as_written(cells: Mapping[str, str]) -> str:
    return ", ".join(filter(None, (cells.get("town", ""), cells.get("district", ""))))


def _check_words(work: _Work, rows: Remaining) -> None:
    """Turn down rows whose stage or accuracy is no word of ours."""
    refused = set()
    for row in rows:
        for name, words in (("stage", STAGE), ("location_status", LOCATION)):
            try:
                if row.cells.get(name):
                    parse_word(row.cells[name], words)
            except Problem as problem:
                work.sheet.reject(row, name, problem.message)
                refused.add(row.number)
    rows.refused.update(refused)


def _filled(work: _Work, row: Row) -> dict[str, str]:
    """Cells of a row as the register takes them. A column that the file does not have is not among them."""
    cells, area = row.cells, work.areas[row.number]
    told = {
        "code": work.codes[row.number],
        "name": _name(row) or work.codes[row.number],
        "town": area.town,
        "district": area.district,
        "stage": parse_word(cells["stage"], STAGE) if cells.get("stage") else "",
    }
    told |= {name: cells[name] for name in _PLAIN if work.has(name)}
    if work.devices:
        told["expected_device_count"] = str(work.devices.get(row.number, 1))
    told |= dict(_surroundings(work, row))
    if work.defaults.source and not told.get("source"):
        told["source"] = work.defaults.source
    return told | (_location(work, row) if work.has("lat", "lon") else {})


def _surroundings(work: _Work, row: Row) -> Iterator[tuple[str, str]]:
    """What a point stands at and how many devices: of OpenStreetMap each camera is one device."""
    osm = _osm(row)
    if osm is not None:
        yield "surroundings", osm.surroundings or "unknown"
        yield "expected_device_count", row.cells.get("expected_device_count") or "1"
    elif work.has("surroundings"):
        yield "surroundings", row.cells["surroundings"]


def _location(work: _Work, row: Row) -> dict[str, str]:
    """Point and how well it is known. A cell that is no number goes on as it is, to be turned down with its reason."""
    cells, point = row.cells, work.points.get(row.number)
    if point is None:
        status = LocationStatus.NONE if not (cells["lon"] or cells["lat"]) else work.defaults.location
        return {"lon": cells["lon"], "lat": cells["lat"], "location_status": status}
    told = parse_word(cells["location_status"], LOCATION) if cells.get("location_status") else ""
    status = told if told and told != LocationStatus.NONE else work.defaults.location
    return {"lon": str(point[0]), "lat": str(point[1]), "location_status": status}


def _begin_history(by: User) -> None:
    """The first row of the history of points that have none yet."""
    new = CameraPoint.objects.filter(stage_changes=None).order_by()
    StageChange.objects.bulk_create(
        StageChange(point=point, stage=point.stage, since=point.stage_since or today(), noted_by=by) for point in new
    )
