"""Notices: short lines that somebody gets once a day in one e-mail, in his or her language."""

from __future__ import annotations

import logging
from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext, ngettext, override

from region.clock import zone
from region.domain.outbox import put
from region.models import Notice, User
from region.queries.profile import current_profile
from region.queries.roles import active_grants

logger = logging.getLogger(__name__)

DIGEST_AT = time(7)
LONGEST = 300


def notify(*, user: User, kind: str, text: Any, path: Any, key: str = "") -> Notice:
    """Write one line of the next digest of ``user``, in the caller's transaction.

    ``text`` and ``path`` may be lazy: they are then made in the person's language. A second notice of the same kind
    and ``key`` is not written; the first is given back.
    """
    with override(user.language):
        fields = {"text": str(text)[:LONGEST], "path": str(path)}
    if not key:
        return Notice.objects.create(user=user, kind=kind, **fields)
    return Notice.objects.get_or_create(user=user, kind=kind, key=key, defaults=fields)[0]


def digest_time(*, now: datetime) -> datetime:
    """The last seven o'clock in the morning, in the region's zone, that was at or before ``now`` (aware)."""
    here = now.astimezone(zone())
    today = datetime.combine(here.date(), DIGEST_AT, here.tzinfo)
    # The day before is reckoned on the calendar: around a change of clocks it is 23 or 25 hours away.
    return today if today <= now else datetime.combine(here.date() - timedelta(days=1), DIGEST_AT, here.tzinfo)


def send_digests(*, now: datetime) -> int:
    """Put one e-mail for each person with notices from before the last seven o'clock into the outbox; gives how many.

    Later notices wait for the next day. Asked again, it writes nothing more. Somebody whose e-mail cannot be put keeps
    the notices waiting; the log says who, and the others get theirs.
    """
    until = digest_time(now=now)
    people = Notice.objects.filter(digested_at__isnull=True, created_at__lt=until).values_list("user", flat=True)
    return sum(_tried(user, until, now) for user in User.objects.filter(pk__in=people.distinct()).order_by("pk"))


def _tried(user: User, until: datetime, now: datetime) -> bool:
    try:
        return _digest(user, until, now)
    except ValidationError as error:
        # An address that takes no mail is one person's trouble: the others still get their digest.
        logger.warning("The digest of %s cannot be put: %s", user.pk, ", ".join(_codes(error)))
        return False


def _codes(error: ValidationError) -> list[str]:
    """What is wrong without the values, which may be personal."""
    return sorted({str(one.code) for one in error.error_list})


@transaction.atomic
def _digest(user: User, until: datetime, now: datetime) -> bool:
    """One person's e-mail; nothing for somebody without a role in force, whose notices then wait no longer."""
    waiting = Notice.objects.select_for_update().filter(user=user, digested_at__isnull=True, created_at__lt=until)
    notices = list(waiting.order_by("created_at"))
    # A notice whose transaction ended only after the digest of this morning waits for tomorrow's.
    if not notices or Notice.objects.filter(user=user, digested_at__gte=until).exists():
        return False
    is_told = bool(active_grants(user))
    if is_told:
        subject, body = _worded(user, notices)
        put(to=user.email, subject=subject, body=body, kind="digest", user=user, key=f"{user.pk} {until:%Y-%m-%d}")
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(digested_at=now)
    return is_told


def _worded(user: User, notices: list[Notice]) -> tuple[str, str]:
    name = current_profile().name
    with override(user.language):
        count = len(notices)
        # Translators: subject of the daily e-mail; %(region)s is the name of the region
        subject = ngettext(
            "%(region)s: %(count)d thing waits for you", "%(region)s: %(count)d things wait for you", count
        ) % {"region": name, "count": count}
        blocks = [f"– {notice.text}\n  {_address(notice.path)}".rstrip() for notice in notices]
        end = gettext("You get this e-mail at most once a day, and only when there is something new.")
        return subject, "\n\n".join([gettext("Good morning,"), *blocks, end, name])


def _address(path: str) -> str:
    return urljoin(f"{settings.BASE_URL}/", path) if path else ""
