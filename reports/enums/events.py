"""Stable codes of event registers, with their words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class LoadMode(TextChoices):
    """What a file may do to months that are there already."""

    APPEND = "append", _("add new months only")
    REPLACE = "replace", _("exchange the months of the file")


class LoadState(TextChoices):
    """Whether what a file brought is in use."""

    APPLIED = "applied", pgettext_lazy("load of events", "written")
    UNDONE = "undone", pgettext_lazy("load of events", "undone")


class DoubledHour(TextChoices):
    """Which of two moments is meant by a local time that exists twice: the hour after the clocks were put back."""

    FIRST = "first", _("the first of the two (still summer time)")
    SECOND = "second", _("the second of the two (already winter time)")
    REJECT = "reject", _("neither: reject the row")


class SkippedHour(TextChoices):
    """What to do with a local time that does not exist: the hour that is left out in spring."""

    REJECT = "reject", _("reject the row")
    FORWARD = "forward", _("take it for an hour later")


class SlashOrder(TextChoices):
    """What stands first in dates with slashes ("3/4/2024")."""

    FOUND = "found", _("found out from the file")
    DAY = "day", _("the day")
    MONTH = "month", _("the month")


class DistrictRule(TextChoices):
    """Which district holds when the file says another than the point."""

    POINT = "point", _("the one in which the point lies")
    FILE = "file", _("the one that the file says")
