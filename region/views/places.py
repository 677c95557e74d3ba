"""Who is responsible for a town or a district: the answer, at an address that lasts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from region.cards import person_cards
from region.clock import today
from region.forms.finder import DayForm
from region.parts import Link
from region.queries.districts import DistrictFacts, districts_of
from region.queries.maps import districts_map
from region.queries.officers import responsible_for
from region.queries.towns import TownFacts, town_by_slug
from region.views.trail import trail

BAD_REQUEST = 400


@require_safe
def town(request: HttpRequest, slug: str) -> HttpResponse:
    """People who answer for a whole town, and its districts."""
    found = town_or_404(slug)
    return _page(request, found, None, districts_of(found.id))


@require_safe
def district(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """People who answer for a district, together with those of the whole town."""
    place = town_or_404(slug)
    districts = districts_of(place.id)
    found = next((district for district in districts if district.code == code), None)
    if found is None:
        raise Http404
    return _page(request, place, found, districts)


def town_or_404(slug: str) -> TownFacts:
    """The town of an address."""
    found = town_by_slug(slug, today())
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, town: TownFacts, district: DistrictFacts | None, districts: tuple[DistrictFacts, ...]
) -> HttpResponse:
    now = today()
    form = DayForm(request.GET if "day" in request.GET else None)
    day: date = (form.cleaned_data.get("day") if form.is_valid() else None) or now
    groups = responsible_for(town_id=town.id, district_id=district.id if district else None, on=day)
    people = [person for group in groups for person in group.people]
    context: dict[str, Any] = {
        "town": town,
        "district": district,
        "districts": districts,
        "cards": person_cards(people, districts, is_today=day == now),
        "on": day,
        "is_today": day == now,
        "form": form,
        "map": districts_map(
            town_id=town.id,
            urls={one.code: reverse("region:district", args=[town.slug, one.code]) for one in districts},
            selected=district.code if district else "",
        ),
        "is_schematic": any(one.schematic for one in districts),
        "here": reverse("region:district", args=[town.slug, district.code])
        if district
        else reverse("region:town", args=[town.slug]),
        "trail": trail(Link(district.name), town=town) if district else trail(town=town),
    }
    return render(
        request, "region/place.html", context, status=BAD_REQUEST if form.is_bound and not form.is_valid() else 200
    )
