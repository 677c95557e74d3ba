"""What a reader of a dashboard asks for: the filters that stand in the address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from region.models import SecurityDistrict, Town


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the data; everything left out means all of it.

    `since` and `until` are years, both included. `as_of` is the moment whose state of knowledge is shown; None: now.
    `source` is the key of a register of events.
    """

    town: Town | None = None
    district: SecurityDistrict | None = None
    since: int | None = None
    until: int | None = None
    category: str = ""
    source: str = ""
    as_of: datetime | None = None
