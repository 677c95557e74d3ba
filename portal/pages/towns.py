"""The directory of towns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.pages.base import SitePage
from portal.pages.town_lists import directory

if TYPE_CHECKING:
    from django.http import HttpRequest


class TownIndexPage(SitePage):
    """All towns of the programme: as a list, on a map, narrowed by status and name."""

    template = "portal/town_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["portal.HomePage"]
    subpage_types = ["portal.TownPage"]

    class Meta:
        verbose_name = _("list of towns")
        verbose_name_plural = _("lists of towns")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Add the map and the towns, narrowed by ``status`` and ``q`` (a part of the name, accents aside)."""
        context = super().get_context(request, *args, **kwargs)
        context.update(directory(request.GET, self.locale_id, self.language))
        return context
