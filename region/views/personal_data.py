"""Personal data of one person: what is held, the copy for the person, and erasing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from region.clock import today
from region.domain.erasure import erase_officer, erase_person
from region.domain.personal_export import as_json, export_person
from region.forms.personal_data import ErasureForm, PersonSearchForm
from region.models import Officer, User
from region.navigation import trail_from
from region.office import Place
from region.parts import Link
from region.queries.personal_data import holdings, people_for_handling, person_of_officer, person_of_user
from region.security_log import note
from region.views.guards import permission_required, person_of
from region.views.sending import sent_once

if TYPE_CHECKING:
    from django.http import HttpRequest

PERMISSION = "region.handle_personal_data"
INCOMPLETE = 422


def address_of(who: User | Officer, name: str = "region:office-personal-data-person") -> str:
    """Address of the screen of a person."""
    return reverse(name, args=["account" if isinstance(who, User) else "officer", who.pk])


def _found(kind: str, key: UUID) -> User | Officer:
    if kind == "account":
        return get_object_or_404(User, pk=key)
    if kind == "officer":
        return get_object_or_404(Officer, pk=key)
    raise Http404


@permission_required(PERMISSION)
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """People of whom something is held."""
    form = PersonSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    found = [
        {"who": one, "url": address_of(one), "is_account": isinstance(one, User)} for one in people_for_handling(text)
    ]
    context = {
        "form": form,
        "found": found,
        "text": text,
        "trail": trail_from(Place.OFFICE, Link(gettext("Personal data"))),
    }
    return render(request, "region/personal_data.html", context)


@permission_required(PERMISSION)
@require_http_methods(["GET", "HEAD"])
def person(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """What is held of one person, and what erasing would do."""
    who = _found(kind, key)
    note("personal_data.view", request=request, what=f"region.{kind}", target_id=str(who.pk))
    return _shown(request, who, ErasureForm(words=_words(who)))


def _shown(request: HttpRequest, who: User | Officer, form: ErasureForm, status: int = 200) -> HttpResponse:
    held = holdings(person_of_user(who) if isinstance(who, User) else person_of_officer(who))
    is_erased = isinstance(who, User) and who.erased_at is not None
    context = {
        "who": gettext("Erased account") if is_erased else who,
        "email": who.email,
        "held": held,
        "form": form,
        "is_erased": is_erased,
        "is_account": isinstance(who, User),
        "copy": address_of(who, "region:office-personal-data-copy"),
        "erase": address_of(who, "region:office-personal-data-erase"),
        "trail": trail_from(
            Place.OFFICE, Link(gettext("Personal data"), reverse("region:office-personal-data")), Link(str(who))
        ),
    }
    return render(request, "region/personal_data_person.html", context, status=status)


def _words(who: User | Officer) -> str:
    return who.email or str(who)


@permission_required(PERMISSION)
@require_POST
def copy(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """The copy of everything held about the person, as a file."""
    who = _found(kind, key)
    made = as_json(export_person(who=who, by=person_of(request)))
    note("personal_data.export", request=request, what=f"region.{kind}", target_id=str(who.pk))
    response = HttpResponse(made, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="personal-data-{today():%Y-%m-%d}.json"'
    return response


@permission_required(PERMISSION)
@require_POST
def erase(request: HttpRequest, kind: str, key: UUID) -> HttpResponse:
    """Erase the person after the words that confirm it."""
    who = _found(kind, key)
    form = ErasureForm(request.POST, words=_words(who))
    if not form.is_valid():
        return _shown(request, who, form, INCOMPLETE)
    try:
        return sent_once(request, "person.erase", lambda: _erased(request, who, kind))
    except ValidationError as error:
        form.add_error(None, error)
        return _shown(request, who, form, INCOMPLETE)


def _erased(request: HttpRequest, who: User | Officer, kind: str) -> str:
    by = person_of(request)
    if isinstance(who, User):
        erase_person(user=who, by=by)
    else:
        erase_officer(officer=who, by=by)
    note("personal_data.erase", request=request, what=f"region.{kind}", target_id=str(who.pk))
    messages.success(request, gettext("The person is erased. What was kept stands below with its reason."))
    return address_of(who)
