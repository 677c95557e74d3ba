"""The log as machines read it: one JSON object a line, times in UTC."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime


class JsonLine(logging.Formatter):
    """A record as one line; line breaks in a message are escaped, so that nobody can write lines of their own."""

    def format(self, record: logging.LogRecord) -> str:
        """Time, level, logger, message; with an error its traceback, with a request its status and address."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
        }
        if status := getattr(record, "status_code", None):
            line["status"] = status
        if path := getattr(getattr(record, "request", None), "path", None):
            line["path"] = path
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class SecurityLine(logging.Formatter):
    """A note of ``region.security_log`` as one line; line breaks in its values are escaped like those of messages."""

    def format(self, record: logging.LogRecord) -> str:
        """What was noted, as JSON."""
        return json.dumps(getattr(record, "security", {"message": record.getMessage()}), default=str)
