"""Registers of events, their categories, and files loaded into them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from region.domain.imports import ImportReport, Run
from region.domain.users import system_user
from region.models import SecurityDistrict
from reports.domain.events_checks import LoadOptions
from reports.domain.events_loading import load_events
from reports.domain.events_reading import open_events
from reports.models import EventCategory, EventRegister
from tests.factories.numbers import next_number
from tests.factories.places import district, square, town

WRITE = Run(apply=True)
SKIP = Run(apply=True, skip_rejected=True)
HEADER = "datum;druh;lon;lat\n"


def register(**fields: Any) -> EventRegister:
    """A register of events that nobody sees yet."""
    number = next_number()
    known = {"key": f"register-{number}", "name_en": f"Register {number}", "unit_en": "events", "issuer": "Police"}
    made = EventRegister(**{**known, **fields})
    made.save(force_insert=True)
    return made


def category(key: str, **fields: Any) -> EventCategory:
    """A kind of event."""
    made = EventCategory(**{"key": key, "name_en": key.capitalize(), **fields})
    made.save(force_insert=True)
    return made


def two_districts(**fields: Any) -> tuple[SecurityDistrict, SecurityDistrict]:
    """Two districts side by side that fill their town: west and east of 13.5°, between 49.7° and 49.8°."""
    home = town(boundary=square(13.4, 49.7, 0.2), **fields)
    west = district(town=home, code="1", name="Západ", boundary=square(13.4, 49.7))
    east = district(town=home, code="2", name="Východ", boundary=square(13.5, 49.7))
    return west, east


def written(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "events.csv") -> Path:
    """A file with a text."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def loaded(path: Path, into: EventRegister, run: Run = WRITE, **options: Any) -> ImportReport:
    """What loading a file into a register gave."""
    chosen = LoadOptions(**options)
    return load_events(table=open_events(path), register=into, by=system_user(), options=chosen, run=run)
