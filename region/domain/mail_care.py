"""What staff do with mail on its way: hold, release, try now, send again, note how it ended; or stop all of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.domain.audit import record
from region.domain.sending import ask_to_send
from region.enums import MailStatus
from region.models import MailHold, OutboxMessage, User
from region.rules import require

MANAGE = "region.manage_mail"
# Due at once, with all attempts before it.
_ANEW: dict[str, Any] = {"status": MailStatus.WAITING, "attempts": 0, "next_attempt_at": None, "sent_at": None}


@dataclass(frozen=True, slots=True)
class MailAct:
    """One act: from which states, what it writes, what is said when it does not fit."""

    code: str
    label: Any
    sources: tuple[str, ...]
    changes: Callable[[OutboxMessage, datetime], dict[str, Any]]
    refusal: Any
    sends: bool = False
    needs_text: bool = False


_ACTS = (
    MailAct(
        "hold",
        pgettext_lazy("message: button", "Hold back"),
        (MailStatus.WAITING,),
        lambda _row, _now: {"status": MailStatus.HELD},
        _("Only a message that waits can be held back."),
    ),
    MailAct(
        "release",
        pgettext_lazy("message: button", "Release"),
        (MailStatus.HELD,),
        lambda _row, _now: {"status": MailStatus.WAITING, "next_attempt_at": None},
        _("Only a message that is held back can be released."),
        sends=True,
    ),
    MailAct(
        "try_now",
        pgettext_lazy("message: button", "Try now"),
        (MailStatus.WAITING,),
        lambda _row, _now: {"next_attempt_at": None},
        _("Only a message that waits can be tried now."),
        sends=True,
    ),
    MailAct(
        "send_again",
        pgettext_lazy("message: button", "Send again"),
        (MailStatus.FAILED, MailStatus.UNCERTAIN, MailStatus.BOUNCED),
        lambda _row, _now: _ANEW,
        _("Only a message that failed, came back or was perhaps sent can be sent again."),
        sends=True,
        needs_text=True,
    ),
    MailAct(
        "mark_arrived",
        pgettext_lazy("message: button", "It has arrived"),
        (MailStatus.UNCERTAIN,),
        lambda row, now: {"status": MailStatus.SENT, "sent_at": row.claimed_at or now, **_forgotten(row)},
        _("Only a message that was perhaps sent can be marked as arrived."),
    ),
    MailAct(
        "mark_bounced",
        pgettext_lazy("message: button", "It came back"),
        (MailStatus.SENT,),
        lambda _row, _now: {"status": MailStatus.BOUNCED},
        _("Only a message that was sent can be marked as having come back."),
    ),
)
ACTS = {act.code: act for act in _ACTS}


def _forgotten(row: OutboxMessage) -> dict[str, Any]:
    return {"body": ""} if row.is_secret else {}


def refusal(message: OutboxMessage, code: str) -> Any:
    """In words why the act ``code`` does not fit the message as it stands; nothing when it fits."""
    act = ACTS[code]
    if message.status not in act.sources:
        return act.refusal
    if act.needs_text and message.is_secret and not message.body:
        return _("It held a code or link, which was forgotten. Have a new one made instead.")
    return None


@transaction.atomic
def care_for(*, message: OutboxMessage, code: str, by: User) -> OutboxMessage:
    """Do the act ``code`` (a key of ``ACTS``) to one message; gives it as it stands after that.

    Raises PermissionDenied without ``region.manage_mail``, and ValidationError when the message is no longer in a
    state that fits, as when it was sent meanwhile. A message that is being sent this moment cannot be touched.
    """
    require(by, MANAGE)
    row = OutboxMessage.objects.select_for_update().get(pk=message.pk)
    problem = refusal(row, code)
    if problem:
        raise ValidationError(problem)
    act, before = ACTS[code], {"status": row.status}
    for name, value in act.changes(row, timezone.now()).items():
        setattr(row, name, value)
    row.save()
    record(action=f"outboxmessage.{code}", target=row, by=by, before=before, after={"status": row.status})
    if act.sends:
        transaction.on_commit(ask_to_send, robust=True)
    return row


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
