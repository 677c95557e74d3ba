"""Who is responsible where I live: the question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from region.cards import person_cards
from region.clock import today
from region.forms.finder import FinderForm
from region.queries.address_search import Hit, HitKind, search
from region.queries.districts import districts_by_town
from region.queries.finder import Kind, Outcome, for_address, for_point, for_street, is_district
from region.queries.maps import PLATE_TONES, region_map
from region.queries.officers import responsible_for
from region.queries.towns import numbered_towns
from region.views.trail import trail

BAD_REQUEST = 400
SUGGESTIONS = 8
SUGGESTION_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Choice:
    """Something found, with the address of its answer."""

    label: str
    kind: HitKind
    url: str


@require_safe
def finder(request: HttpRequest) -> HttpResponse:
    """The form, the map and the list; with a question either the page that answers it or what to choose from."""
    on = today()
    form = FinderForm(request.GET)
    outcome = answer(form, on) if form.is_valid() else None
    target = _target(outcome)
    if target:
        return _private(redirect(target))
    asked = outcome is not None or not form.is_valid()
    context = {
        **({} if asked else _lists(on)),
        "asked": asked,
        "form": form,
        "outcome": outcome,
        "address": request.GET.get("address", "")[:1000],
        "trail": trail(),
    }
    if outcome:
        context.update(_answered(outcome, on))
    response = render(request, "region/finder.html", context, status=200 if form.is_valid() else BAD_REQUEST)
    return _private(response) if asked else response


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """What the typed beginning of an address may become: a fragment for the list under the field."""
    form = FinderForm(request.GET)
    text = form.cleaned_data["address"] if form.is_valid() else ""
    hits = search(text, limit=SUGGESTIONS).hits
    response = render(request, "region/_suggestions.html", {"choices": tuple(_choice(hit) for hit in hits)})
    patch_cache_control(response, private=True, max_age=SUGGESTION_SECONDS)
    return response


def answer(form: FinderForm, on: date) -> Outcome | None:
    """What a valid question leads to; nothing when nothing was asked."""
    asked = form.cleaned_data
    if form.has_point():
        return for_point(lon=asked["lon"], lat=asked["lat"], on=on)
    if asked["street"]:
        return for_street(asked["street"], on=on)
    return for_address(asked["address"], on=on) if asked["address"] else None


def _target(outcome: Outcome | None) -> str:
    """The lasting address of the answer, if it has one: the reader's own address is not kept in it."""
    if outcome is None:
        return ""
    if outcome.kind is Kind.TOWN:
        return reverse("region:town", args=[outcome.slug])
    found = outcome.answer
    if found and is_district(found) and found.town and found.district:
        return reverse("region:district", args=[found.town.slug, found.district.code])
    if found and found.town and not found.town_has_districts:
        return reverse("region:town", args=[found.town.slug])
    return ""


def _answered(outcome: Outcome, on: date) -> dict[str, Any]:
    """What to choose from; for a place without a district the town's own people, if it lies in a town."""
    town = outcome.answer.town if outcome.answer else None
    groups = responsible_for(town_id=town.id, district_id=None, on=on) if town else ()
    people = [person for group in groups for person in group.people]
    return {
        "choices": tuple(_choice(hit) for hit in outcome.hits),
        "house_groups": tuple(
            (group.district, tuple(_choice(hit) for hit in group.houses)) for group in outcome.groups
        ),
        "town": town,
        "cards": person_cards(people, ()),
    }


def _choice(hit: Hit) -> Choice:
    if hit.kind is HitKind.TOWN:
        return Choice(hit.label, hit.kind, reverse("region:town", args=[hit.slug]))
    finder = reverse("region:finder")
    if hit.kind is HitKind.STREET:
        return Choice(hit.label, hit.kind, f"{finder}?street={hit.street_id}")
    return Choice(hit.label, hit.kind, f"{finder}?lat={hit.lat:.6f}&lon={hit.lon:.6f}")


def _lists(on: date) -> dict[str, Any]:
    """The map of towns and the equal list of towns with their districts."""
    towns = numbered_towns(on)
    districts = districts_by_town()
    return {
        "map": region_map(on=on, urls={town.slug: reverse("region:town", args=[town.slug]) for town in towns}),
        "towns": tuple(
            (town, PLATE_TONES.get(town.wave or 0, "outline"), districts.get(town.id, ())) for town in towns
        ),
    }


def _private(response: HttpResponse) -> HttpResponse:
    """Somebody's address or position is in the question: nobody may keep the page."""
    patch_cache_control(response, private=True, no_store=True)
    return response
