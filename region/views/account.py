"""One's own account: what protects it, and the name and language that others see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.own_account import change_details
from region.forms.account import DetailsForm
from region.forms.refusals import show_refusal
from region.models import User
from region.queries.factors import factors_of
from region.views.guards import person_of, sign_in_required

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@sign_in_required
@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """What protects the account, each with its page."""
    person = person_of(request)
    return render(request, "account/home.html", {"person": person, "factors": factors_of(person)})


@sign_in_required
@require_http_methods(["GET", "HEAD", "POST"])
def details(request: HttpRequest) -> HttpResponse:
    """Name and language of letters."""
    person = person_of(request)
    # A copy, so that a wrong entry does not show in the frame of the page.
    form = DetailsForm(request.POST or None, instance=User.objects.get(pk=person.pk))
    if request.method == "POST" and form.is_valid():
        try:
            change_details(user=person, by=person, **form.cleaned_data)
        except ValidationError as error:
            show_refusal(form, error)
        else:
            messages.success(request, gettext("Your details are changed."))
            return redirect("account")
    return render(request, "account/details.html", {"form": form})
