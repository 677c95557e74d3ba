"""Django finds the portal's models here."""

from __future__ import annotations

from portal.pages import HomePage

__all__ = ["HomePage"]
