"""Figures, bars, tables, pages."""

from __future__ import annotations

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags.parts_data import slices
from region.parts import Cell, Column, KeyFigure, Share


def render(text: str, **context: object) -> str:
    """A template's output with runs of white space made one space."""
    return " ".join(engines["django"].from_string(text).render(context).split())


def test_key_figures_say_a_common_source_once() -> None:
    figures = [KeyFigure("27", "towns"), KeyFigure("10", "more", note="n")]
    shown = render('{% key_figures figures source="Presentation" dated="2012" %}', figures=figures)
    assert shown.count("Presentation") == 1
    assert shown.endswith('<p class="cap soft src-all">Source of all numbers here: Presentation, 2012</p>')


def test_key_figure_with_a_source_of_its_own_says_it() -> None:
    shown = render('<dl>{% key_figure "5" label="L" unit="km" source="S" %}</dl>')
    assert (
        shown == '<dl><div class="fig"><dt>L</dt><dd>5<small>km</small></dd><dd class="src">Source: S</dd></div> </dl>'
    )


def test_key_figures_without_figures_disappear() -> None:
    assert render('{% key_figures figures source="S" %}', figures=[]) == ""


def test_slices_lie_side_by_side() -> None:
    laid = slices([Share("A", Decimal(750)), Share("B", Decimal(250))])
    assert [(part.start, part.width, part.fill) for part in laid] == [
        ("0.00%", "75.00%", "k1"),
        ("75.00%", "25.00%", "hatch"),
    ]


def test_slices_of_nothing_have_no_width() -> None:
    assert [part.width for part in slices([Share("A", Decimal(0))])] == ["0.00%"]


@given(st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8))
def test_slices_fill_the_bar(amounts: list[Decimal]) -> None:
    laid = slices([Share("x", amount) for amount in amounts])
    total = sum(part.percent for part in laid)
    assert round(total, 6) == (100 if sum(amounts) else 0)


def test_money_bar_is_followed_by_its_table() -> None:
    shares = [Share("Region", Decimal(800)), Share("Town", Decimal(200), "own")]
    region = SimpleNamespace(currency="PLN")
    shown = render('{% money_bar shares id="b" caption="C" %}', shares=shares, region=region)
    assert (shown.count("<tr>"), shown.count("PLN"), shown.count('url(#b-hatch)"')) == (4, 3, 2)


def test_thin_money_bar_is_followed_by_words() -> None:
    shares = [Share("Region", Decimal(800)), Share("Town", Decimal(200))]
    shown = render('{% money_bar shares id="b" thin=True %}', shares=shares)
    assert shown.endswith(
        '<p class="small"><b>CZK\u00a01,000</b> – Region 80%, Town 20%</p> </div>'.replace("\u00a0", " ")
    )


def test_table_labels_its_cells_for_phones() -> None:
    columns = [Column("Town", sort_url="?s", sorted_as="descending"), Column("People", numeric=True)]
    shown = render(
        '{% table columns rows caption="C" foot=foot %}',
        columns=columns,
        rows=[[Cell("A", "/a"), Cell("5")]],
        foot=[Cell("Total"), Cell("5")],
    )
    assert shown == (
        '<div class="tablebox"><table class="table table--stack"> <caption>C</caption>'
        ' <thead><tr><th scope="col" aria-sort="descending">'
        '<a href="?s">Town <span aria-hidden="true">↓</span></a></th>'
        '<th scope="col" class="r">People</th></tr></thead>'
        ' <tbody><tr><th scope="row"><span><a href="/a">A</a></span></th>'
        ' <td class="r" data-label="People"><span>5</span></td> </tr></tbody>'
        ' <tfoot><tr><th scope="row"><span>Total</span></th>'
        ' <td class="r" data-label="People"><span>5</span></td> </tr></tfoot>'
        " </table></div>"
    )


def test_table_refuses_a_row_of_another_length() -> None:
    with pytest.raises(ValueError, match="zip"):
        render('{% table columns rows caption="C" %}', columns=[Column("A")], rows=[[Cell("1"), Cell("2")]])


def test_pagination_keeps_the_rest_of_the_query() -> None:
    request = RequestFactory().get("/?status=open&page=2")
    shown = render("{% pagination page %}", request=request, page=Paginator(range(60), 20).page(2))
    assert [part.split('"')[0] for part in shown.split('href="')[1:]] == [
        "?status=open", "?status=open", "?status=open&amp;page=2", "?status=open&amp;page=3", "?status=open&amp;page=3",
    ]  # fmt: skip


def test_pagination_without_a_request_names_the_page() -> None:
    shown = render('{% pagination page param="p" label="Towns" %}', page=Paginator(range(30), 20).page(1))
    assert shown.count('href="?p=2"') == 2
    assert shown.count('aria-label="Towns"') == 1


def test_pagination_leaves_a_gap_between_distant_pages() -> None:
    shown = render("{% pagination page %}", page=Paginator(range(400), 20).page(10))
    assert shown.count('<span class="gap">…</span>') == 2


def test_pagination_of_one_page_disappears() -> None:
    assert render("{% pagination page %}", page=Paginator(range(3), 20).page(1)) == ""
