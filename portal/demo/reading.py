"""Reads the demo content of a region from its TOML files and checks that everything it refers to is there.

The files of a region lie in `portal/demo/content/<region>/`. A table `[defaults]` lies under every item of its file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints

from portal.demo.camera_records import Cameras, Cost, ExternalSet, Point, System
from portal.demo.filling import ContentError, fill
from portal.demo.records import (
    Alert,
    Answer,
    District,
    Event,
    Figure,
    Hours,
    Material,
    News,
    Officer,
    Page,
    Profile,
    Programme,
    RegionContent,
    Role,
    Source,
    Text,
    Topic,
    Town,
)

CONTENT = Path(__file__).parent / "content"
REGIONS = ("plzen", "krakow")
T = TypeVar("T")


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=_Keyed)


@dataclass(frozen=True, slots=True)
class _Row:
    """One officer as the file writes it: function and organisation are keys of texts."""

    role: Role
    function: str
    name: str
    organisation: str
    phone: str
    email: str
    hours: tuple[Hours, ...]
    since: date
    rank: str = ""
    districts: tuple[int, ...] = ()
    until: date | None = None
    substitute: str | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """The officers of one town as the file writes them."""

    code: str
    example: bool
    officers: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class File:
    """One TOML file of a region and the name by which refusals call it."""

    name: str
    tables: Mapping[str, Any]

    def items(self, key: str) -> list[tuple[str, dict[str, Any]]]:
        """Return the tables of the array `key`, each laid over the file's defaults, with the place it has."""
        rows = self.tables.get(key)
        if not isinstance(rows, list) or not rows:
            raise ContentError(f"{self.name}: {key}: missing")
        defaults = self.tables.get("defaults", {})
        return [(f"{self.name}: {key}[{number}]", {**defaults, **row}) for number, row in enumerate(rows, start=1)]

    def records(self, key: str, shape: type[T]) -> tuple[T, ...]:
        """Return the tables of the array `key` as values of `shape`."""
        return tuple(fill(shape, row, where=where) for where, row in self.items(key))

    def texts(self, key: str) -> dict[str, Text]:
        """Return the named texts in the table `key`."""
        table = self.tables.get(key, {})
        return {name: fill(Text, row, where=f"{self.name}: {key}.{name}") for name, row in table.items()}


def read_region(region: str, *, folder: Path = CONTENT) -> RegionContent:
    """Return the content of a demo region (`plzen` or `krakow`).

    Raises ContentError with file and key for what is missing (a language too), unknown, doubled or refers to nothing.
    """
    towns = _file(folder, region, "towns").records("town", Town)
    content = RegionContent(
        code=region,
        profile=fill(Profile, _file(folder, region, "region").tables, where=f"{region}/region.toml"),
        sources=_by_key(f"{region}/sources.toml", _file(folder, region, "sources").records("source", Source)),
        towns=towns,
        districts=_file(folder, region, "districts").records("district", District),
        officers=_officers(_file(folder, region, "officers"), {town.code: town.name for town in towns}),
        topics=_file(folder, region, "topics").records("topic", Topic),
        news=_file(folder, region, "news").records("news", News),
        events=_file(folder, region, "events").records("event", Event),
        programme=fill(Programme, _file(folder, region, "programme").tables, where=f"{region}/programme.toml"),
        figures=_file(folder, region, "figures").records("figure", Figure),
        faq=_file(folder, region, "faq").records("question", Answer),
        materials=_file(folder, region, "materials").records("material", Material),
        pages=_by_key(f"{region}/pages.toml", _file(folder, region, "pages").records("page", Page)),
        alerts=_file(folder, region, "alert").records("alert", Alert),
        cameras=_cameras(_file(folder, region, "cameras"), _file(folder, region, "camera_points")),
    )
    _check(content)
    return content


def _file(folder: Path, region: str, stem: str) -> File:
    name = f"{region}/{stem}.toml"
    path = folder / name
    try:
        return File(name, tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal))
    except FileNotFoundError as problem:
        raise ContentError(f"{name}: there is no such file") from problem
    except tomllib.TOMLDecodeError as problem:
        raise ContentError(f"{name}: {problem}") from problem


