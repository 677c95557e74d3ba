"""People with accounts in the office: the list, one person, giving and ending roles, blocking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from region.domain.grants import end_role, give_role, may_give
from region.domain.people_accounts import block_account, reset_second_factor, unblock_account
from region.forms.people import BlockForm, EndRoleForm, GiveRoleForm, roles_to_give
from region.listing import Column, Kind, ListFilters, Listing, View, folded, trail_to
from region.models import RoleGrant, User
from region.office import Place
from region.parts import Link
from region.permissions import what_it_may
from region.queries.people import grants_for, people_for, roles_in_time
from region.roles import role_choices
from region.rules import can
from region.security_log import note
from region.views.asking import Question, ask
from region.views.audit import history_url
from region.views.guards import permission_required, person_of
from region.views.invitations import invite_link

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

VIEW = "region.view_people"
MANAGE = "region.manage_people"
GIVE = (MANAGE, "region.invite_to_organisation")


class PeopleFilters(ListFilters):
    """By role held now, by whether the account is open."""

    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=role_choices, method="holding", empty_label=pgettext_lazy("filter", "any")
    )
    state = django_filters.ChoiceFilter(
        label=_("Account"),
        choices=[("open", pgettext_lazy("account", "open")), ("blocked", pgettext_lazy("account", "blocked"))],
        method="standing",
        empty_label=pgettext_lazy("filter", "any"),
    )

    def holding(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Those who hold the role this moment."""
        holding = RoleGrant.objects.active(timezone.now()).filter(role=value)
        return rows.filter(pk__in=holding.values("user"))

    def standing(self, rows: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        """Open or blocked accounts."""
        return rows.filter(is_active=value == "open")


def roles_in_words(person: Any) -> str:
    """Roles in force with their places, as one text."""
    return "; ".join(grant_in_words(grant) for grant in person.roles_now)


def grant_in_words(grant: RoleGrant) -> str:
    """A role with its place."""
    place = grant.organisation or grant.town
    return f"{grant} – {place}" if place else str(grant)


def account_state(person: User) -> str:
    """Whether somebody may sign in."""
    return pgettext("account", "open") if person.is_active else pgettext("account", "blocked")


def person_url(person: User) -> str:
    """Address of a person's page."""
    return reverse("region:office-person", args=[person.pk])


PEOPLE = Listing(
    url_name="region:office-people",
    title=_("People"),
    lead=_("Everybody who has an account, with the roles that hold now."),
    permissions=(VIEW,),
    rows=people_for,
    columns=(
        Column(
            key="name",
            label=pgettext_lazy("of a person", "Name"),
            value=str,
            sort=(folded("last_name"), folded("email")),
            link=person_url,
        ),
        Column(key="email", label=_("E-mail"), sort="email"),
        Column(key="roles", label=_("Roles"), value=roles_in_words, empty=pgettext_lazy("roles", "none")),
        Column(
            key="account",
            label=_("Account"),
            value=account_state,
            kind=Kind.STATUS,
            tone=lambda person: "done" if person.is_active else "late",
        ),
        Column(key="second_factor", label=_("Second factor"), value="has_factor"),
        Column(
            key="last_sign_in",
            label=_("Last sign-in"),
            value="last_login",
            kind=Kind.DATETIME,
            sort="last_login",
            empty=pgettext_lazy("sign-in", "never"),
        ),
    ),
    order="name",
    filters=PeopleFilters,
    search=("first_name", "last_name", "email"),
    search_label=_("Name or e-mail"),
    views=(
        View(label=pgettext_lazy("people", "All")),
        View(label=pgettext_lazy("people", "Administrators"), query="role=administrator"),
        View(label=pgettext_lazy("people", "Blocked"), query="state=blocked"),
    ),
    create=invite_link,
    empty_title=_("Nobody has an account yet"),
    empty_text=_("Invite the first person."),
    is_personal=True,
)


@require_safe
@permission_required(VIEW)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """One person: facts, roles in time, what may be done."""
    found, by, now = _person(request, person_id), person_of(request), timezone.now()
    note("personal_data.view", request=request, what="region.user", target_id=str(found.pk))
    roles = roles_in_time(grants_for(by).filter(user=found).order_by("valid_from"), now)
    manages = can(by, MANAGE) and by.pk != found.pk
    context = {
        "person": found,
        "roles": roles,
        "endable": {grant.pk for grant in (*roles.now, *roles.later) if _may_end(grant, by)},
        "may": [(grant.role_class, what_it_may(grant.role_class)) for grant in _by_role(roles.now)],
        "manages": manages,
        "gives": by.pk != found.pk and bool(roles_to_give(by)),
        "history": history_url(found) if can(by, "region.view_audit") else "",
        "trail": trail_to(PEOPLE, Link(str(found))),
    }
    return render(request, "region/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(*GIVE)
def give(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Give a person a role."""
    found, by = _person(request, person_id), person_of(request)
    form = GiveRoleForm(request.POST or None, by=by)
    question = _question(
        found,
        title=gettext("Give a role to %(person)s") % {"person": found},
        button=gettext("Give the role"),
        action="role.give",
        done=gettext("The role was given."),
    )
    return ask(request, question, lambda _values: give_role(user=found, **form.place(), **form.period(), by=by), form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(*GIVE)
def end(request: HttpRequest, person_id: UUID, grant_id: UUID) -> HttpResponseBase:
    """End a role of a person."""
    found, by = _person(request, person_id), person_of(request)
    grant = get_object_or_404(grants_for(by).filter(user=found), pk=grant_id)
    return ask_end(
        request,
        grant,
        Link(str(found), person_url(found)),
        Place.OFFICE,
        trail_to(PEOPLE, Link(str(found), person_url(found))),
    )


def ask_end(
    request: HttpRequest, grant: RoleGrant, back: Link, place: Place, trail: tuple[Link, ...]
) -> HttpResponseBase:
    """Ask whether and when a role ends."""
    by = person_of(request)
    if not _may_end(grant, by):
        raise PermissionDenied("end role")
    form = EndRoleForm(request.POST or None)
    words = {"role": grant_in_words(grant), "person": grant.user}
    question = Question(
        title=gettext("End the role “%(role)s”") % words,
        lead=gettext("%(person)s will be able to do nothing more in this role. What was done in it stays.") % words,
        button=gettext("End the role"),
        action="role.end",
        done=gettext("The end of the role is written down."),
        back=back,
        place=place,
        is_danger=True,
        trail=(*trail, Link(gettext("End the role"))),
    )
    return ask(request, question, lambda _values: end_role(grant=grant, by=by, at=form.moment()), form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def block(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Keep a person out."""
    found, by = _person(request, person_id), person_of(request)
    question = _question(
        found,
        title=gettext("Block the account of %(person)s") % {"person": found},
        lead=gettext("The person is signed out everywhere at once and cannot sign in. Roles are kept for later."),
        button=gettext("Block the account"),
        action="user.block",
        done=gettext("The account is blocked."),
        is_danger=True,
    )
    form = BlockForm(request.POST or None)
    return ask(request, question, lambda values: block_account(user=found, by=by, **values), form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def unblock(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Let a person in again."""
    found, by = _person(request, person_id), person_of(request)
    question = _question(
        found,
        title=gettext("Let %(person)s in again") % {"person": found},
        lead=gettext("The person can sign in again. Roles that have not ended meanwhile work again."),
        button=gettext("Unblock the account"),
        action="user.unblock",
        done=gettext("The account is open again."),
    )
    return ask(request, question, lambda _values: unblock_account(user=found, by=by))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def reset(request: HttpRequest, person_id: UUID) -> HttpResponseBase:
    """Take away a second factor that a person lost."""
    found, by = _person(request, person_id), person_of(request)
    question = _question(
        found,
        title=gettext("Remove the second factor of %(person)s") % {"person": found},
        lead=gettext(
            "Do it only when you know who asks: call the person back. Passkeys, the code app and recovery codes are "
            "forgotten, the person is signed out everywhere and gets a letter about it."
        ),
        button=gettext("Remove the second factor"),
        action="user.reset_second_factor",
        done=gettext("The second factor was removed. The person was told by letter."),
        is_danger=True,
    )
    return ask(request, question, lambda _values: reset_second_factor(user=found, by=by))


def _person(request: HttpRequest, person_id: UUID) -> User:
    return get_object_or_404(people_for(person_of(request)), pk=person_id)


def _may_end(grant: RoleGrant, by: User) -> bool:
    return may_give(role=grant.role, organisation=grant.organisation, by=by)


def _by_role(grants: tuple[RoleGrant, ...]) -> tuple[RoleGrant, ...]:
    """One grant for each role."""
    return tuple({grant.role: grant for grant in grants}.values())


def _question(found: User, **words: Any) -> Question:
    back = Link(str(found), person_url(found))
    return Question(back=back, trail=trail_to(PEOPLE, back, Link(words["button"])), **words)
