"""Columns of the camera register. No column is meant for a person's name: offices and organisations stand there."""

from __future__ import annotations

from region.personal_data import declare


def classify_cameras() -> None:
    """Declare the columns of systems, points, devices, accesses."""
    _systems()
    _points()
    _care()
    declare(
        "reports.RemoteAccess",
        "id system body purpose legal_basis scope may_watch may_replay may_export state version asked_from asked_until "
        "requested_at technical_at technical_note financial_at financial_note was_one_body granted_at valid_from "
        "valid_until reviewed_on review_note reason renews",
        follows="requested_by technical_by financial_by granted_by reviewed_by",
    )


def _systems() -> None:
    declare(
        "reports.CameraSystem",
        "id slug name_cs name_pl name_en country town controller controller_contact processor dpo_office dpo_contact "
        "retention_days has_evidence_hold audio_note leaves_eea automated_decisions notice_url code_of_practice_url "
        "note_cs note_pl note_en network_note same_body_may_approve is_published is_example",
    )
    declare("reports.SystemOperator", "id system name since until source")
    declare("reports.Workstation", "id system organisation place staffing since until")
    declare(
        "reports.ExternalCameraSet",
        "id system town owner count joinable as_of contact agreement source source_url is_published",
    )


def _points() -> None:
    declare(
        "reports.CameraPoint",
        "id code system name town district address location_status lon lat surroundings stage stage_since planned_by "
        "expected_device_count source source_url note is_published is_example",
    )
    declare(
        "reports.StageChange",
        "id point stage since ended_on reason document noted_at taken_back_at taken_back_reason",
        follows="noted_by taken_back_by",
    )
    declare(
        "reports.Device",
        "id system inventory_number kind sensor_count has_audio analytics face_recognition model network_note",
    )
    declare("reports.Sensor", "id device number azimuth field_of_view range_m since removed_on")
    declare("reports.Placement", "id device point since removed_on reason removal_reason document")


def _care() -> None:
    declare(
        "reports.LegalBasis",
        "id system point purpose_cs purpose_pl purpose_en regime article national_act necessity_cs necessity_pl "
        "necessity_en milder_means_cs milder_means_pl milder_means_en since until",
    )
    declare(
        "reports.Dpia",
        "id system done_on outcome next_review summary_cs summary_pl summary_en document_url officer_opinion",
    )
    declare(
        "reports.Consultation",
        "id system point body body_name asked_on answered_on opinion text document document_url",
    )
    declare("reports.YearlyReview", "id point year reviewed_on is_necessary decision reasons", follows="noted_by")
    declare(
        "reports.Cost",
        "id system points kind amount currency tax period per point_count since until contract is_shared_contract "
        "funding_source source source_url",
    )
