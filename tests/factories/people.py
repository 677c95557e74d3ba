"""Officers and what they answer for."""

from __future__ import annotations

from datetime import date
from typing import Any

from region.enums import OfficerRole
from region.models import Officer, OfficerAssignment
from tests.factories.numbers import next_number
from tests.factories.places import town


def officer(**fields: Any) -> Officer:
    """A state police officer with phone, e-mail and office hours on Monday and Wednesday."""
    number = next_number()
    known = {
        "code": f"P{number}",
        "rank": "prap.",
        "name": f"Jan Zkušební {number}",
        "organisation": "Policie České republiky",
        "phone": "+420 974 000 000",
        "email": f"officer{number}@example.org",
        "office_hours": [[0, "08:00", "10:00"], [2, "15:00", "17:00"]],
    }
    return Officer.objects.create(**{**known, **fields})


def assignment(**fields: Any) -> OfficerAssignment:
    """Who answers for what since 1 January 2020; ``district`` brings its town with it."""
    place = fields["district"].town if fields.get("district") else fields.get("town") or town()
    known = {"role": OfficerRole.STATE_POLICE, "since": date(2020, 1, 1), "officer": fields.get("officer") or officer()}
    return OfficerAssignment.objects.create(**{**known, "town": place, **fields})
