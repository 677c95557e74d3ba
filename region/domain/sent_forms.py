"""A form sent twice has its effect once: double clicks, reloads, the way back in the browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from region.models import SentForm

if TYPE_CHECKING:
    from region.models import User

# A page left open in a browser for longer than this is taken for a new one.
DAYS_KEPT = 90


class ForeignForm(Exception):
    """The key belongs to a form that somebody else sent, or that did something else."""


def once(*, key: UUID, user: User, action: str, effect: Callable[[], str]) -> str:
    """Address of the result page: of ``effect()``, or of what it gave when this form was first sent.

    The effect runs in one transaction with the note that it ran. When it raises, neither stands and the form may be
    sent again. Two sent at the same moment: the second waits for the first. Raises ForeignForm for a key that is in use
    by somebody else or for another ``action``.
    """
    try:
        with transaction.atomic():
            row = _begun(key, user, action)
            row.path = effect()
            row.save(update_fields=["path"])
            return row.path
    except _Sent:
        return _earlier(key, user, action)


def forget_old_forms(*, now: datetime) -> int:
    """Delete notes of forms sent more than 90 days before ``now`` (aware); gives how many."""
    return SentForm.objects.filter(sent_at__lt=now - timedelta(days=DAYS_KEPT)).delete()[0]


class _Sent(Exception):
    """The form was sent before. An error of the effect's own must not be taken for this."""


def _begun(key: UUID, user: User, action: str) -> SentForm:
    try:
        with transaction.atomic():
            return SentForm.objects.create(key=key, user=user, action=action)
    except IntegrityError as error:
        raise _Sent from error


def _earlier(key: UUID, user: User, action: str) -> str:
    row = SentForm.objects.get(key=key)
    if (row.user_id, row.action) != (user.pk, action):
        raise ForeignForm(f"{key}: {row.action}")
    return row.path
