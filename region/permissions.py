"""What each permission lets somebody do, in words: shown on a person's page and in the manual's page of roles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from region.roles import Role

# A text, or one that is translated when shown.
Text = Any

LABELS: dict[str, Text] = {
    "region.enter_office": _("open the office"),
    "region.enter_my": _("open My, the place of organisations"),
    "region.edit_site": _("write and publish all pages, keep towns and people responsible"),
    "region.edit_town": _("write the pages of one town"),
    "region.view_people": _("see people with accounts and their roles"),
    "region.manage_people": _("invite anybody, give and end roles, block accounts"),
    "region.view_organisations": _("see all organisations and their bank accounts"),
    "region.manage_organisations": _("add and change organisations"),
    "region.invite_to_organisation": _("invite people to organisations and end their roles there"),
    "region.verify_account": _("verify bank accounts that somebody else added"),
    "region.view_own_organisation": _("see the own organisation"),
    "region.edit_own_organisation": _("change addresses of the own organisation"),
    "region.add_own_account": _("add and close bank accounts of the own organisation"),
    "region.invite_colleague": _("invite colleagues to the own organisation and end their roles"),
    "region.view_mail": _("see letters that the system sends"),
    "region.manage_mail": _("hold, release and repeat letters"),
    "region.view_tasks": _("see work that runs in the background"),
    "region.manage_tasks": _("start background work again or drop it"),
    "region.view_imports": _("see imports of tables and their results"),
    "region.import_files": _("open the import screen for files of the own field"),
    "region.import_registers": _("import towns, people and addresses and undo such an import"),
    "region.view_calendar": _("see the calendar of working days"),
    "region.manage_calendar": _("change the calendar of working days"),
    "region.handle_personal_data": _("give somebody a copy of his or her data and erase a person"),
    "region.view_audit": _("read the audit trail"),
    "reports.view_figures": _("see figures with their sources and history, unpublished ones too"),
    "reports.manage_figures": _("keep figures, their sources and values, and correct them"),
    "reports.export_figures": _("take values of figures away as a file"),
    "region.export_audit": _("take the audit trail away as a file"),
    "reports.view_events": _("see registers of intervention events and what was loaded into them"),
    "reports.manage_events": _("load intervention events, sort their spellings, take loads back"),
    "reports.view_cameras": _("see the register of cameras"),
    "reports.manage_cameras": _("keep the register of cameras, publish points"),
    "reports.request_access": _("ask for remote access to a town's cameras"),
    "reports.view_access": _("see all remote accesses to cameras"),
    "reports.approve_access_technically": _("approve the technical side of remote accesses"),
    "reports.approve_access_financially": _("approve the financial side of remote accesses"),
}


def what_it_may(role: type[Role]) -> list[Text]:
    """What a role lets somebody do, in words."""
    return [LABELS[name] for name in role.permissions]
