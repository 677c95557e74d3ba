"""Columns of events. No name, no free text; a moment with an exact point may still tell of somebody (see below)."""

from __future__ import annotations

from region.personal_data import declare


def classify_events() -> None:
    """Declare the columns of registers, events and their counts.

    An event names nobody and no row is found by a person: spellings are cleared of number plates and phone numbers,
    and what the public sees are counts (`reports/domain/events_hiding.py`).
    """
    declare(
        "reports.EventRegister",
        "id key name_cs name_pl name_en definition_cs definition_pl definition_en unit_cs unit_pl unit_en issuer "
        "source_url licence town category is_published order recount_asked_at recount_done",
    )
    declare("reports.EventCategory", "id key name_cs name_pl name_en order")
    declare("reports.EventLabel", "id register spelling category")
    declare("reports.InterventionEvent", "id month moment label town district lon lat camera_point key")
    declare(
        "reports.EventLoad",
        "id register file_name sha256 mode state since until rows_read rows_stored rows_rejected reason at undone_at",
        follows="by",
    )
    declare("reports.EventMonth", "id register month load rows fingerprint is_part is_current after at")
    declare("reports.EventSpellingCount", "id month label rows")
    declare("reports.EventSummary", "id register month year town district category rows")
