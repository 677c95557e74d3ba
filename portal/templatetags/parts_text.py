"""Components of running text: buttons, links, notices, cards, headings, lists of links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from django import template
from django.template.loader import render_to_string

from portal.templatetags.kept import kept_tag

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.utils.safestring import SafeString

    from region.parts import DateItem, Fact, FileItem, Link, Milestone, NewsItem, Tab

register = template.Library()
Shown = dict[str, object]


@register.inclusion_tag("components/button.html")
def button(
    text: str,
    *,
    href: str = "",
    kind: Literal["line", "primary", "brand", "danger"] = "line",
    small: bool = False,
    type: Literal["submit", "button"] = "submit",
    name: str = "",
    value: str = "",
    disabled: bool = False,
) -> Shown:
    """A button, or a link that looks like one when `href` is given; at most one `primary` on a screen."""
    return locals()


@kept_tag(register, "components/arrow_link.html")
def arrow_link(
    text: str,
    *,
    href: str,
    direction: Literal["forward", "back", "down"] = "forward",
    lang: str = "",
    about: str = "",
) -> Shown:
    """A link with an arrow, for the next step after a block of text.

    ``about`` is heard, not seen: it tells links apart that look alike and lead to different places.
    """
    return locals()


@register.simple_block_tag
def notice(
    content: SafeString,
    *,
    title: str = "",
    severity: Literal["info", "warning", "danger", "success"] = "info",
    level: int = 2,
    id: str = "",
) -> SafeString:
    """A message inside the page; the severity is also said in words to those who do not see the colour."""
    return render_to_string("components/notice.html", locals())


@register.simple_block_tag
def card(
    content: SafeString,
    *,
    title: str = "",
    href: str = "",
    kind: Literal["plain", "call", "brand"] = "plain",
    tag: str = "",
    tone: str = "neutral",
    kicker: str = "",
    demo: bool = False,
    level: int = 3,
    lang: str = "",
) -> SafeString:
    """A bordered card: status tag and small line, linked heading, content."""
    return render_to_string("components/card.html", locals())


@register.inclusion_tag("components/status_tag.html")
def status_tag(text: str, *, tone: Literal["neutral", "run", "done", "late"] = "neutral") -> Shown:
    """A state in words with a mark of its own shape: open circle, half, full, diamond."""
    return locals()


@kept_tag(register, "components/plate.html")
def plate(number: object, *, tone: Literal["brand", "amber", "light", "outline"] = "brand", label: str = "") -> Shown:
    """The numbered plate of a town or district; the same number is on the map, in the list and on the card."""
    return locals()


@kept_tag(register, "components/demo_mark.html")
def demo_mark() -> Shown:
    """The word "example" beside anything invented."""
    return {}


@kept_tag(register, "components/section_heading.html")
def section_heading(
    text: str,
    *,
    id: str = "",
    href: str = "",
    link_text: str = "",
    link_about: str = "",
    level: int = 2,
    demo: bool = False,
    hint: str = "",
) -> Shown:
    """A section's heading under the map-scale rule, with an arrow link or a hint on its right."""
    return locals()


@register.inclusion_tag("components/facts.html")
def facts(items: Sequence[Fact]) -> Shown:
    """The line of facts under a heading."""
    return {"items": items}


@register.inclusion_tag("components/timeline.html")
def timeline(items: Sequence[Milestone], *, level: int = 3) -> Shown:
    """Dated steps: what is done, what is going on now, what comes next."""
    return {"items": items, "level": level}


@register.simple_block_tag
def details(content: SafeString, *, title: str, open: bool = False, id: str = "") -> SafeString:
    """A heading that opens its answer; works without JavaScript and prints open."""
    return render_to_string("components/details.html", locals())


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Tab], *, label: str) -> Shown:
    """Views of one list as links; `label` names the group for screen readers."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/on_page.html")
def on_page(links: Sequence[Link], *, id: str = "on-page") -> Shown:
    """Contents of a long page; in a rail it shows on wide screens only, elsewhere in two columns on phones."""
    return {"links": links, "id": id}


@register.inclusion_tag("components/file_list.html")
def file_list(files: Sequence[FileItem]) -> Shown:
    """Files to download with type, size and day."""
    return {"files": files}


@register.inclusion_tag("components/news_list.html")
def news_list(items: Sequence[NewsItem], *, level: int = 3) -> Shown:
    """News with their day, newest first as given; nothing without items."""
    return {"items": items, "level": level}


@register.inclusion_tag("components/dates_list.html")
def dates_list(items: Sequence[DateItem], *, level: int = 3) -> Shown:
    """Coming events, each with a calendar leaf."""
    return {"items": items, "level": level}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title: str, *, text: str = "", href: str = "", link_text: str = "", level: int = 2) -> Shown:
    """What to say, and where to go, when a search or a filter finds nothing."""
    return locals()


def heading_level(value: Any) -> int:
    """A heading level between 2 and 4."""
    return min(4, max(2, int(value)))


@kept_tag(register, "components/heading.html")
def heading(text: str, *, level: int, href: str = "", id: str = "", lang: str = "") -> Shown:
    """A heading of the given level (2 to 4), linked when `href` is given; one-letter words keep to the next one."""
    return {"text": text, "level": heading_level(level), "href": href, "id": id, "lang": lang}
