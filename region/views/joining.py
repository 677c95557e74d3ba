"""Accepting an invitation. The link's secret is exchanged for a place in the session at once: no page shows it."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows import login as login_flow
from allauth.account.models import Login
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.invitations import (
    InvitationGone,
    OtherAccount,
    accept_as,
    accept_as_new,
    find_invitation,
    hash_of,
)
from region.forms.joining import NewcomerForm
from region.forms.refusals import show_refusal
from region.models import User
from region.queries.invitations import Standing

if TYPE_CHECKING:
    from django.http import HttpRequest

    from region.models import Invitation

KEPT = "invitation"


@never_cache
@require_safe
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """The link of a letter: keep what it means, and go on without it in the address."""
    token_hash = hash_of(token)
    try:
        find_invitation(token_hash=token_hash)
    except InvitationGone as gone:
        response = _gone(request, gone)
    else:
        request.session[KEPT] = token_hash
        response = redirect("region:invitation-accept")
    # The address holds the secret: it is told to no one, not even to our own pages.
    response["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """What the person is invited to, and what he or she has to do to accept."""
    token_hash = str(request.session.get(KEPT, ""))
    try:
        found = find_invitation(token_hash=token_hash)
        return _answer(request, found, token_hash)
    except InvitationGone as gone:
        return _gone(request, gone)


def _answer(request: HttpRequest, found: Invitation, token_hash: str) -> HttpResponse:
    person: Any = request.user
    account = User.objects.filter(email__iexact=found.email).first()
    if person.is_authenticated:
        if account is None or account.pk != person.pk:
            return _page(request, found, step="sign_out")
        return _for_account(request, found, token_hash, account)
    if account is not None:
        return _page(request, found, step="sign_in", sign_in_url=_sign_in_url())
    return _for_newcomer(request, found, token_hash)


def _for_account(request: HttpRequest, found: Invitation, token_hash: str, account: User) -> HttpResponse:
    if request.method != "POST":
        return _page(request, found, step="accept")
    try:
        grant = accept_as(token_hash=token_hash, user=account)
    except ValidationError as error:
        return _page(request, found, step="accept", problems=error.messages)
    request.session.pop(KEPT, None)
    messages.success(request, gettext("You now hold the role “%(role)s”.") % {"role": grant})
    return redirect("region:home")


def _for_newcomer(request: HttpRequest, found: Invitation, token_hash: str) -> HttpResponse:
    form = NewcomerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = accept_as_new(token_hash=token_hash, newcomer=form.newcomer)
        except ValidationError as error:
            show_refusal(form, error)
        except OtherAccount:
            # Somebody made the account meanwhile.
            return redirect("region:invitation-accept")
        else:
            request.session.pop(KEPT, None)
            return _signed_in(request, user, form.newcomer.password)
    return _page(request, found, step="join", form=form)


def _signed_in(request: HttpRequest, user: User, password: str | None) -> HttpResponse:
    """Sign in through the usual way, with all its steps."""
    login = Login(user=user, redirect_url=reverse("region:home"), signup=True, email=user.email)
    method = "code" if password is None else "password"
    login_flow.record_authentication(request, user, method=method, email=user.email)
    answer: HttpResponse = login_flow.perform_login(request, login)
    return answer


def _sign_in_url() -> str:
    """To signing in, and to the second factor of staff, without which one counts as not signed in here either."""
    return f"{reverse('second_factor')}?next={reverse('region:invitation-accept')}"


def _page(request: HttpRequest, found: Invitation, **context: Any) -> HttpResponse:
    return render(request, "region/invitation.html", {"invitation": found, **context})


def _gone(request: HttpRequest, gone: InvitationGone) -> HttpResponse:
    """Say in plain words what to do; whoever has just accepted is led on."""
    found: Any = gone.invitation
    if found and gone.standing is Standing.ACCEPTED and found.accepted_by_id == request.user.pk:
        return redirect("region:home")
    status = HTTPStatus.NOT_FOUND if gone.standing is Standing.UNKNOWN else HTTPStatus.GONE
    return render(request, "region/invitation_gone.html", {"standing": gone.standing.value}, status=status)
