"""Who may do what, in words: one class a role. The manual's page of roles is made from these classes.

A permission is a name, `<area>.<what>`; what it means for a record stands in the `rules.py` of its area. A role that
does not list a name does not have it, and a name that no role lists is held by nobody.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# A text, or one that is translated when shown.
Text = Any


class Reach(Enum):
    """For what a role holds: the whole programme, one town's pages, one organisation."""

    PROGRAMME = "programme"
    TOWN = "town"
    ORGANISATION = "organisation"


class Role:
    """What every role says of itself."""

    code: ClassVar[str]
    name: ClassVar[Text]
    description: ClassVar[Text]
    reach: ClassVar[Reach] = Reach.PROGRAMME
    # Staff sign in with a second factor; before they have one, no page of the office opens.
    needs_second_factor: ClassVar[bool] = True
    permissions: ClassVar[tuple[str, ...]] = ()


class Administrator(Role):
    """Technical: no decision, no signature, no money."""

    code = "administrator"
    name = pgettext_lazy("role", "administrator")
    description = _("Looks after accounts, settings and technical running. Decides, signs and pays nothing.")
    permissions = (
        "region.enter_office",
        "region.view_people",
        "region.manage_people",
        "region.view_organisations",
        "region.view_mail",
        "region.manage_mail",
        "region.view_tasks",
        "region.manage_tasks",
        "region.view_imports",
        "region.import_files",
        "region.import_registers",
        "region.view_calendar",
        "region.manage_calendar",
        "region.handle_personal_data",
    )


class Editor(Role):
    code = "editor"
    name = pgettext_lazy("role", "editor")
    description = _("Writes and publishes the pages of the whole site and keeps the registers of towns and people.")
    permissions = ("region.enter_office", "region.edit_site")


class TownEditor(Role):
    code = "town_editor"
    name = pgettext_lazy("role", "town editor")
    description = _("Writes the pages and news of one town; somebody else publishes them.")
    reach = Reach.TOWN
    permissions = ("region.enter_office", "region.edit_town")


class Coordinator(Role):
    code = "coordinator"
    name = pgettext_lazy("role", "coordinator")
    description = _("Runs the programme from day to day: organisations, calls, applications, deadlines, imports.")
    permissions = (
        "region.enter_office",
        "region.view_people",
        "region.view_organisations",
        "region.manage_organisations",
        "region.invite_to_organisation",
        "region.view_imports",
        "region.import_files",
        "region.import_registers",
        "region.view_calendar",
        "region.manage_calendar",
        "reports.view_cameras",
        "reports.view_figures",
        "reports.view_events",
    )


class HeadOfProgramme(Role):
    code = "head"
    name = pgettext_lazy("role", "head of the programme")
    description = _("Answers for the programme: sees its work and approves what coordinators prepare.")
    permissions = (
        "region.enter_office",
        "region.view_people",
        "region.view_organisations",
        "region.view_imports",
        "region.view_calendar",
        "reports.view_cameras",
        "reports.view_access",
        "reports.approve_access_financially",
        "reports.view_figures",
        "reports.view_events",
    )


class CommissionMember(Role):
    code = "commission_member"
    name = pgettext_lazy("role", "member of the commission")
    description = _("Assesses applications and votes on recommendations in the Safety Commission.")
    permissions = ("region.enter_my",)


class CommissionSecretary(Role):
    code = "commission_secretary"
    name = pgettext_lazy("role", "secretary of the commission")
    description = _("Prepares meetings of the Safety Commission, their agenda and minutes.")
    permissions = ("region.enter_office", "region.view_organisations", "region.view_calendar")


class CouncilClerk(Role):
    code = "council_clerk"
    name = pgettext_lazy("role", "clerk of the council")
    description = _("Brings proposals to the Council and the Assembly and records their resolutions.")
    permissions = ("region.enter_office", "region.view_organisations", "region.view_calendar")


class FinancePreparer(Role):
    code = "finance_preparer"
    name = pgettext_lazy("role", "finance: prepares")
    description = _("Prepares payments and checks settlements. Never approves a payment.")
    permissions = ("region.enter_office", "region.view_organisations", "region.view_calendar")


class FinanceApprover(Role):
    code = "finance_approver"
    name = pgettext_lazy("role", "finance: approves")
    description = _("Verifies bank accounts and approves payments that somebody else prepared.")
    permissions = (
        "region.enter_office",
        "region.view_organisations",
        "region.verify_account",
        "region.view_calendar",
    )


class Adviser(Role):
    code = "adviser"
    name = pgettext_lazy("role", "adviser")
    description = _("Answers residents' questions that are assigned to him or her.")
    permissions = ("region.enter_office",)


class InformationOfficer(Role):
    code = "information_officer"
    name = pgettext_lazy("role", "information officer")
    description = _("Handles information requests and interpellations within their statutory time.")
    permissions = ("region.enter_office", "region.view_calendar")


class Analyst(Role):
    code = "analyst"
    name = pgettext_lazy("role", "analyst")
    description = _("Prepares surveys, weights and publishes their results, keeps figures with their sources.")
    permissions = (
        "region.enter_office",
        "region.import_files",
        "reports.view_figures",
        "reports.manage_figures",
        "reports.export_figures",
        "reports.view_events",
        "reports.manage_events",
    )


class Interviewer(Role):
    code = "interviewer"
    name = pgettext_lazy("role", "interviewer")
    description = _(
        "Fills in questionnaires with residents on the phone; sees only the contacts assigned to him or her."
    )
    permissions = ("region.enter_office",)


