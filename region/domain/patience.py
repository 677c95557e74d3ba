"""Going on when the database went away for a moment: restarted, failed over, or locked."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection

Result = TypeVar("Result")
logger = logging.getLogger(__name__)
LOST = (OperationalError, InterfaceError)
# Seconds between attempts: two minutes in all.
PAUSES = (0.2, 0.5, 1, 2, 5, 10, 10, 15, 15, 30, 30)


def patiently(act: Callable[[], Result], pauses: Iterable[float] = PAUSES) -> Result:
    """What ``act`` gives, tried again after ``pauses`` (seconds) while the database cannot be reached.

    ``act`` must bear being done twice: its first commit may have succeeded although the answer was lost. Inside a
    transaction nothing is tried again, for the transaction is gone.
    """
    for pause in pauses:
        try:
            return act()
        except LOST as error:
            if connection.in_atomic_block:
                raise
            logger.warning("The database cannot be reached (%s); trying again.", type(error).__name__)
            connection.close()
            time.sleep(pause)
    return act()
