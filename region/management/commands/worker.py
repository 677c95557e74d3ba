"""``manage worker``: carries out queued tasks."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand

from region.management.working import PatientWorker, SignsOfLife
from region.processes import own_name

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

ENDING = (signal.SIGINT, signal.SIGTERM)


class Command(BaseCommand):
    help = "Carry out queued tasks until a signal comes; the task in hand is finished first. Run as many as you like."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--queues", default="*", help="queues to serve, separated by commas (default: all)")
        parser.add_argument("--interval", type=float, default=1.0, help="seconds between two looks into an empty queue")
        parser.add_argument("--batch", action="store_true", help="end when the queue is empty")

    def handle(self, *args: Any, queues: str, interval: float, batch: bool, **options: Any) -> None:
        worker = PatientWorker(
            queue_names=queues.split(","),
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=own_name(),
            excluded_queue_names=[],
        )
        signs = SignsOfLife(worker.worker_id)
        for number in ENDING:
            signal.signal(number, worker.shutdown)
        signs.start()
        try:
            worker.run()
        finally:
            signs.end()
