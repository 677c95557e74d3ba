"""What every template knows about the site."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from region.queries.profile import current_profile


def site(request: HttpRequest) -> dict[str, Any]:
    """Region, navigation, languages and alerts, each read only when a template uses it."""
    return {"region": SimpleLazyObject(current_profile), "site_nav": [], "language_links": [], "alerts": []}
