"""An organisation as its own people see it: facts, bank accounts, colleagues, invitations."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.organisations import add_account
from region.forms.organisations import AccountForm
from region.models import Organisation
from region.navigation import trail_from
from region.office import Place
from region.parts import Link
from region.queries.invitations import invitations_for
from region.queries.organisations import accounts_for, own_organisations
from region.queries.people import colleagues, grants_for
from region.rules import can, require
from region.views.asking import Question, ask
from region.views.guards import permission_required, person_of
from region.views.invitations import STANDINGS, ask_invite, is_changeable, show_invitation, standing_now
from region.views.organisations import account_state, ask_change, ask_close, membership_words
from region.views.people import ask_end

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

VIEW = "region.view_own_organisation"
EDIT = "region.edit_own_organisation"
ACCOUNT = "region.add_own_account"
INVITE = "region.invite_colleague"


@require_safe
@permission_required(VIEW)
def organisations(request: HttpRequest) -> HttpResponse:
    """One's organisations."""
    found = own_organisations(person_of(request)).order_by("name")
    context = {"organisations": [(one, own_url(one)) for one in found], "trail": _trail()}
    return render(request, "region/own_organisations.html", context)


@require_safe
@permission_required(VIEW)
def own(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One of one's organisations."""
    by, found, now = person_of(request), _own(request, organisation_id), timezone.now()
    invites = can(by, INVITE, found)
    waiting = [one for one in invitations_for(by).filter(organisation=found) if is_changeable(one)] if invites else []
    context = {
        "organisation": found,
        "membership": membership_words(found),
        "accounts": [(one, account_state(one)) for one in accounts_for(by).filter(organisation=found)],
        "colleagues": colleagues(found, now),
        "invitations": [(one, STANDINGS[standing_now(one)]) for one in waiting],
        "may_edit": can(by, EDIT, found),
        "may_account": can(by, ACCOUNT, found),
        "may_invite": invites,
        "trail": _trail(Link(found.name)),
    }
    return render(request, "region/own_organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(EDIT)
def edit(request: HttpRequest, organisation_id: UUID) -> HttpResponseBase:
    """Change addresses of one's organisation."""
    found = _own(request, organisation_id, EDIT)
    back = _back(found)
    return ask_change(request, found, back, Place.MY, _trail(back))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ACCOUNT)
def account_add(request: HttpRequest, organisation_id: UUID) -> HttpResponseBase:
    """Add a bank account of one's organisation."""
    found = _own(request, organisation_id, ACCOUNT)
    form = AccountForm(request.POST or None)
    question = Question(
        title=gettext("Add a bank account"),
        lead=gettext("The programme verifies it before any money is sent there."),
        button=gettext("Add the account"),
        action="bankaccount.add",
        done=gettext("The account was added. It waits for verification."),
        back=_back(found),
        place=Place.MY,
        trail=_trail(_back(found), Link(gettext("Add a bank account"))),
    )
    by = person_of(request)
    return ask(request, question, lambda values: add_account(organisation=found, **values, by=by), form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(ACCOUNT)
def account_close(request: HttpRequest, organisation_id: UUID, account_id: UUID) -> HttpResponseBase:
    """Close a bank account of one's organisation."""
    found = _own(request, organisation_id, ACCOUNT)
    account = get_object_or_404(accounts_for(person_of(request)).filter(organisation=found), pk=account_id)
    return ask_close(request, account, _back(found), Place.MY, _trail(_back(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(INVITE)
def invite(request: HttpRequest, organisation_id: UUID) -> HttpResponseBase:
    """Invite a colleague."""
    found = _own(request, organisation_id, INVITE)
    return ask_invite(request, _back(found), Place.MY, _trail(_back(found)), found)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(INVITE)
def invitation(request: HttpRequest, organisation_id: UUID, invitation_id: UUID) -> HttpResponseBase:
    """An invitation to one's organisation."""
    found = _own(request, organisation_id, INVITE)
    one = get_object_or_404(invitations_for(person_of(request)).filter(organisation=found), pk=invitation_id)
    return show_invitation(request, one, _back(found), Place.MY, _trail(_back(found)))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(INVITE)
def end(request: HttpRequest, organisation_id: UUID, grant_id: UUID) -> HttpResponseBase:
    """End a colleague's role."""
    found = _own(request, organisation_id, INVITE)
    grant = get_object_or_404(grants_for(person_of(request)).filter(organisation=found), pk=grant_id)
    return ask_end(request, grant, _back(found), Place.MY, _trail(_back(found)))


def own_url(organisation: Organisation) -> str:
    """Address of an organisation in My."""
    return reverse("region:my-organisation", args=[organisation.pk])


def _own(request: HttpRequest, organisation_id: UUID, permission: str = VIEW) -> Organisation:
    """One of the person's organisations (404 for others'), for which the person has ``permission`` (403)."""
    user = person_of(request)
    found = get_object_or_404(own_organisations(user), pk=organisation_id)
    require(user, permission, found)
    return found


def _back(found: Organisation) -> Link:
    return Link(found.name, own_url(found))


def _trail(*here: Link) -> tuple[Link, ...]:
    return trail_from(Place.MY, Link(gettext("My organisations"), reverse("region:my-organisations")), *here)
