"""Drawing charts beside a plain loop of a Django template; 1 when a target of the house is missed.

Each chart of the gallery is drawn, described and laid into a table; the ratio is to a template that writes the same
numbers as a bare table, which is the least that a page showing them has to do. Weight: the page of twelve charts.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from region.chart import Chart

ROUNDS = 60
MOST_MILLISECONDS, MOST_BYTES, MOST_PAGE = 2.0, 12_000, 60_000
PLAIN = "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>"


def main() -> int:
    """Measure, print."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": ""}
    import django

    django.setup()
    missed = [*_drawings(), *_page()]
    print("\n" + ("Missed: " + "; ".join(missed) if missed else "Every target is met."))
    return int(bool(missed))


def _cost(act: Callable[[], object]) -> float:
    """Milliseconds of processor time, the median of many."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        act()
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def _drawn(chart: Chart, said: str) -> str:
    from reports.chart_words import words
    from reports.charts.drawing import draw

    return draw(chart, words(), ident="fig1", description=said).svg


def _drawings() -> list[str]:
    from django.template import engines

    from portal.views.gallery_charts import all_charts
    from reports.chart_table import table_of
    from reports.chart_words import description
    from reports.exports.chart_files import svg_file

    plain, missed = engines["django"].from_string(PLAIN), []
    print(f"One drawing, median of {ROUNDS}; the ratio is to a bare table of the same numbers:")
    print(f"  {'':<16}{'drawing':>9}{'ratio':>7}{'words':>9}{'table':>9}{'file':>9}{'bytes':>9}")
    for chart in all_charts():
        rows = [[cell.text for cell in row] for row in table_of(chart).rows]
        said = description(chart)
        loop = _cost(partial(plain.render, {"rows": rows}))
        drawn = _cost(partial(_drawn, chart, said))
        others = [_cost(partial(act, chart)) for act in (description, table_of, svg_file)]
        size = len(_drawn(chart, said).encode())
        told = "".join(f"{each:9.2f}" for each in others)
        print(f"  {chart.key:<16}{drawn:9.2f}{drawn / loop:7.1f}{told}{size:9,}")
        if drawn > MOST_MILLISECONDS:
            missed.append(f"{chart.key} {drawn:.1f} ms")
        if size > MOST_BYTES:
            missed.append(f"{chart.key} {size:,} bytes")
    return missed


def _page() -> list[str]:
    from django.template import engines

    from portal.views.gallery_charts import all_charts

    page = engines["django"].from_string("{% for chart in charts %}{% figure chart %}{% endfor %}")
    charts = all_charts()
    spent = _cost(lambda: page.render({"charts": charts}))
    static = Path(__file__).resolve().parents[2] / "portal" / "static" / "portal"
    files = [(static / name).read_bytes() for name in ("site.css", "chart.css", "site.js", "chart.js")]
    weight = sum(len(gzip.compress(each, 6)) for each in (page.render({"charts": charts}).encode(), *files))
    print(
        f"\n{len(charts)} charts with tables and sources: {spent:.1f} ms, {weight:,} bytes compressed with CSS and JS"
    )
    return [f"{len(charts)} charts weigh {weight:,} bytes"] if weight > MOST_PAGE else []


if __name__ == "__main__":
    sys.exit(main())
