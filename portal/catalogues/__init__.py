"""Catalogues of messages: collected from our own code, compiled without gettext."""

from __future__ import annotations

from portal.catalogues.compiling import compile_catalogues

__all__ = ["compile_catalogues"]
