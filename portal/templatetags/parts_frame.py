"""Components around the page: alerts, breadcrumb, the region's line, print header, data for machines."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from django import template
from django.utils.html import format_html
from shapely.errors import ShapelyError
from shapely.geometry import shape

from region.colours import DEFAULT_BRAND
from region.drawing.line import DEFAULT_LINE, RegionLine, region_line, ridge_paths, stripe_path

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.utils.safestring import SafeString

    from region.parts import Link

register = template.Library()
Shown = dict[str, object]
# In a script element only these three characters can end or change it.
JSON_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})


@dataclass(frozen=True, slots=True)
class Unhashed:
    """A value that rides along with a cache key without being part of it."""

    value: dict[str, Any] = field(compare=False)


@register.inclusion_tag("components/alert.html")
def alert(
    *,
    title: str,
    key: str,
    text: str = "",
    severity: Literal["info", "warning", "danger"] = "warning",
    href: str = "",
    link_text: str = "",
    demo: bool = False,
    lang: str = "",
) -> Shown:
    """The site-wide banner; hidden by its own checkbox, so it needs neither JavaScript nor a cookie.

    `key` is unique on the page and changes with the message (it is what a browser's session remembers).
    """
    return locals()


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(trail: Sequence[Link] | None) -> Shown:
    """The way from the home page here; the last link is this page. Nothing without a trail."""
    steps = list(trail or ())
    return {"trail": steps[:-1], "here": steps[-1] if steps else None}


@lru_cache(maxsize=4)
def line_within(_west: float, _south: float, _east: float, _north: float, boundary: Unhashed) -> RegionLine:
    """The line of a boundary, remembered by its bounding box: unrolling it costs a hundred times a page."""
    try:
        return region_line(shape(boundary.value))
    except (ValueError, ShapelyError):
        return DEFAULT_LINE


def line_of(context: Mapping[str, Any]) -> RegionLine:
    """The region's own line; the programme's where the region has no boundary yet."""
    region: Any = context.get("region")
    boundary = getattr(region, "boundary", None)
    if not boundary:
        return DEFAULT_LINE
    return line_within(region.min_lon, region.min_lat, region.max_lon, region.max_lat, Unhashed(boundary))


@register.inclusion_tag("components/stripe.html", takes_context=True)
def stripe(context: Mapping[str, Any]) -> Shown:
    """The region's line as three thin strokes under the header. Decoration only."""
    return {"path": stripe_path(line_of(context))}


@register.inclusion_tag("components/ridge.html", takes_context=True)
def ridge(context: Mapping[str, Any], *, rising: bool = False) -> Shown:
    """The region's line as the edge of a coloured field: `rising` above the footer, else under the hero."""
    return {"paths": ridge_paths(line_of(context), rising=rising), "rising": rising}


@register.inclusion_tag("components/print_header.html", takes_context=True)
def print_header(context: Mapping[str, Any], title: str, *, reference: str = "", day: object = None) -> Shown:
    """Head of a printed page: whose it is, what it is, its number and day."""
    return {"region": context.get("region"), "title": title, "reference": reference, "day": day}


@register.simple_tag
def json_ld(data: Mapping[str, object] | None) -> SafeString | str:
    """Facts for search engines as a data block, which browsers never run and a strict CSP lets be."""
    if not data:
        return ""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(JSON_ESCAPES)
    # The text is part of the format, not an argument, because entities are not decoded inside a script element.
    return format_html(
        f'<script type="{{}}">{text.replace("{", "{{").replace("}", "}}")}</script>', "application/ld+json"
    )


@register.inclusion_tag("components/social_card.html", takes_context=True)
def social_card(
    context: Mapping[str, Any],
    *,
    title: str = "",
    description: str = "",
    url: str = "",
    image_url: str = "",
    kind: Literal["website", "article", "profile"] = "website",
) -> Shown:
    """What search engines and messengers show of a page; without arguments it speaks for the Wagtail page."""
    region, page = context.get("region"), context.get("page")
    name = f"{getattr(region, 'name', '')} – {getattr(region, 'programme', '')}"
    return {
        "site_name": name,
        "title": title or getattr(page, "seo_title", "") or getattr(page, "title", "") or name,
        "description": description or getattr(page, "search_description", ""),
        "url": url or context.get("canonical_url", ""),
        "image_url": image_url,
        "kind": kind,
        "theme": getattr(region, "brand_colour", DEFAULT_BRAND),
    }


@register.inclusion_tag("components/brand_link.html", takes_context=True)
def brand_link(context: Mapping[str, Any]) -> Shown:
    """The small stylesheet of a region whose brand colour is its own; nothing for the default one."""
    colour = str(getattr(context.get("region"), "brand_colour", DEFAULT_BRAND)).lower()
    return {"own": colour != DEFAULT_BRAND, "version": colour.removeprefix("#")}
