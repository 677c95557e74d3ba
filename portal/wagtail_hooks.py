"""The site's snippets and checks in the editors' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from portal.content_checks import PortalChecks
from portal.models import Alert, Topic

if TYPE_CHECKING:
    from django.http import HttpRequest


class AlertViewSet(SnippetViewSet):
    """The banner above the pages."""

    model = Alert
    icon = "warning"
    list_display = ["__str__", "severity", "since", "until"]
    list_filter = ["severity"]
    ordering = ["-since"]
    copy_view_enabled = False


class TopicViewSet(SnippetViewSet):
    """Subjects of news, events and materials."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    ordering = ["slug"]
    copy_view_enabled = False


class NoticesViewSetGroup(SnippetViewSetGroup):
    """Alerts and topics under one entry of the menu."""

    items = (AlertViewSet, TopicViewSet)
    menu_label = _("Alerts and topics")
    menu_icon = "warning"
    menu_name = "notices"
    menu_order = 160


register_snippet(NoticesViewSetGroup)


@hooks.register("construct_wagtail_userbar")
def use_own_checks(_request: HttpRequest, items: list[Any], _page: Any) -> None:
    """Put our checks in the place of Wagtail's own, which they contain."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PortalChecks(in_editor=item.in_editor)
