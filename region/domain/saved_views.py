"""Views that people keep: filters of a list under a name. Each sees and changes only his or her own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from region.messages import Problem, gettext_noop
from region.models import SavedView

if TYPE_CHECKING:
    from region.models import User

# Links in one row; more would hide the list.
MOST_VIEWS = 12


def save_view(*, screen: str, name: str, query: str, by: User) -> tuple[SavedView, bool]:
    """Keep filters under a name; the same name again gets the new filters. True when the view is new.

    Raises ``Problem`` when the person has as many views of this list as fit above it.
    """
    own = SavedView.objects.filter(user=by, screen=screen)
    if own.exclude(name=name).count() >= MOST_VIEWS:
        raise Problem(gettext_noop("You have %(count)d views of this list. Delete one first."), count=MOST_VIEWS)
    return SavedView.objects.update_or_create(user=by, screen=screen, name=name, defaults={"query": query})


def delete_view(*, view: SavedView, by: User) -> None:
    """Forget a view of one's own; somebody else's raises ``SavedView.DoesNotExist``."""
    SavedView.objects.get(pk=view.pk, user=by).delete()
