"""What was written to the security log."""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from portal.logs import SecurityLine
from region.security_log import logger

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Keeper(logging.Handler):
    def __init__(self, lines: list[dict[str, Any]]) -> None:
        super().__init__()
        self.lines = lines
        self.setFormatter(SecurityLine())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(json.loads(self.format(record)))


@contextmanager
def security_lines() -> Iterator[list[dict[str, Any]]]:
    """The lines written inside the block, as they would be read from the file."""
    lines: list[dict[str, Any]] = []
    keeper = _Keeper(lines)
    logger.addHandler(keeper)
    level = logger.level
    logger.setLevel(logging.INFO)
    try:
        yield lines
    finally:
        logger.setLevel(level)
        logger.removeHandler(keeper)
