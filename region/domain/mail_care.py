"""What staff do with mail on its way: hold, release, try now, send again, note how it ended; or stop all of it.

What is done to one message is a ``transition`` of ``FLOW``; the sender moves messages by claims of its own
(``region.domain.sending``).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from region.domain.audit import record
from region.domain.sending import ask_to_send
from region.domain.transition import Act, Flow
from region.enums import MailStatus
from region.models import MailHold, OutboxMessage, User
from region.rules import require
from region.states import States, Transition

MANAGE = "region.manage_mail"


def _anew(_row: OutboxMessage, _act: Act) -> dict[str, Any]:
    """Due at once, with all attempts before it."""
    return {"attempts": 0, "next_attempt_at": None, "sent_at": None}


def _due_now(_row: OutboxMessage, _act: Act) -> dict[str, Any]:
    return {"next_attempt_at": None}


def _arrived(row: OutboxMessage, act: Act) -> dict[str, Any]:
    """Sent when it was taken up; what is secret is forgotten, as after any sending."""
    return {"sent_at": row.claimed_at or act.at, **({"body": ""} if row.is_secret else {})}


def _text_is_known(row: OutboxMessage, _act: Act) -> Iterator[str]:
    if row.is_secret and not row.body:
        yield gettext("It held a code or link, which was forgotten. Have a new one made instead.")


def _send_soon(_row: OutboxMessage, _act: Act) -> None:
    transaction.on_commit(ask_to_send, robust=True)


_TABLE = States(
    initial=MailStatus.WAITING,
    elsewhere=(MailStatus.SENDING, MailStatus.SENT, MailStatus.UNCERTAIN, MailStatus.FAILED),
    transitions=(
        Transition(
            "hold",
            MailStatus.WAITING,
            MailStatus.HELD,
            MANAGE,
            public_label=pgettext_lazy("message: button", "Hold back"),
            refusal=_("Only a message that waits can be held back."),
        ),
        Transition(
            "release",
            MailStatus.HELD,
            MailStatus.WAITING,
            MANAGE,
            public_label=pgettext_lazy("message: button", "Release"),
            refusal=_("Only a message that is held back can be released."),
        ),
        Transition(
            "try_now",
            MailStatus.WAITING,
            MailStatus.WAITING,
            MANAGE,
            public_label=pgettext_lazy("message: button", "Try now"),
            refusal=_("Only a message that waits can be tried now."),
        ),
        Transition(
            "send_again",
            (MailStatus.FAILED, MailStatus.UNCERTAIN, MailStatus.BOUNCED),
            MailStatus.WAITING,
            MANAGE,
            guard="text_is_known",
            public_label=pgettext_lazy("message: button", "Send again"),
            refusal=_("Only a message that failed, came back or was perhaps sent can be sent again."),
        ),
        Transition(
            "mark_arrived",
            MailStatus.UNCERTAIN,
            MailStatus.SENT,
            MANAGE,
            public_label=pgettext_lazy("message: button", "It has arrived"),
            refusal=_("Only a message that was perhaps sent can be marked as arrived."),
        ),
        Transition(
            "mark_bounced",
            MailStatus.SENT,
            MailStatus.BOUNCED,
            MANAGE,
            public_label=pgettext_lazy("message: button", "It came back"),
            refusal=_("Only a message that was sent can be marked as having come back."),
        ),
    ),
)
# A message that is being sent this moment cannot be touched: no transition leads from there.
FLOW = Flow(
    _TABLE,
    guards={"text_is_known": _text_is_known},
    facts={"release": _due_now, "try_now": _due_now, "send_again": _anew, "mark_arrived": _arrived},
    notices=dict.fromkeys(("release", "try_now", "send_again"), (_send_soon,)),
)


@transaction.atomic
def hold_all(*, reason: str, by: User) -> MailHold:
    """Stop all mail but codes and links until it is released; when it is stopped already, nothing changes.

    Raises PermissionDenied, and ValidationError without a reason.
    """
    require(by, MANAGE)
    if not reason.strip():
        raise ValidationError(_("Give a reason."))
    held, is_new = MailHold.objects.get_or_create(
        name="all", defaults={"since": timezone.now(), "by": by, "reason": reason.strip()[:200]}
    )
    if is_new:
        record(action="mail.hold_all", target=held, by=by, after={"reason": held.reason})
    return held


@transaction.atomic
def release_all(*, by: User) -> bool:
    """Let mail go out again; gives whether it was stopped. Raises PermissionDenied."""
    require(by, MANAGE)
    held = MailHold.objects.select_for_update().first()
    if held is None:
        return False
    record(action="mail.release_all", target=held, by=by, before={"reason": held.reason})
    held.delete()
    transaction.on_commit(ask_to_send, robust=True)
    return True
