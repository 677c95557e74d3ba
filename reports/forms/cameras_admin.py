"""Wagtail's forms of the camera register."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from region.clock import today
from region.forms.seen import SeenForm


class CostForm(SeenForm):
    """A cost is of points of its own system."""

    def clean(self) -> dict[str, Any]:
        """Refuse points of another system."""
        cleaned = super().clean() or {}
        points, system = cleaned.get("points"), cleaned.get("system")
        if system and points is not None and points.exclude(system=system).exists():
            self.add_error("points", gettext("This point belongs to another system."))
        return cleaned


class AssessmentForm(SeenForm):
    """An assessment that was made."""

    def clean(self) -> dict[str, Any]:
        """Refuse a day to come."""
        cleaned = super().clean() or {}
        if cleaned.get("done_on") and cleaned["done_on"] > today():
            self.add_error("done_on", gettext("This day has not come yet."))
        return cleaned
