"""The region area."""

from __future__ import annotations

from django.apps import AppConfig


class RegionConfig(AppConfig):
    """Django's record of the region area."""

    name = "region"

    def ready(self) -> None:
        """Have the minute tick look after tasks whose worker died and send what waits in the outbox."""
        from region.domain.outbox import forget_old, send_waiting
        from region.domain.queue import return_stuck_tasks
        from region.domain.tick import register

        register("stuck tasks", return_stuck_tasks)
        register("outbox", send_waiting)
        register("old messages", forget_old)
