"""Alerts in force on the page that the reader is on."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from portal.models import Alert, HomePage, TownPage
from region.clock import now
from region.memory import remembered

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpRequest
    from wagtail.models import Page

FIELDS = tuple(field.attname for field in Alert._meta.concrete_fields)


@dataclass(frozen=True, slots=True)
class ShownAlert:
    """One banner; ``key`` changes with the words, ``language`` is the one they are written in."""

    key: str
    severity: str
    title: str
    text: str
    url: str
    link_text: str
    language: str
    demo: bool


@dataclass(frozen=True, slots=True)
class StoredAlert:
    """An alert with the keys and names of its towns."""

    alert: Alert
    towns: dict[UUID, str]


def alerts_for(request: HttpRequest) -> list[ShownAlert]:
    """Alerts in force for every page, and those of towns on their own pages and the home page.

    The serious ones first, then the newest. Remembered; else 1 query.
    """
    moment = now()
    stored = remembered("alerts", lambda: stored_alerts(moment))
    return [_shown(one) for one in stored if _is_on(one.alert, moment) and _concerns(one.towns, request)]


def stored_alerts(moment: datetime) -> list[StoredAlert]:
    """Alerts that have not ended, those still to come among them, in the order in which they are shown. 1 query."""
    found: dict[int, StoredAlert] = {}
    for row in Alert.objects.not_ended(moment).values(*FIELDS, "towns__pk", "towns__name"):
        town, name = row.pop("towns__pk"), row.pop("towns__name")
        stored = found.setdefault(row["id"], StoredAlert(Alert(**row), {}))
        if town:
            stored.towns[town] = name
    return list(found.values())


def page_of(request: HttpRequest) -> Page | None:
    """The Wagtail page being served, if the request is for one."""
    route = getattr(request, "_wagtail_route_for_request", None)
    return route.page if route else None


def _is_on(alert: Alert, moment: datetime) -> bool:
    return alert.since <= moment and (alert.until is None or alert.until > moment)


def _concerns(towns: dict[UUID, str], request: HttpRequest) -> bool:
    if not towns:
        return True
    page = page_of(request)
    if isinstance(page, HomePage):
        return True
    town = page.town_id if isinstance(page, TownPage) else getattr(getattr(request, "town", None), "id", None)
    return town in towns


def _shown(stored: StoredAlert) -> ShownAlert:
    alert, names = stored.alert, ", ".join(sorted(stored.towns.values()))
    words = " ".join(part for part in (alert.text, f"({names})" if names else "") if part)
    digest = zlib.crc32(f"{alert.title}{words}".encode())
    return ShownAlert(
        key=f"alert-{alert.pk}-{digest:08x}",
        severity=alert.severity,
        title=alert.title,
        text=words,
        url=alert.link,
        link_text=_("More about it") if alert.link else "",
        language=alert.language,
        demo=alert.is_example,
    )
