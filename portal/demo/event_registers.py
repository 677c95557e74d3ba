"""Loads the invented register of events of a demo region, the way an analyst loads a real one: from a file."""

from __future__ import annotations

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from portal.demo.event_records import Register, example_events
from portal.demo.filling import ContentError, fill
from portal.demo.reading import CONTENT
from region.domain.imports import Run
from region.domain.records import put_record
from region.domain.users import system_user
from reports.domain.events_checks import LoadOptions
from reports.domain.events_loading import load_events
from reports.domain.events_reading import open_events
from reports.models import EventCategory, EventLabel, EventRegister

if TYPE_CHECKING:
    from collections.abc import Callable

    from portal.demo.records import RegionContent
    from region.models import User


def load_event_register(content: RegionContent, *, by: User, progress: Callable[[str], None]) -> None:
    """Load the region's invented register, if it has one; one that stands already is left as people have it."""
    path = CONTENT / content.code / "event_register.toml"
    if not path.exists():
        return
    row = fill(Register, tomllib.loads(path.read_text(encoding="utf-8")), where=f"{content.code}/{path.name}")
    if EventRegister.objects.filter(key=row.key).exists():
        return
    values: dict[str, Any] = {"issuer": row.issuer, "is_published": True}
    values |= {**row.name.columns("name"), **row.definition.columns("definition"), **row.unit.columns("unit")}
    register = put_record(kind=EventRegister, key={"key": row.key}, values=values, by=by)
    _sorted_spellings(register, row, by)
    progress(f"{_loaded(register, example_events(content, row), row)} events, invented")


def _sorted_spellings(register: EventRegister, row: Register, by: User) -> None:
    """Say beforehand what spellings mean, so that the events are counted under their categories at once."""
    kinds = {
        one.key: put_record(kind=EventCategory, key={"key": one.key}, values=one.name.columns("name"), by=by)
        for one in row.category
    }
    known = [EventLabel(register=register, spelling=one.text.casefold(), category=kinds[one.category])
             for one in row.spelling if one.category]  # fmt: skip
    EventLabel.objects.bulk_create(known)


def _loaded(register: EventRegister, rows: str, row: Register) -> int:
    with TemporaryDirectory() as folder:
        file = Path(folder, f"{row.key}.csv")  # people see its name in the list of loads
        file.write_text(rows, encoding="utf-8")
        days = LoadOptions(since=row.since, until=row.until)
        table = open_events(file)
        report = load_events(table=table, register=register, by=system_user(), options=days, run=Run(apply=True))
    if not report.applied:
        raise ContentError(f"{row.key}: {report.rejected[0].reason}")
    return report.added_count
