"""Which entries of the site search a change concerns: gathered while the transaction runs, written after its commit."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import CollectionViewRestriction, Page, PageViewRestriction
from wagtail.signals import post_page_move

from portal.freshness import QUIET_FIELDS
from portal.pages.town_page import TownPage
from portal.search.indexing import refresh, refresh_region
from region import clock
from region.domain.content import register as register_bulk
from region.domain.tick import register as register_tick
from region.models import Officer, OfficerAssignment, SecurityDistrict, Town

ALL = "*"
# A portal that stood still for some days catches up with the terms of office that began or ended meanwhile.
CATCH_UP = timedelta(days=14)


class _Waiting(threading.local):
    """What this thread's transaction has touched: kind of thing → keys."""

    def __init__(self) -> None:
        self.keys: dict[str, set[str]] = defaultdict(set)


_waiting = _Waiting()


def later(what: str, keys: Iterable[Any]) -> None:
    """Have the entries of these things refreshed after the commit; what a rolled-back transaction left is forgotten."""
    if not any(waiting[1] is _refresh_waiting for waiting in transaction.get_connection().run_on_commit):
        _waiting.keys.clear()
    _waiting.keys[what].update(str(key) for key in keys)
    transaction.on_commit(_refresh_waiting, robust=True)


def _refresh_waiting() -> None:
    keys, _waiting.keys = _waiting.keys, defaultdict(set)
    for what, found in keys.items():
        refresh(what, None if ALL in found else found)


def on_page(instance: Page, update_fields: frozenset[str] | None = None, **_more: Any) -> None:
    """A page was saved or deleted; saving a draft changes nothing that readers find."""
    if update_fields and QUIET_FIELDS.issuperset(update_fields):
        return
    if isinstance(instance, TownPage):
        later("town", [instance.town_id])
    else:
        later("page", [instance.pk])


def on_pages(**_more: Any) -> None:
    """Pages were moved, or who may read a part of the tree has changed."""
    later("page", [ALL])
    later("town", [ALL])


def on_town(instance: Town, **_more: Any) -> None:
    """Its districts and people are told with its name."""
    later("town", [instance.pk])
    later("district", SecurityDistrict.objects.filter(town_id=instance.pk).values_list("pk", flat=True))
    later("person", OfficerAssignment.objects.filter(town_id=instance.pk).values_list("officer_id", flat=True))


def on_district(instance: SecurityDistrict, **_more: Any) -> None:
    """Its people are told with its name."""
    later("district", [instance.pk])
    later("person", OfficerAssignment.objects.filter(district_id=instance.pk).values_list("officer_id", flat=True))


def on_officer(instance: Officer, **_more: Any) -> None:
    """Name or organisation may have changed."""
    later("person", [instance.pk])


def on_assignment(instance: OfficerAssignment, **_more: Any) -> None:
    """Somebody took office, or ceased to hold it."""
    later("person", [instance.officer_id])


def on_document(instance: Any, **_more: Any) -> None:
    """Title, tags or collection may have changed."""
    later("document", [instance.pk])


def on_documents(**_more: Any) -> None:
    """Who may open a collection has changed."""
    later("document", [ALL])


def refresh_terms(*, now: datetime) -> int:
    """At the minute tick: terms of office begin and end by themselves; gives how many entries changed."""
    today = now.astimezone(clock.zone()).date()
    began = Q(since__gt=today - CATCH_UP, since__lte=today)
    ended = Q(until__gte=today - CATCH_UP, until__lt=today)
    keys = {str(key) for key in OfficerAssignment.objects.filter(began | ended).values_list("officer_id", flat=True)}
    if not keys:
        return 0
    counts = refresh("person", keys)
    return counts.written + counts.removed


def connect() -> None:
    """Listen; called once when all models are known."""
    pages = {model: on_page for model in apps.get_models() if issubclass(model, Page)}
    single = {Town: on_town, SecurityDistrict: on_district, Officer: on_officer, OfficerAssignment: on_assignment}
    others = {get_document_model(): on_document, PageViewRestriction: on_pages, CollectionViewRestriction: on_documents}
    everything: dict[Any, Any] = {**pages, **single, **others}
    for model, receiver in everything.items():
        for signal in (post_save, post_delete):
            signal.connect(receiver, sender=model, dispatch_uid="site-search")
    post_page_move.connect(on_pages, dispatch_uid="site-search")
    register_bulk(refresh_region)
    register_tick("people in site search", refresh_terms, _("Keep the search for people up to date"))
