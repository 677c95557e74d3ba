"""Around the page: alerts, the way here, the line, data for machines."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from django.template import engines
from shapely import Polygon
from shapely.geometry import mapping

from portal.templatetags import parts_frame
from region.drawing.line import DEFAULT_LINE, region_line, stripe_path
from region.parts import Link

BAY = Polygon([(1, 2), (0, 2), (0, 1.2), (0.4, 1.0), (0, 0.8), (0, 0), (1, 0)])


def render(text: str, **context: object) -> str:
    """A template's output with runs of white space made one space."""
    return " ".join(engines["django"].from_string(text).render(context).split())


def region(**facts: object) -> SimpleNamespace:
    """A region profile as far as the frame reads it."""
    known = {"name": "Plzeň Region", "programme": "safe county", "brand_colour": "#14513f", "boundary": None}
    return SimpleNamespace(**{**known, **facts})


def test_alert_can_be_hidden_by_its_own_checkbox() -> None:
    assert render(
        '{% alert title="Flood" key="k1" text="Stay." severity="danger" href="/x" link_text="More" lang="en" %}'
    ) == (
        '<section class="banner banner--danger" aria-labelledby="alert-k1" data-alert="k1"><div class="wrap">'
        ' <div lang="en"><p><b id="alert-k1">Flood</b> Stay. <a href="/x">More</a></p></div>'
        ' <label class="hide"><input type="checkbox"> <span>Hide this notice</span></label> </div></section>'
    )


def test_breadcrumb_ends_with_this_page() -> None:
    assert render("{% breadcrumb trail %}", trail=[Link("Home", "/"), Link("Stod")]) == (
        '<nav class="crumbs" aria-label="You are here"><ol> <li><a href="/">Home</a></li>'
        ' <li><span aria-current="page">Stod</span></li> </ol></nav>'
    )


@pytest.mark.parametrize("trail", [[], None])
def test_breadcrumb_without_a_trail_disappears(trail: list[Link] | None) -> None:
    assert render("{% breadcrumb trail %}", trail=trail) == ""


def test_stripe_is_the_line_of_the_region() -> None:
    own = region(boundary=mapping(BAY), min_lon=0.0, min_lat=0.0, max_lon=1.0, max_lat=2.0)
    assert render("{% stripe %}", region=own).count(stripe_path(region_line(BAY))) == 3


@pytest.mark.parametrize("boundary", [None, {"type": "Point", "coordinates": [1, 2]}, {"type": "Nothing"}])
def test_stripe_without_a_usable_boundary_is_the_default(boundary: object) -> None:
    parts_frame.line_within.cache_clear()
    other = region(boundary=boundary, min_lon=5.0, min_lat=5.0, max_lon=6.0, max_lat=6.0)
    assert render("{% stripe %}", region=other).count(stripe_path(DEFAULT_LINE)) == 3


def test_ridge_hangs_or_rises() -> None:
    assert render("{% ridge %}").count('class="ridge ridge--hero"') == 1
    assert render("{% ridge rising=True %}").count('class="ridge"') == 1


def test_print_header_says_whose_paper_it_is() -> None:
    assert render('{% print_header "Budget" reference="2026/014" %}', region=region()) == (
        '<header class="print-head"><p class="who">Plzeň Region – safe county</p><h1>Budget</h1>'
        '<p class="soft">2026/014</p></header>'
    )


def test_json_ld_cannot_leave_its_element() -> None:
    shown = render("{% json_ld data %}", data={"@type": "Event", "name": "</script><b> {x} & ě"})
    inside = shown.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert [inside.count(sign) for sign in "<>&"] == [0, 0, 0]
    assert json.loads(inside) == {"@context": "https://schema.org", "@type": "Event", "name": "</script><b> {x} & ě"}


def test_json_ld_of_nothing_is_nothing() -> None:
    assert render("{% json_ld data %}", data=None) == ""


def test_social_card_speaks_for_the_page() -> None:
    page = SimpleNamespace(seo_title="", title="News", search_description="All news")
    assert render("{% social_card %}", page=page, region=region(), canonical_url="https://x.test/en/") == (
        '<meta name="description" content="All news"> <meta name="theme-color" content="#14513f">'
        ' <meta property="og:site_name" content="Plzeň Region – safe county"> <meta property="og:title" content="News">'
        ' <meta property="og:description" content="All news"> <meta property="og:type" content="website">'
        ' <meta property="og:url" content="https://x.test/en/"> <link rel="canonical" href="https://x.test/en/">'
    )


def test_social_card_without_a_page_speaks_for_the_region() -> None:
    shown = render('{% social_card image_url="https://x.test/i.png" %}', region=region())
    assert shown.count('<meta property="og:title" content="Plzeň Region – safe county">') == 1
    assert shown.count('<meta name="twitter:card" content="summary_large_image">') == 1
    assert shown.count("description") == 0


def test_brand_link_only_for_a_colour_of_its_own() -> None:
    assert render("{% brand_link %}", region=region(brand_colour="#14513F")) == ""
    assert (
        render("{% brand_link %}", region=region(brand_colour="#0055A4"))
        == '<link rel="stylesheet" href="/brand.css?0055a4">'
    )
