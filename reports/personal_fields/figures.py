"""Columns of figures: public facts; people stand in them only as accounts that wrote them."""

from __future__ import annotations

from region.personal_data import declare

_PLACED = "metric town district period_from period_until"


def classify_figures() -> None:
    """Declare the columns of metrics, sources and values."""
    declare(
        "reports.Metric",
        "id key topic name_cs name_pl name_en definition_cs definition_pl definition_en unit_cs unit_pl unit_en "
        "counting_unit who_counts_cs who_counts_pl who_counts_en method_cs method_pl method_en limits_cs limits_pl "
        "limits_en decimals is_state next_update is_published numerator denominator similar order",
    )
    declare("reports.MetricBreak", "id sort_order metric year words_cs words_pl words_en")
    declare(
        "reports.SourceDocument",
        "id key title_cs title_pl title_en short_cs short_pl short_en issuer signer_office dated_earliest "
        "dated_latest language is_official document url sha256",
    )
    declare(
        "reports.Observation",
        f"id {_PLACED} source value missing precision status as_of_earliest as_of_latest page quote note_cs note_pl "
        "note_en",
    )
    declare("reports.ObservationRevision", "id at metric observation_id act state why", follows="by")
    declare(
        "reports.Resolution",
        f"id {_PLACED} preferred made_at reason public_note_cs public_note_pl public_note_en ended_at",
        follows="made_by ended_by",
    )
    declare(
        "reports.Correction",
        "id at observation register month before after reason_cs reason_pl reason_en",
        follows="by",
    )
