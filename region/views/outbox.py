"""Messages on their way, as administrators see them."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class LookOnlyPolicy(ModelPermissionPolicy):
    """Whoever may see the messages may look at their list; nobody adds, changes or deletes one by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may look; anything else is refused even to a superuser."""
        return action == "view" and super().user_has_permission(user, action)
