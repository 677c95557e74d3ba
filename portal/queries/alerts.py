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
TOWN_FIELDS = ("towns__pk", "towns__slug", "towns__name")


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
    """An alert with its towns: key, part of the address, name."""

    alert: Alert
    towns: list[tuple[UUID, str, str]]


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
    for row in Alert.objects.not_ended(moment).values(*FIELDS, *TOWN_FIELDS):
        town, slug, name = (row.pop(field) for field in TOWN_FIELDS)
        stored = found.setdefault(row["id"], StoredAlert(Alert(**row), []))
        if town:
            stored.towns.append((town, slug, name))
    return list(found.values())


def page_of(request: HttpRequest) -> Page | None:
    """The Wagtail page being served, if the request is for one."""
    route = getattr(request, "_wagtail_route_for_request", None)
    return route.page if route else None


def _is_on(alert: Alert, moment: datetime) -> bool:
    return alert.since <= moment and (alert.until is None or alert.until > moment)


def _concerns(towns: list[tuple[UUID, str, str]], request: HttpRequest) -> bool:
    page = page_of(request)
    if not towns or isinstance(page, HomePage):
        return True
    if isinstance(page, TownPage):
        return page.town_id in {key for key, _slug, _name in towns}
    return _town_of_address(request) in {slug for _key, slug, _name in towns}


def _town_of_address(request: HttpRequest) -> str:
    """Part of the address that names the town whose people are shown; empty on pages of no town."""
    match = request.resolver_match
    return str(match.kwargs.get("slug", "")) if match and match.namespace == "region" else ""


def _shown(stored: StoredAlert) -> ShownAlert:
    alert, names = stored.alert, ", ".join(sorted(name for _key, _slug, name in stored.towns))
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
