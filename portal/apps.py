"""The portal area."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Django's record of the portal area."""

    name = "portal"

    def ready(self) -> None:
        """Have the minute tick publish what editors scheduled; notice what makes stored pages void."""
        from portal import checks, freshness
        from portal.domain.moments import void_by_time
        from portal.domain.schedule import publish_due
        from portal.search import receivers
        from region.domain.tick import register

        register("scheduled pages", publish_due)
        register("stored pages", void_by_time)
        freshness.connect()
        receivers.connect()