class CameraRegistrar(Role):
    code = "camera_registrar"
    name = pgettext_lazy("role", "camera registrar")
    description = _("Keeps the register of cameras and imports records of interventions.")
    permissions = (
        "region.enter_office",
        "region.import_files",
        "reports.view_cameras",
        "reports.manage_cameras",
        "reports.view_access",
        "reports.approve_access_technically",
        "reports.view_events",
        "reports.manage_events",
    )


class Services(Role):
    code = "services"
    name = pgettext_lazy("role", "services")
    description = _("Police, municipal police and rescue services: work with the restricted safety map.")
    permissions = (
        "region.enter_office",
        "reports.view_cameras",
        "reports.request_access",
    )


class Auditor(Role):
    code = "auditor"
    name = pgettext_lazy("role", "auditor")
    description = _("Reads everything, with the audit trail. Changes nothing.")
    permissions = (
        "region.enter_office",
        "region.view_people",
        "region.view_organisations",
        "region.view_mail",
        "region.view_tasks",
        "region.view_imports",
        "region.view_calendar",
        "region.view_audit",
        "region.export_audit",
        "reports.view_cameras",
        "reports.view_access",
        "reports.view_figures",
        "reports.export_figures",
        "reports.view_events",
    )


class Drafter(Role):
    code = "drafter"
    name = pgettext_lazy("role", "drafter")
    description = _("Prepares applications, reports and settlements of the organisation. Cannot submit them.")
    reach = Reach.ORGANISATION
    needs_second_factor = False
    permissions = ("region.enter_my", "region.view_own_organisation")


class Signatory(Role):
    code = "signatory"
    name = pgettext_lazy("role", "signatory")
    description = _("Acts for the organisation: submits, signs, and invites colleagues.")
    reach = Reach.ORGANISATION
    needs_second_factor = False
    permissions = (
        "region.enter_my",
        "region.view_own_organisation",
        "region.edit_own_organisation",
        "region.add_own_account",
        "region.invite_colleague",
    )


class Accountant(Role):
    code = "accountant"
    name = pgettext_lazy("role", "accountant")
    description = _("Keeps the organisation's bank accounts, costs and settlements.")
    reach = Reach.ORGANISATION
    needs_second_factor = False
    permissions = ("region.enter_my", "region.view_own_organisation", "region.add_own_account")


class Reader(Role):
    code = "reader"
    name = pgettext_lazy("role", "reader")
    description = _("Sees what the organisation has with the programme. Changes nothing.")
    reach = Reach.ORGANISATION
    needs_second_factor = False
    permissions = ("region.enter_my", "region.view_own_organisation")


_ALL: tuple[type[Role], ...] = (
    Administrator,
    Editor,
    TownEditor,
    Coordinator,
    HeadOfProgramme,
    CommissionMember,
    CommissionSecretary,
    CouncilClerk,
    FinancePreparer,
    FinanceApprover,
    Adviser,
    InformationOfficer,
    Analyst,
    Interviewer,
    CameraRegistrar,
    Services,
    Auditor,
    Drafter,
    Signatory,
    Accountant,
    Reader,
)
ROLES: dict[str, type[Role]] = {role.code: role for role in _ALL}
ORGANISATION_ROLES = tuple(role.code for role in _ALL if role.reach is Reach.ORGANISATION)
TOWN_ROLES = tuple(role.code for role in _ALL if role.reach is Reach.TOWN)
STAFF_ROLES = tuple(role.code for role in _ALL if role.reach is not Reach.ORGANISATION)
PERMISSIONS = frozenset(name for role in _ALL for name in role.permissions)


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Roles of which nobody may hold one of ``one`` and one of ``other`` at the same time."""

    one: frozenset[str]
    other: frozenset[str]
    reason: Text


_DECIDING = frozenset({"head", "commission_member", "council_clerk"})
_PAYING = frozenset({"finance_preparer", "finance_approver", "accountant"})
_RUNNING = frozenset({"administrator", "coordinator", "commission_secretary"})
EXCLUSIONS = (
    Exclusion(
        frozenset({"finance_preparer"}),
        frozenset({"finance_approver"}),
        _("Whoever prepares a payment may not approve payments."),
    ),
    Exclusion(
        frozenset({"administrator"}),
        _DECIDING | _PAYING | {"signatory"},
        _("An administrator looks after accounts and may not decide, sign or pay as well."),
    ),
    Exclusion(
        frozenset({"auditor"}),
        _DECIDING | _PAYING | _RUNNING | {"signatory"},
        _("An auditor may not audit his or her own work."),
    ),
)


def exclusion_of(code: str, held: Iterable[str]) -> tuple[str, Exclusion] | None:
    """The first of the roles ``held`` that may not be held together with ``code``, and the rule that says so."""
    for other in sorted(held):
        for rule in EXCLUSIONS:
            if (code in rule.one and other in rule.other) or (code in rule.other and other in rule.one):
                return other, rule
    return None


def role_of(code: str) -> type[Role]:
    """The role of a code; raises KeyError for a code that is none."""
    return ROLES[code]


def role_choices() -> list[tuple[str, Text]]:
    """Every role for a field's choices."""
    return [(role.code, role.name) for role in _ALL]


def holders(permission: str) -> frozenset[str]:
    """Codes of the roles that have a permission; empty for a name that no role lists."""
    return frozenset(role.code for role in _ALL if permission in role.permissions)
