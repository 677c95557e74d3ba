"""Puts a demo region's content into the database, through the same functions that people's work goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from portal.demo.cameras import load_cameras
from portal.demo.event_registers import load_event_register
from portal.demo.figures import load_metrics
from portal.demo.organisations import load_organisations
from portal.demo.places import load_places
from portal.demo.publishing import load_pages
from portal.demo.reading import read_region

if TYPE_CHECKING:
    from collections.abc import Callable

    from region.models import User


def load_region(*, region: str, by: User, progress: Callable[[str], None]) -> None:
    """Load the demo region ``plzen`` or ``krakow``; a second time it only mends what differs.

    ``progress`` is told each step. Raises ContentError when the content's files are damaged.
    """
    content = read_region(region)
    with transaction.atomic():  # all or nothing, and one wait for the disk instead of thousands
        load_places(content, by=by, progress=progress)
        load_organisations(content, progress=progress)
        load_metrics(region, progress=progress)
        load_cameras(content, by=by, progress=progress)
        load_event_register(content, by=by, progress=progress)
        load_pages(content, by=by, progress=progress)
