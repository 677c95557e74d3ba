"""A page that asks one thing and does it once: a form, or a mere yes before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.shortcuts import render

from region.domain.editing import ChangedMeanwhile
from region.domain.transition import IllegalTransition
from region.forms.refusals import show_refusal
from region.office import Place
from region.parts import Link
from region.views.sending import sent_once

if TYPE_CHECKING:
    from django.forms import BaseForm
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

INCOMPLETE = 422
CONFLICT = 409


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked. ``action`` names the act; ``done`` is said when it is done, on the page that ``back`` leads to."""

    title: str
    button: str
    action: str
    back: Link
    done: str
    lead: str = ""
    place: Place = Place.OFFICE
    is_danger: bool = False
    trail: tuple[Link, ...] = ()
    template: str = "region/question.html"
    more: Mapping[str, Any] = field(default_factory=dict)


def ask(
    request: HttpRequest,
    question: Question,
    act: Callable[[dict[str, Any]], object],
    form: BaseForm | None = None,
    *,
    then: Callable[[Any], str] | None = None,
) -> HttpResponseBase:
    """Show the form, or do ``act`` with its values once and lead back, or to where ``then`` says of what it gave.

    What the rules refuse stands at its field or above the form, and nothing that was written is lost: neither when
    somebody else was faster (409).
    """
    refused = INCOMPLETE
    shown = form if form is not None else Form(request.POST if request.method == "POST" else None)

    def effect() -> str:
        done = act(shown.cleaned_data)
        messages.success(request, question.done)
        return then(done) if then else question.back.url

    if request.method == "POST" and shown.is_valid():
        try:
            return sent_once(request, question.action, effect)
        except ValidationError as error:
            show_refusal(shown, error)
            refused = CONFLICT if isinstance(error, ChangedMeanwhile) else INCOMPLETE
        except IllegalTransition as gone:
            # Somebody was faster: what this person wrote still stands there, to be read or copied.
            shown.add_error(None, ValidationError(gone.messages))
            refused = CONFLICT
    status = refused if shown.is_bound and shown.errors else 200
    context = {"question": question, "form": shown, "frame": question.place.frame, "trail": question.trail}
    return render(request, question.template, {**context, **question.more}, status=status)
