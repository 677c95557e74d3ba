"""Columns of the site's own models, classified (see ``region.personal_data``)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from region.personal_data import FOLLOWS, declare, keep

# Texts that editors publish. Who is named in them is the editors' business, as on paper.
_PAGE = "page_ptr heading lead is_example"
_CONTACT = _("Contact that the region itself publishes; edited on the page when another person takes over.")
_PAGES = {
    "NewsPage": "body date image image_alt topics towns",
    "NewsIndexPage": "",
    "EventPage": "body start end all_day place town organiser price topics",
    "EventIndexPage": "",
    "GuidePage": "body questions",
    "GuideIndexPage": "",
    "TownPage": "town introduction",
    "HomePage": "figures figures_source figures_on",
    "MaterialPage": "body summary audience date document topics",
    "MaterialIndexPage": "",
    "ProgrammePage": "body milestones",
    "StandardPage": "body",
    "ContactPage": "body",
    "PrivacyPage": "body reviewed_on",
    "TownIndexPage": "",
}


def classify() -> None:
    """Put the portal's models into the register."""
    for name, columns in _PAGES.items():
        declare(f"portal.{name}", f"{_PAGE} {columns}")
    declare(
        "portal.AccessibilityStatementPage",
        f"{_PAGE} body conformance tested_on tested_by reviewed_on",
        fields=dict.fromkeys(("contact_name", "contact_email", "contact_phone"), keep(_CONTACT)),
    )
    declare("portal.Topic", "id slug name_cs name_pl name_en")
    declare(
        "portal.Alert",
        "id severity title_cs title_pl title_en text_cs text_pl text_en link since until is_example towns",
    )
    # Made anew from the person's record, which the site search listens to.
    declare(
        "portal.SearchEntry",
        "id language kind reference date page is_example digest",
        fields=dict.fromkeys(("title", "note", "text", "url"), FOLLOWS),
    )
    declare("portal.SearchWord", "id entry language head weight", fields=dict.fromkeys(("word", "form"), FOLLOWS))
