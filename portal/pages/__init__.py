"""Every Wagtail page of the site."""

from __future__ import annotations

from portal.pages.home import HomePage

__all__ = ["HomePage"]
