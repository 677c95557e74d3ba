"""Words and marks of the camera register that pages and files share."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

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
_MENDING = _("Now whoever asked mends the request and sends it again.")
_RUNNING = _("It ends by itself. Whoever asked is reminded 60 and 30 days before.")
_ACCESS_NEXT: dict[str, Any] = {
    AccessState.REQUESTED: _("Now the technical side decides."),
    AccessState.TECHNICALLY_APPROVED: _("Now the financial side decides."),
    AccessState.FINANCIALLY_APPROVED: _("Now the camera registrar grants the access."),
    AccessState.RETURNED_TECHNICALLY: _MENDING,
    AccessState.RETURNED_FINANCIALLY: _MENDING,
    AccessState.GRANTED: _RUNNING,
    AccessState.REVIEWED: _RUNNING,
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


def access_next(state: str) -> str:
    """What comes next and from whom; nothing after the end."""
    return str(_ACCESS_NEXT.get(state, ""))
