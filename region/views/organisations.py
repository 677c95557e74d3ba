"""Organisations in the office: the list, one of them, its facts and bank accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from region.clock import today
from region.domain.editing import ChangedMeanwhile
from region.domain.organisations import (
    add_organisation,
    change_organisation,
    changeable_fields,
    close_account,
    verify_account,
    verifying_problem,
)
from region.enums import OrganisationKind
from region.forms.organisations import OrganisationForm
from region.listing import Column, DayFilter, Kind, ListFilters, Listing, View, folded, trail_to
from region.models import BankAccount, Organisation, User
from region.office import Place
from region.parts import Link
from region.queries.organisations import (
    WAITING,
    accounts_for,
    organisations_for,
    organisations_with_accounts,
    others_with_account,
)
from region.queries.people import colleagues
from region.rules import can
from region.views.asking import Question, ask
from region.views.audit import history_url
from region.views.guards import permission_required, person_of

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

VIEW = "region.view_organisations"
MANAGE = "region.manage_organisations"
VERIFY = "region.verify_account"


class OrganisationFilters(ListFilters):
    """By kind, by membership."""

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=OrganisationKind.choices, empty_label=pgettext_lazy("filter", "any")
    )
    member_from = DayFilter(field_name="member_since", lookup_expr="gte", label=_("Member since, from"))


def organisation_url(organisation: Organisation) -> str:
    """Address of an organisation in the office."""
    return reverse("region:office-organisation", args=[organisation.pk])


def membership_words(organisation: Organisation) -> str:
    """Whether it belongs to the programme today."""
    if organisation.member_since is None or organisation.member_since > today():
        return gettext("not a member")
    if organisation.member_until and organisation.member_until < today():
        return gettext("former member")
    return gettext("member")


def _create(user: User) -> Link | None:
    if not can(user, MANAGE):
        return None
    return Link(gettext("Add an organisation"), reverse("region:office-organisation-add"))


ORGANISATIONS = Listing(
    url_name="region:office-organisations",
    title=_("Organisations"),
    permissions=(VIEW,),
    rows=organisations_with_accounts,
    columns=(
        Column(key="name", label=_("Name"), sort=folded("name"), link=organisation_url),
        Column(key="kind", label=_("Kind"), value="get_kind_display", sort="kind"),
        Column(key="register_number", label=_("Register number"), sort="register_number"),
        Column(key="place", label=_("Place"), sort=folded("place")),
        Column(key="member", label=_("Programme"), value=membership_words),
        Column(key="since", label=_("Member since"), value="member_since", kind=Kind.DATE, sort="member_since"),
        Column(key="inhabitants", label=_("Inhabitants"), kind=Kind.NUMBER, sort="inhabitants", on_screen=False),
        Column(key="data_box", label=_("Data box"), on_screen=False),
        Column(key="email", label=_("E-mail"), on_screen=False),
        Column(key="example", label=_("Invented"), value="is_example", on_screen=False),
        Column(
            key="accounts",
            label=_("Accounts to verify"),
            value="accounts_waiting",
            kind=Kind.NUMBER,
            sort="accounts_waiting",
        ),
    ),
    order="name",
    filters=OrganisationFilters,
    search=("name", "register_number", "place"),
    search_label=_("Name, number or place"),
    views=(
        View(label=pgettext_lazy("organisations", "All")),
        View(label=_("Municipalities"), query="kind=municipality"),
        View(label=_("Non-profit organisations"), query="kind=ngo"),
    ),
    create=_create,
    empty_title=_("No organisation yet"),
    empty_text=_("Add the first one: town halls, associations, police."),
)


class AccountFilters(ListFilters):
    """By whether somebody verified it."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("waiting", pgettext_lazy("bank account", "waits for verification")),
            ("verified", pgettext_lazy("bank account", "verified")),
            ("closed", pgettext_lazy("bank account", "closed")),
        ],
        method="standing",
        empty_label=pgettext_lazy("filter", "any"),
    )

    def standing(self, rows: QuerySet[BankAccount], _name: str, value: str) -> QuerySet[BankAccount]:
        """Those that stand so."""
        if value == "waiting":
            return rows.filter(WAITING)
        if value == "verified":
            return rows.filter(verified_at__isnull=False, closed_at__isnull=True)
        return rows.filter(closed_at__isnull=False)


ACCOUNT_TONES = {"waiting": "run", "verified": "done", "closed": "neutral"}


def account_state(account: BankAccount) -> str:
    """How an account stands, as a word of code."""
    if account.closed_at:
        return "closed"
    return "verified" if account.verified_at else "waiting"


def _account_words(account: BankAccount) -> Any:
    choices: Any = AccountFilters.base_filters["state"].extra["choices"]
    return dict(choices)[account_state(account)]


