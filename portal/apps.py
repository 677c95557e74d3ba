"""The portal area."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    """Django's record of the portal area."""

    name = "portal"

    def ready(self) -> None:
        """Have the minute tick publish what editors scheduled; notice what makes stored pages void."""
        from portal import checks, freshness, personal_elsewhere, personal_fields
        from portal.domain.moments import void_by_time
        from portal.domain.role_groups import groups_of_roles
        from portal.domain.schedule import publish_due
        from portal.queries.figures import pages_with_figure
        from portal.search import receivers
        from region.domain.access import register_groups, sync_by_time
        from region.domain.tick import register
        from reports.domain.figures_metrics import register_uses

        register_groups("wagtail", groups_of_roles)
        register_uses(pages_with_figure)
        register("roles of editors", sync_by_time, _("Match rights of editors to their roles"))
        register("scheduled pages", publish_due, _("Publish and withdraw pages at their time"))
        register("stored pages", void_by_time, _("Renew pages whose content changes with time"))
        freshness.connect()
        receivers.connect()
        personal_fields.classify()
        personal_elsewhere.classify()
