"""Reading the views that somebody kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from region.models import SavedView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from region.models import User


def saved_views_of(user: User, *, screen: str = "") -> QuerySet[SavedView]:
    """Views of one person, of one list if ``screen`` (the name of its address) is given; by name."""
    found = SavedView.objects.filter(user=user)
    return found.filter(screen=screen) if screen else found