ACCOUNTS = Listing(
    url_name="region:office-accounts",
    title=_("Bank accounts"),
    permissions=(VIEW,),
    rows=accounts_for,
    columns=(
        Column(key="iban", label="IBAN", value=str, sort="iban", link=lambda row: organisation_url(row.organisation)),
        Column(
            key="organisation", label=_("Organisation"), value="organisation.name", sort=folded("organisation__name")
        ),
        Column(key="label", label=_("What it is for")),
        Column(
            key="state",
            label=_("State"),
            value=_account_words,
            kind=Kind.STATUS,
            tone=lambda row: ACCOUNT_TONES[account_state(row)],
        ),
        Column(key="added", label=_("Added"), value="added_at", kind=Kind.DATE, sort="added_at"),
        Column(key="added_by", label=_("Added by")),
        Column(key="verified_by", label=_("Verified by")),
    ),
    order="-added",
    filters=AccountFilters,
    search=("iban", "organisation__name"),
    search_label=_("IBAN or organisation"),
    views=(
        View(label=pgettext_lazy("bank accounts", "All")),
        View(label=pgettext_lazy("bank accounts", "To verify"), query="state=waiting"),
    ),
    # It says who added and verified each.
    is_personal=True,
    empty_title=_("No bank account yet"),
    empty_text=_("Accountants of organisations add them; you verify them here."),
)


@require_safe
@permission_required(VIEW)
def organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One organisation."""
    by = person_of(request)
    found = get_object_or_404(organisations_for(by), pk=organisation_id)
    accounts = accounts_for(by).filter(organisation=found)
    context = {
        "organisation": found,
        "membership": membership_words(found),
        "accounts": [
            (one, account_state(one), can(by, VERIFY) and not verifying_problem(account=one, by=by)) for one in accounts
        ],
        "may_close": can(by, VERIFY),
        "colleagues": colleagues(found, timezone.now()) if can(by, "region.view_people") else None,
        "may_manage": can(by, MANAGE),
        "history": history_url(found) if can(by, "region.view_audit") else "",
        "trail": trail_to(ORGANISATIONS, Link(found.name)),
    }
    return render(request, "region/organisation_office.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def add(request: HttpRequest) -> HttpResponseBase:
    """Add an organisation."""
    form = OrganisationForm(request.POST or None)
    question = Question(
        title=gettext("Add an organisation"),
        button=gettext("Add the organisation"),
        action="organisation.add",
        done=gettext("The organisation was added."),
        back=Link(gettext("Organisations"), reverse("region:office-organisations")),
        trail=trail_to(ORGANISATIONS, Link(gettext("Add an organisation"))),
    )
    by = person_of(request)
    return ask(request, question, lambda values: add_organisation(values=values, by=by), form, then=organisation_url)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def edit(request: HttpRequest, organisation_id: UUID) -> HttpResponseBase:
    """Change an organisation."""
    found = get_object_or_404(organisations_for(person_of(request)), pk=organisation_id)
    back = Link(found.name, organisation_url(found))
    return ask_change(request, found, back, Place.OFFICE, trail_to(ORGANISATIONS, back))


def ask_change(
    request: HttpRequest, found: Organisation, back: Link, place: Place, trail: tuple[Link, ...]
) -> HttpResponseBase:
    """Ask for new values of those fields of an organisation that the person may change."""
    fields = changeable_fields(organisation=found, by=person_of(request))
    form = OrganisationForm(request.POST or None, instance=found, fields=fields)

    def act(values: dict[str, Any]) -> None:
        seen = values.pop("seen")
        try:
            change_organisation(organisation=found, values=values, by=person_of(request), seen=seen)
        except ChangedMeanwhile:
            form.see_anew()
            raise

    question = Question(
        title=gettext("Change %(organisation)s") % {"organisation": found},
        button=gettext("Save"),
        action="organisation.change",
        done=gettext("The changes are saved."),
        back=back,
        place=place,
        trail=(*trail, Link(gettext("Change"))),
    )
    return ask(request, question, act, form)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VERIFY)
def verify(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Verify a bank account."""
    account = get_object_or_404(accounts_for(person_of(request)), pk=account_id)

    back = Link(account.organisation.name, organisation_url(account.organisation))
    words = {"iban": account, "organisation": account.organisation}
    lead = (
        gettext(
            "Compare the number with a document of %(organisation)s: a contract with its bank, or its letter. "
            "From then on money may be sent there."
        )
        % words
    )
    if others := others_with_account(account):
        warning = gettext("Careful: the same number stands with %(others)s too.") % {"others": ", ".join(others)}
        lead = f"{warning} {lead}"
    question = Question(
        title=gettext("Verify %(iban)s") % words,
        lead=lead,
        button=gettext("The account belongs to the organisation"),
        action="bankaccount.verify",
        done=gettext("The account is verified."),
        back=back,
        trail=trail_to(ORGANISATIONS, back, Link(gettext("Verify"))),
    )
    return ask(request, question, lambda _values: verify_account(account=account, by=person_of(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(VERIFY)
def close(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Close a bank account that turned out to be wrong."""
    account = get_object_or_404(accounts_for(person_of(request)), pk=account_id)
    back = Link(account.organisation.name, organisation_url(account.organisation))
    return ask_close(request, account, back, Place.OFFICE, trail_to(ORGANISATIONS, back))


def ask_close(
    request: HttpRequest, account: BankAccount, back: Link, place: Place, trail: tuple[Link, ...]
) -> HttpResponseBase:
    """Ask whether an account is no longer used."""
    question = Question(
        title=gettext("Close %(iban)s") % {"iban": account},
        lead=gettext(
            "No money will be sent there any more. The account stays in the list; to use it again, add it anew."
        ),
        button=gettext("Close the account"),
        action="bankaccount.close",
        done=gettext("The account is closed."),
        back=back,
        place=place,
        is_danger=True,
        trail=(*trail, Link(gettext("Close the account"))),
    )
    return ask(request, question, lambda _values: close_account(account=account, by=person_of(request)))
