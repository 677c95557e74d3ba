"""Who may see which field of the camera register: the one table that pages, files and office screens go by.

A field that is not in the table is shown to nobody, and a test fails until somebody decides about it.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Any

from region.rules import can

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model


class Level(IntEnum):
    """Who sees a field; each level sees what those below it see."""

    PUBLIC = 0
    OFFICE = 1
    REGISTRAR = 2


def _classes(*, public: str = "", office: str = "", registrar: str = "") -> dict[str, Level]:
    by_level = {Level.PUBLIC: public, Level.OFFICE: office, Level.REGISTRAR: registrar}
    return {name: level for level, names in by_level.items() for name in names.split()}


FIELD_CLASS: Mapping[str, Mapping[str, Level]] = {
    "CameraSystem": _classes(
        public="slug name_cs name_pl name_en country town controller controller_contact processor dpo_office "
        "dpo_contact retention_days has_evidence_hold audio_note leaves_eea automated_decisions notice_url "
        "code_of_practice_url note_cs note_pl note_en is_example",
        office="id is_published same_body_may_approve",
        registrar="network_note",
    ),
    "SystemOperator": _classes(public="system name since until source", office="id"),
    # Where pictures are watched and by how many says how to get round them.
    "Workstation": _classes(public="system organisation since until", office="id", registrar="place staffing"),
    "ExternalCameraSet": _classes(
        public="system town owner count joinable as_of source source_url",
        office="id is_published agreement",
        registrar="contact",
    ),
    "CameraPoint": _classes(
        public="code system name town district address location_status lon lat surroundings stage stage_since "
        "planned_by expected_device_count source source_url is_example",
        office="id is_published note",
    ),
    "StageChange": _classes(
        public="point stage since ended_on document",
        office="id reason noted_at noted_by taken_back_at taken_back_by taken_back_reason",
    ),
    "Device": _classes(
        public="system kind sensor_count has_audio analytics face_recognition",
        office="id inventory_number",
        registrar="model network_note",
    ),
    # Where a camera looks, and where it does not.
    "Sensor": _classes(office="id device number", registrar="azimuth field_of_view range_m since removed_on"),
    "Placement": _classes(public="device point since removed_on reason removal_reason", office="id document"),
    "LegalBasis": _classes(
        public="system point purpose_cs purpose_pl purpose_en regime article national_act necessity_cs necessity_pl "
        "necessity_en milder_means_cs milder_means_pl milder_means_en since until",
        office="id",
    ),
    "Dpia": _classes(
        public="system done_on outcome next_review summary_cs summary_pl summary_en document_url",
        office="id officer_opinion",
    ),
    # What was said may name whoever said it; the opinion and the document stand for it.
    "Consultation": _classes(
        public="system point body body_name asked_on answered_on opinion document document_url", office="id text"
    ),
    "YearlyReview": _classes(public="point year reviewed_on is_necessary decision reasons", office="id noted_by"),
    "Cost": _classes(
        public="system points kind amount currency tax period per point_count since until contract is_shared_contract "
        "funding_source source source_url",
        office="id",
    ),
    # Of accesses only their number by body and year is public: `reports.queries.remote_access.granted_counts`.
    "RemoteAccess": _classes(
        registrar="id system body purpose legal_basis scope may_watch may_replay may_export state version asked_from "
        "asked_until requested_at requested_by technical_at technical_by technical_note financial_at financial_by "
        "financial_note was_one_body granted_at granted_by valid_from valid_until reviewed_on reviewed_by review_note "
        "reason renews",
    ),
}


def may_see(model: type[Model], field: str, level: Level) -> bool:
    """Whether readers of a level see a field; nobody sees one without a class."""
    wanted = FIELD_CLASS.get(model.__name__, {}).get(field)
    return wanted is not None and wanted <= level


def fields_for(model: type[Model], level: Level) -> tuple[str, ...]:
    """Names of the fields that readers of a level see, in the order of the model."""
    return tuple(field.name for field in model._meta.concrete_fields if may_see(model, field.name, level))


def public_fields(model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """What public pages load of a model, for ``only()``; ``prefix`` is a relation with its “__”."""
    return tuple(f"{prefix}{name}" for name in fields_for(model, Level.PUBLIC))


def level_of(user: Any) -> Level:
    """The level of somebody who is signed in or not."""
    if can(user, "reports.manage_cameras"):
        return Level.REGISTRAR
    return Level.OFFICE if can(user, "reports.view_cameras") else Level.PUBLIC
