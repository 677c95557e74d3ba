"""Checks of the words that editors write, shown beside Wagtail's own in the editor and on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.forms import Media
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

if TYPE_CHECKING:
    from django.http import HttpRequest

# Words that say nothing of where a link leads, in the languages of the site (compared in small letters).
EMPTY_LINK_WORDS = (
    "zde", "tady", "sem", "více", "více zde", "klikněte zde", "klikněte sem", "odkaz",
    "tutaj", "tu", "kliknij tutaj", "kliknij", "więcej", "czytaj więcej", "link",
    "here", "click here", "more", "read more", "this link",
)  # fmt: skip
MONTHS = (
    "ledna", "února", "března", "dubna", "května", "června", "července", "srpna", "září", "října", "listopadu",
    "prosince", "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "września",
    "października", "listopada", "grudnia", "January", "February", "March", "April", "May", "June", "July", "August",
    "September", "October", "November", "December",
)  # fmt: skip
# A day with its month that no year follows; the same expression is read by Python and by JavaScript.
_SPACE = "[ \u00a0]"
DATE_WITHOUT_YEAR = (
    rf"(?:^|[^0-9])[0-3]?[0-9]\.?{_SPACE}?(?:{'|'.join(MONTHS)})(?!,?{_SPACE}?[0-9]{{4}})(?![0-9A-Za-z\u00c0-\u017f])"
)
# What Wagtail checks by default, and ours.
OWN_RULES = ("link-words", "date-without-year", "table-without-header")

_RULES = (
    {"id": "link-words", "impact": "serious", "selector": "main a[href]", "any": ["check-link-words"]},
    {"id": "date-without-year", "impact": "moderate", "selector": "main :is(p, li, td)", "any": ["check-date-year"]},
    {"id": "table-without-header", "impact": "serious", "selector": "main table", "any": ["check-table-header"]},
)
_CHECKS = (
    {"id": "check-link-words", "options": {"words": list(EMPTY_LINK_WORDS)}},
    {"id": "check-date-year", "options": {"pattern": DATE_WITHOUT_YEAR}},
    {"id": "check-table-header"},
)
_MESSAGES = {
    "link-words": {
        "error_name": _("The link does not say where it leads"),
        "help_text": _("Write what the reader finds there instead of “here”."),
    },
    "date-without-year": {
        "error_name": _("A date has no year"),
        "help_text": _("The page may be read next year: add the year."),
    },
    "table-without-header": {
        "error_name": _("A table has no headings"),
        "help_text": _("Name what stands in each column."),
    },
}


def says_nothing(link_text: str) -> bool:
    """Whether the words of a link do not say where it leads."""
    return link_text.strip(" .→\u00a0").lower() in EMPTY_LINK_WORDS


def dates_without_year(text: str) -> list[str]:
    """Days with a month that no year follows."""
    return [found.strip() for found in re.findall(DATE_WITHOUT_YEAR, text)]


class PortalChecks(ContentCheckerItem):
    """Wagtail's checks with ours."""

    @property
    def media(self) -> Media:
        """The script that holds our checks."""
        return Media(js=[static("portal/content-checks.js")])

    def get_axe_run_only(self, request: HttpRequest) -> list[str]:
        """Names of the rules."""
        return [*super().get_axe_run_only(request), *OWN_RULES]

    def get_axe_custom_rules(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What each rule looks at."""
        ours = [{**rule, "tags": ["best-practice"], "enabled": True} for rule in _RULES]
        return [*super().get_axe_custom_rules(request), *ours]

    def get_axe_custom_checks(self, request: HttpRequest) -> list[dict[str, Any]]:
        """What each check needs to know."""
        return [*super().get_axe_custom_checks(request), *_CHECKS]

    def get_axe_messages(self, request: HttpRequest) -> dict[str, Any]:
        """What editors read."""
        return {**super().get_axe_messages(request), **_MESSAGES}
