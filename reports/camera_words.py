"""Words and marks of the camera register that pages and files share."""

from __future__ import annotations

from region.parts import Link
from reports.enums.cameras import AccessState, Stage

_TONES = {
    Stage.ACTIVE: "done",
    Stage.SUSPENDED: "late",
    Stage.RELOCATED: "neutral",
    Stage.RETIRED: "neutral",
    Stage.REJECTED: "neutral",
}
_ACCESS_TONES = {
    AccessState.GRANTED: "done",
    AccessState.REVIEWED: "done",
    AccessState.RETURNED_TECHNICALLY: "late",
    AccessState.RETURNED_FINANCIALLY: "late",
    AccessState.RENEWED: "neutral",
    AccessState.EXPIRED: "neutral",
    AccessState.REVOKED: "neutral",
    AccessState.WITHDRAWN: "neutral",
}
# Whom people complain to about personal data; names stay in the language of the country.
SUPERVISORS = {
    "CZ": Link("Úřad pro ochranu osobních údajů", "https://uoou.gov.cz/"),
    "PL": Link("Prezes Urzędu Ochrony Danych Osobowych", "https://uodo.gov.pl/"),
}


def stage_tone(stage: str) -> str:
    """The mark of a stage: runs, stands still, has ended, or is on its way."""
    return _TONES.get(Stage(stage), "run")


def access_tone(state: str) -> str:
    """The mark of an access: in force, waits for its writer, has ended, or waits for a decision."""
    return _ACCESS_TONES.get(AccessState(state), "run")
