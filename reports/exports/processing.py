"""The record of processing activities (article 30 GDPR): one row for each purpose of each camera system."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from region.clock import today
from region.listing import Column, Kind
from reports.enums.cameras import Answer
from reports.models import LegalBasis

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from reports.models import CameraSystem


def processing_rows(systems: QuerySet[CameraSystem]) -> list[LegalBasis]:
    """Purposes in force of systems, with what the columns read; a system without one has a row that says so.

    Three queries for any number of systems.
    """
    rows = LegalBasis.objects.on(today()).filter(system__in=systems).select_related("system", "point")
    held = list(rows.prefetch_related("system__workstations").order_by("system__slug", "point__code", "article", "pk"))
    known = {basis.system_id for basis in held}
    bare = systems.exclude(pk__in=known).prefetch_related("workstations")
    rows_of_all = [*held, *(LegalBasis(system=system, regime="") for system in bare)]
    return sorted(rows_of_all, key=lambda basis: basis.system.slug)


def _recipients(basis: LegalBasis) -> str:
    day = today()
    watching = {
        one.organisation
        for one in basis.system.workstations.all()
        if (one.since is None or one.since <= day) and (one.until is None or one.until >= day)
    }
    return ", ".join(sorted(watching))


def _kept(basis: LegalBasis) -> str:
    days = basis.system.retention_days
    if days is None:
        return pgettext("retention", "not stated")
    words = pgettext("record of processing", "%(days)d days") % {"days": days}
    return f"{words}; {gettext('longer only where they are evidence')}" if basis.system.has_evidence_hold else words


def _data(basis: LegalBasis) -> str:
    return gettext("Pictures and sound") if basis.system.audio_note else gettext("Pictures")


def _purpose(basis: LegalBasis) -> str:
    return basis.purpose or gettext("No legal basis is in the register yet.")


COLUMNS = (
    Column(key="system", label=_("System"), value="system.name"),
    Column(key="point", label=_("Camera point"), value="point"),
    Column(key="controller", label=_("Controller"), value="system.controller"),
    Column(key="contact", label=_("Contact of the controller"), value="system.controller_contact"),
    Column(key="dpo", label=_("Office of the data-protection officer"), value="system.dpo_office"),
    Column(key="dpo_contact", label=_("Contact of that office"), value="system.dpo_contact"),
    Column(key="purpose", label=_("Purpose"), value=_purpose),
    Column(key="regime", label=_("Law"), value="get_regime_display"),
    Column(key="article", label=_("Article"), value="article"),
    Column(key="act", label=_("National act"), value="national_act"),
    Column(key="people", label=_("Whose data"), value=lambda _basis: gettext("People in the places watched")),
    Column(key="data", label=_("Which data"), value=_data),
    Column(key="recipients", label=_("Who sees them"), value=_recipients),
    Column(key="processor", label=_("Processor"), value="system.processor"),
    Column(
        key="transfers",
        label=_("Recordings leave the European Economic Area"),
        value=lambda basis: Answer(basis.system.leaves_eea).label,
    ),
    Column(key="kept", label=_("Recordings are kept"), value=_kept),
    Column(key="since", label=_("Since"), value="since", kind=Kind.DATE),
)
