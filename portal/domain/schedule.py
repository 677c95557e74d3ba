"""What the minute tick does for the site's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from wagtail.models import Page, Revision

if TYPE_CHECKING:
    from datetime import datetime


def publish_due(*, now: datetime) -> int:
    """Publish what editors scheduled up to ``now`` and take down what has expired; give the number of things due."""
    due = Revision.objects.filter(approved_go_live_at__lt=now).count()
    expired: int = Page.objects.filter(live=True, expire_at__lt=now).count()
    call_command("publish_scheduled", verbosity=0)
    return due + expired
