"""What is missing before a camera point may run or be published: pure, from facts gathered elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.utils.translation import gettext

from reports.camera_rules import audio_problem, retention_problem

# A text, or one that is translated when shown.
Text = Any


class Where(Enum):
    """Where something missing is mended."""

    SYSTEM = "system"
    LEGAL_BASIS = "legal_basis"
    DPIA = "dpia"
    DEVICE = "device"
    POINT = "point"
    CONSULTATION = "consultation"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the list is made from, as of `day`. Counts are of devices that stand at the point, or in the system."""

    day: date
    country: str
    controller: str
    notice_url: str
    dpo_contact: str
    retention_days: int | None
    has_evidence_hold: bool
    audio_note: str
    has_legal_basis: bool
    has_purpose_detail: bool
    last_dpia: date | None
    next_dpia: date | None
    devices: int
    devices_expected: int | None
    audio_devices: int
    faces_unanswered: int
    audio_unanswered: int
    analytics_unanswered: int
    has_location: bool
    has_consultation: bool
    running_since: date | None = None
    last_review: date | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is asked for: done, or missing. What is `needed` stops operation and publication."""

    code: str
    text: str
    where: Where
    is_done: bool
    is_needed: bool = True


def checklist(facts: Facts) -> tuple[Item, ...]:
    """Everything that is asked for a point, in the order in which people look for it."""
    return (*_law(facts), *_devices(facts), *_advice(facts))


def lacks(facts: Facts) -> tuple[Item, ...]:
    """What stops operation and publication."""
    return tuple(item for item in checklist(facts) if item.is_needed and not item.is_done)


def _law(facts: Facts) -> Iterator[Item]:
    """What the law asks of the system."""
    yield Item("controller", gettext("The controller is named."), Where.SYSTEM, is_done=bool(facts.controller))
    yield Item(
        "notice", gettext("The address of the privacy notice is known."), Where.SYSTEM, is_done=bool(facts.notice_url)
    )
    yield Item("basis", gettext("A legal basis with a purpose is in force."), Where.LEGAL_BASIS, facts.has_legal_basis)
    yield Item(
        "retention",
        gettext("It is said for how many days recordings are kept."),
        Where.SYSTEM,
        facts.retention_days is not None,
        is_needed=False,
    )
    too_long = retention_problem(
        country=facts.country, days=facts.retention_days, has_evidence_hold=facts.has_evidence_hold
    )
    if too_long:
        yield Item("retention_law", too_long, Where.SYSTEM, is_done=False)


def _devices(facts: Facts) -> Iterator[Item]:
    """What is asked of devices."""
    sound = audio_problem(country=facts.country, has_audio=facts.audio_devices > 0, note=facts.audio_note)
    if sound:
        yield Item("audio_law", sound, Where.SYSTEM, is_done=False)
    if not facts.devices:
        return
    yield Item(
        "faces",
        gettext("It is answered for each device whether it recognises faces."),
        Where.DEVICE,
        not facts.faces_unanswered,
    )
    yield Item(
        "audio",
        gettext("It is answered for each device whether it records sound."),
        Where.DEVICE,
        not facts.audio_unanswered,
    )
    yield Item(
        "analytics",
        gettext("It is answered for each device which analytics it uses."),
        Where.DEVICE,
        not facts.analytics_unanswered,
        is_needed=False,
    )


def _advice(facts: Facts) -> Iterator[Item]:
    """What is good to have and stops nothing."""
    yield Item(
        "devices",
        gettext("Its devices are in the register, or their number is."),
        Where.DEVICE,
        bool(facts.devices or facts.devices_expected),
        is_needed=False,
    )
    yield Item(
        "dpo",
        gettext("The data-protection officer can be reached."),
        Where.SYSTEM,
        bool(facts.dpo_contact),
        is_needed=False,
    )
    has_dpia = facts.last_dpia is not None and (facts.next_dpia is None or facts.next_dpia >= facts.day)
    yield Item("dpia", gettext("An impact assessment is there and not overdue."), Where.DPIA, has_dpia, is_needed=False)
    yield Item(
        "necessity",
        gettext("It is said why it is necessary and which milder means were tried."),
        Where.LEGAL_BASIS,
        facts.has_purpose_detail,
        is_needed=False,
    )
    yield Item("location", gettext("The place on the map is known."), Where.POINT, facts.has_location, is_needed=False)
    yield Item(
        "consultation",
        gettext("The district council was asked."),
        Where.CONSULTATION,
        facts.has_consultation,
        is_needed=False,
    )
    if is_review_due(running_since=facts.running_since, last_review=facts.last_review, day=facts.day):
        yield Item("review", gettext("The yearly review is done."), Where.REVIEW, is_done=False, is_needed=False)


def is_review_due(*, running_since: date | None, last_review: date | None, day: date) -> bool:
    """Whether a point that runs has waited for its yearly review for more than a year (366 days)."""
    if running_since is None:
        return False
    return (day - max(running_since, last_review or running_since)).days > 366
