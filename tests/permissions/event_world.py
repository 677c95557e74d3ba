"""Records of events to ask for: a register with a spelling, a load in use."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from reports.models import EventLabel, EventLoad, EventRegister
from tests.factories.event_registers import register


@dataclass(frozen=True)
class EventWorld:
    """Nothing of it is published."""

    register: EventRegister
    label: EventLabel
    load: EventLoad


def build_events() -> EventWorld:
    """A register into which an empty file was loaded."""
    one = register()
    label = EventLabel.objects.create(register=one, spelling="vrak")
    load = EventLoad.objects.create(register=one, file_name="a.csv", sha256="0" * 64, at=timezone.now())
    return EventWorld(one, label, load)
