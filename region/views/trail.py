"""The way from the home page to a page of the finder."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from region.parts import Link
from region.queries.towns import TownFacts


def trail(*here: Link, town: TownFacts | None = None) -> tuple[Link, ...]:
    """Home, finder, the town if given, and what follows; the last one is the page itself."""
    steps = [
        Link(gettext("Home"), reverse("wagtail_serve", args=[""])),
        Link(gettext("Who is responsible"), reverse("region:finder")),
    ]
    if town:
        steps.append(Link(town.name, reverse("region:town", args=[town.slug])))
    return (*steps, *here)
