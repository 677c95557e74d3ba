"""What a value is can be seen: a zero, nothing, an incomplete period, a correction, a disagreement."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from portal.views.gallery_charts import PART, areas, bars, grouped, lines, points
from region.chart import Break, Chart, ChartKind, Missing, Point, PointStatus, Precision, Series
from tests.reports.charts.drawn import bars_of, chart_of, drawing_of, parsed, texts_of

D = Decimal


def test_zero_is_drawn_and_written() -> None:
    svg = drawing_of(chart_of(Point(D(0)), Point(D(10)))).svg
    assert [(bar["width"], bar["x"]) for bar in bars_of(svg)] == [("3", "0%"), ("100%", "0%")]
    assert texts_of(svg).count("0") == 2  # at its bar and at the axis


@pytest.mark.parametrize("kind", Missing)
def test_missing_has_no_bar_and_says_why(kind: Missing) -> None:
    svg = drawing_of(chart_of(Point(missing=kind), Point(D(10)))).svg
    assert len(bars_of(svg)) == 1
    assert texts_of(svg).count(kind.value.replace("_", " ")) == 1


def test_kinds_of_missing_differ_from_each_other_and_from_zero() -> None:
    signs = [texts_of(drawing_of(chart_of(Point(missing=kind))).svg)[1] for kind in Missing]
    assert signs == ["–", "?", "×", "#"]


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.LINES, ChartKind.DOTS, ChartKind.MULTIPLES])
@pytest.mark.parametrize("status", PointStatus)
def test_every_status_looks_unlike_a_final_value(kind: ChartKind, status: PointStatus) -> None:
    chart = chart_of(Point(D(5), status=status), Point(D(10)), kind=kind)
    final = chart_of(Point(D(5)), Point(D(10)), kind=kind)
    # Without any word: the shapes alone must differ.
    shapes = [
        [e.attrib for e in parsed(drawing_of(c).svg).iter() if not e.tag.endswith("text")] for c in (chart, final)
    ]
    assert (shapes[0] == shapes[1]) is (status is PointStatus.FINAL)
    assert [key.words for key in drawing_of(chart).keys] == ([] if status is PointStatus.FINAL else [status.value])


def test_incomplete_period_is_hatched_and_said_beside_its_name() -> None:
    svg = drawing_of(grouped()).svg
    fills = [bar.get("fill") for bar in bars_of(svg)]
    assert fills == [None, None, None, None, "url(#t-h1)"]
    assert '<pattern id="t-h1"' in svg
    assert "counted to a day" in " ".join(texts_of(svg))


def test_incomplete_period_is_no_part_of_a_line() -> None:
    chart = chart_of(
        *(Point(D(value)) for value in (1, 2, 3)), Point(D(9), status=PointStatus.PART), kind=ChartKind.LINES
    )
    paths = [each.get("d") or "" for each in parsed(drawing_of(chart).svg).iter() if "ln0" in each.get("class", "")]
    assert [path.count("L") for path in paths] == [2]


def test_line_ends_where_the_method_changes() -> None:
    whole = chart_of(*(Point(D(value)) for value in (1, 2, 3, 4)), kind=ChartKind.LINES)
    drawing = drawing_of(replace(whole, breaks=(Break(2, "counted anew"),)))
    paths = [each.get("d") or "" for each in parsed(drawing.svg).iter() if "ln0" in each.get("class", "")]
    assert [path.count("M") for path in paths] == [2]
    assert drawing.notes == ("A: counted anew",)


def test_two_sources_have_a_bracket_with_their_difference() -> None:
    texts = texts_of(drawing_of(grouped()).svg)
    assert [words for words in texts if "difference" in words] == [
        "difference 292\u00a0(4.1%)",
        "difference 9\u00a0(0.1%)",
    ]
    assert "difference" not in " ".join(texts_of(drawing_of(replace(grouped(), shows_difference=False)).svg))


def test_bars_begin_at_a_true_zero() -> None:
    svg = drawing_of(chart_of(Point(D(990)), Point(D(1000)))).svg
    assert [(bar["x"], bar["width"]) for bar in bars_of(svg)] == [("0%", "99%"), ("0%", "100%")]


def test_negative_bars_go_left_of_zero() -> None:
    svg = drawing_of(chart_of(Point(D(-25)), Point(D(75)))).svg
    assert [(bar["x"], bar["width"]) for bar in bars_of(svg)] == [("0%", "25%"), ("25%", "75%")]


def test_axis_that_leaves_zero_says_so() -> None:
    high = chart_of(Point(D(96)), Point(D(99)), kind=ChartKind.LINES)
    assert drawing_of(high).notes == ("not from zero",)
    assert drawing_of(chart_of(Point(D(9)), Point(D(99)), kind=ChartKind.LINES)).notes == ()


def test_precision_stands_before_the_value() -> None:
    svg = drawing_of(
        chart_of(Point(D(300), precision=Precision.APPROXIMATE), Point(D(20), precision=Precision.AT_LEAST))
    ).svg
    assert [words for words in texts_of(svg) if words[0] in "≈≥"] == ["≈\u00a0300", "≥\u00a020"]


def test_interval_is_drawn_as_a_band_or_with_ends() -> None:
    assert 'class="bd b1"' in drawing_of(lines()).svg
    assert drawing_of(bars()).svg.count('class="wh"') == 2


def test_nothing_known_is_drawn_in_words() -> None:
    for kind in ChartKind:
        svg = drawing_of(chart_of(Point(missing=Missing.UNKNOWN), kind=kind)).svg
        assert bars_of(svg) == []


def test_shares_add_up_to_the_width() -> None:
    parts = tuple(Series(name, points(value)) for name, value in (("a", 30), ("b", 50), ("c", 20)))
    svg = drawing_of(Chart("k", "T", ChartKind.SHARES, ("2024",), parts, "Kč")).svg
    assert [(bar["x"], bar["width"]) for bar in bars_of(svg)] == [("0%", "30%"), ("30%", "50%"), ("80%", "20%")]


def test_map_shows_classes_whose_bounds_occur() -> None:
    drawing = drawing_of(areas())
    words = [key.words for key in drawing.keys]
    assert words[:6] == ["0", "5–7", "8–20", "23–31", "35–51", "68–99"]
    assert words[6:] == ["did not occur", "unknown", "not applicable", "confidential", "provisional", "part"]
    assert drawing.svg.count("<a ") == 20
    assert 'role="group"' in drawing.svg


def test_map_without_shapes_shows_bars() -> None:
    svg = drawing_of(replace(areas(), areas=())).svg
    assert len(bars_of(svg)) == 16


def test_texts_are_escaped() -> None:
    chart = replace(grouped(), title='<script>"&', categories=("<i>", "&amp;", '"'))
    svg = drawing_of(chart).svg
    assert "<script>" not in svg
    assert texts_of(svg).count("<i>") == 1


def test_drawing_carries_no_style_and_no_handler() -> None:
    for chart in (grouped(), bars(), lines(), areas()):
        svg = drawing_of(chart).svg
        assert 'style="' not in svg
        assert "<style" not in svg


def test_title_and_description_are_named() -> None:
    tree = parsed(drawing_of(grouped()).svg)
    assert tree.get("aria-labelledby") == "t-t t-d"
    assert [(each.get("id"), each.text) for each in list(tree)[:2]] == [("t-t", grouped().title), ("t-d", "said")]


def test_incomplete_year_of_the_sample_is_marked() -> None:
    assert PART.status is PointStatus.PART


def test_bracket_spans_both_bars_whatever_is_said_between_them() -> None:
    chart = grouped()
    first = replace(chart.series[0], points=points(Point(D(7208), note="without the road system"), 8489, PART))
    svg = drawing_of(replace(chart, series=(first, chart.series[1]))).svg
    heights = [(float(bar["y"]), float(bar["height"])) for bar in bars_of(svg)[:2]]
    apart = heights[1][0] - heights[0][0]
    assert re.findall(r'd="M[\d.]+ 0h8v([\d.]+)h-8"', svg)[0] == f"{apart:g}"
    assert apart > 40
