"""Writing to the person or the town hall responsible."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from region.clock import today
from region.domain.messages import Fate, Letter, write_to_person, write_to_town
from region.domain.rate_limit import take
from region.forms.messages import MessageForm, new_token
from region.parts import Link
from region.queries.recipients import Recipient, person_recipient, town_recipient
from region.views.trail import trail

MESSAGES_AN_HOUR = 6
HOUR = 3600
INCOMPLETE = 422
TOO_MANY = 429


# No cookie for anonymous readers: instead of Django's token, which needs one, the form carries a signed token of its
# own. Nobody's signed-in rights are used here, so there is nothing that another site could misuse.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """The form to a person, and its sending."""
    send = partial(write_to_person, assignment_id=assignment_id, on=today())
    return _form(request, _person_or_404(assignment_id), send, reverse("region:message-sent", args=[assignment_id]))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_to_town_hall(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to a town hall, and its sending."""
    return _form(
        request, _town_or_404(slug), partial(write_to_town, slug=slug), reverse("region:town-message-sent", args=[slug])
    )


@never_cache
@require_safe
def sent(request: HttpRequest, assignment_id: UUID) -> HttpResponse:
    """What happens next, after a message to a person."""
    return _page(request, "region/message_sent.html", _person_or_404(assignment_id))


@never_cache
@require_safe
def sent_to_town_hall(request: HttpRequest, slug: str) -> HttpResponse:
    """What happens next, after a message to a town hall."""
    return _page(request, "region/message_sent.html", _town_or_404(slug))


def _form(request: HttpRequest, reader: Recipient, send: Callable[..., Fate], target: str) -> HttpResponse:
    if request.method != "POST":
        return _page(request, "region/message_form.html", reader, form=MessageForm(initial={"token": new_token()}))
    form = MessageForm(request.POST)
    if not form.is_valid():
        form.renew()
        return _page(request, "region/message_form.html", reader, form=form, status=INCOMPLETE)
    values = form.cleaned_data
    letter = Letter(name=values["name"], email=values["email"], text=values["text"], key=values["key"])
    if not _may_send(request, letter):
        form.add_error(
            None,
            gettext("Too many messages came from your connection. Your text is kept: send it in an hour, or call."),
        )
        return _page(request, "region/message_form.html", reader, form=form, status=TOO_MANY)
    if send(letter=letter) is Fate.NOBODY:
        raise Http404
    return redirect(target)


def _may_send(request: HttpRequest, letter: Letter) -> bool:
    """Whether this connection has not written too much; a letter that comes again is not counted again."""
    address = request.META.get("REMOTE_ADDR", "")
    act = f"{request.path} {letter}"
    return take(action="message", address=address, limit=MESSAGES_AN_HOUR, seconds=HOUR, act=act)


def _page(
    request: HttpRequest, template: str, reader: Recipient, *, form: MessageForm | None = None, status: int = 200
) -> HttpResponse:
    context = {"reader": reader, "form": form, "trail": trail(_town_link(reader), Link(gettext("Write a message")))}
    return render(request, template, context, status=status)


def _town_link(reader: Recipient) -> Link:
    return Link(reader.town_name, reverse("region:town", args=[reader.town_slug]))


def _person_or_404(assignment_id: UUID) -> Recipient:
    reader = person_recipient(assignment_id, today())
    if reader is None:
        raise Http404
    return reader


def _town_or_404(slug: str) -> Recipient:
    reader = town_recipient(slug)
    if reader is None:
        raise Http404
    return reader
