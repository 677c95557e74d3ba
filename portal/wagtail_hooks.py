"""The site's snippets and checks in the editors' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from portal.content_checks import PortalChecks
from portal.models import Alert, Topic
from region.views.editing import ToldViewSet

if TYPE_CHECKING:
    from django.http import HttpRequest


class AlertViewSet(ToldViewSet):
    """The banner above the pages."""

    model = Alert
    icon = "warning"
    list_display = ["__str__", "severity", "since", "until"]
    list_filter = ["severity"]
    ordering = ["-since"]


class TopicViewSet(ToldViewSet):
    """Subjects of news, events and materials."""

    model = Topic
    icon = "tag"
    list_display = ["name", "slug"]
    ordering = ["slug"]


class NoticesViewSetGroup(SnippetViewSetGroup):
    """Alerts and topics under one entry of the menu."""

    items = (AlertViewSet, TopicViewSet)
    menu_label = _("Alerts and topics")
    menu_icon = "warning"
    menu_name = "notices"
    menu_order = 160


register_snippet(NoticesViewSetGroup)


# Accounts are made from roles, in the office (portal.admin_urls).
NOT_HERE = frozenset({"users", "groups"})


@hooks.register("construct_settings_menu")
@hooks.register("construct_search")
def leave_accounts_to_the_office(_request: HttpRequest, items: list[Any]) -> None:
    """Show no second way to accounts and groups."""
    items[:] = [item for item in items if item.name not in NOT_HERE]


@hooks.register("register_admin_menu_item")
def lead_to_the_office() -> MenuItem:
    """The way from the editors' screens to the other work."""
    return MenuItem(pgettext_lazy("back office", "Office"), reverse_lazy("region:home"), icon_name="home", order=20)


@hooks.register("construct_wagtail_userbar")
def use_own_checks(_request: HttpRequest, items: list[Any], _page: Any) -> None:
    """Put our checks in the place of Wagtail's own, which they contain."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = PortalChecks(in_editor=item.in_editor)
