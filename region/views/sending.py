"""Forms that have their effect once: ``{% form_key %}`` in the template, ``sent_once`` in the view."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponseRedirect

from region.domain.sent_forms import ForeignForm, once
from region.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

FIELD = "form_key"


def sent_once(request: HttpRequest, action: str, effect: Callable[[], str]) -> HttpResponseRedirect:
    """Lead to the page whose address ``effect`` gives; the same form sent again leads there too, without the effect.

    Call it when the form is valid. ``action`` names the act, as in the audit trail. What ``effect`` raises passes
    through, and the form may then be sent again. A form without a key (the tag is missing in its template) is answered
    409.
    """
    if not isinstance(request.user, User):
        raise ForeignForm("nobody is signed in")
    try:
        key = UUID(request.POST.get(FIELD, ""))
    except ValueError as error:
        raise ForeignForm("no key") from error
    return HttpResponseRedirect(once(key=key, user=request.user, action=action, effect=effect))