def _cameras(file: File, points: File) -> Cameras:
    """The camera system; what others have and what it costs may be missing."""
    return Cameras(
        system=fill(System, file.tables.get("system"), where=f"{file.name}: system"),
        points=points.records("point", Point),
        external=file.records("external", ExternalSet) if "external" in file.tables else (),
        costs=file.records("cost", Cost) if "cost" in file.tables else (),
    )


def _officers(file: File, names: Mapping[str, str]) -> tuple[Officer, ...]:
    words = {key: file.texts(key) for key in ("functions", "organisations")}
    officers: list[Officer] = []
    for where, row in file.items("town"):
        group = fill(_Group, row, where=where)
        if group.code not in names:
            raise ContentError(f"{where}.code: no town {group.code!r}")
        officers += [_officer(row, group, names[group.code], words, where=where) for row in group.officers]
    return tuple(officers)


def _officer(row: _Row, group: _Group, town: str, words: Mapping[str, Mapping[str, Text]], *, where: str) -> Officer:
    values = {name: getattr(row, name) for name in get_type_hints(_Row)}
    for name in ("function", "organisation"):
        try:
            values[name] = words[f"{name}s"][values[name]].filled(town=town, number=group.code)
        except KeyError as problem:
            raise ContentError(f"{where} {row.name}: {name} {values[name]!r} is not described") from problem
    return Officer(town=group.code, example=group.example, **values)


def _by_key(file: str, records: Iterable[R]) -> dict[str, R]:
    found: dict[str, R] = {}
    for record in records:
        if record.key in found:
            raise ContentError(f"{file}: {record.key}: is there twice")
        found[record.key] = record
    return found


def _check(content: RegionContent) -> None:
    for file, known, wanted in _references(content):
        for where, name in wanted:
            if name not in known:
                raise ContentError(f"{content.code}/{file}.toml: {where}: nothing is called {name!r}")


def _references(content: RegionContent) -> Iterator[tuple[str, set[str], list[tuple[str, str]]]]:
    """Yield, for each file, the names that exist and the names that it uses with the place of use."""
    towns, topics, sources = {t.code for t in content.towns}, {t.key for t in content.topics}, set(content.sources)
    people = {officer.name for officer in content.officers}
    yield "towns", sources, [(t.name, key) for t in content.towns for key in (t.inhabitants_source, t.member_source)]
    yield "districts", towns, [(f"district {d.number}", d.town) for d in content.districts]
    yield "officers", people, [(o.name, o.substitute) for o in content.officers if o.substitute]
    yield (
        "officers",
        _numbers(content),
        [(o.name, f"{o.town} {number}") for o in content.officers for number in o.districts],
    )
    yield "news", topics, [(n.key, key) for n in content.news for key in n.topics]
    yield "news", towns, [(n.key, code) for n in content.news for code in n.towns]
    yield "events", topics, [(e.key, key) for e in content.events for key in e.topics]
    yield "events", towns, [(e.key, e.town) for e in content.events if e.town]
    yield "programme", sources, [(str(m.on), m.source) for m in content.programme.milestone]
    yield "programme", sources, [(p.key, p.source) for p in content.programme.project]
    yield "programme", sources, [(content.programme.page.key, key) for key in content.programme.page.sources]
    yield "programme", towns, [(str(m.on), code) for m in content.programme.milestone for code in m.towns]
    yield "figures", sources, [(f.key, f.source) for f in content.figures]
    cameras = content.cameras
    yield "cameras", sources, [(row.name, row.source) for row in cameras.system.operator]
    yield "cameras", sources, [(str(row.count), row.source) for row in cameras.external]
    yield "cameras", sources, [(str(row.amount), row.source) for row in cameras.costs]
    yield "camera_points", sources, [(p.code, p.source) for p in cameras.points]
    yield "camera_points", towns, [(p.code, p.town) for p in cameras.points if p.town]
    yield "faq", topics, [(a.key, a.topic) for a in content.faq]
    yield "materials", topics, [(m.key, m.topic) for m in content.materials]
    yield "pages", sources, [(p.key, key) for p in content.pages.values() for key in p.sources]
    yield "alert", towns, [(a.key, code) for a in content.alerts for code in a.towns]


def _numbers(content: RegionContent) -> set[str]:
    return {f"{district.town} {district.number}" for district in content.districts}
