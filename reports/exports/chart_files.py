"""The numbers of a chart as files: exactly those that are drawn, with the reasons for missing ones and the sources.

CSV and JSON are for machines and the same in every language but for the texts themselves; XLSX is for people. Nothing
that somebody typed can become a formula in either (docs/decisions/0007).
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, pgettext

from region.chart import MISSING_SIGNS
from region.listing.exports import BYTE_ORDER_MARK, csv_lines, csv_value, xlsx_value
from reports.chart_words import description, words
from reports.charts.standalone import standalone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from region.chart import Chart, Point, Series

# Columns of CSV and JSON, in one language for all; what each holds is told by `explanations`.
COLUMNS = (
    "category", "series", "value", "low", "high", "unit", "status", "precision", "missing", "note",
    "source", "issuer", "dated", "page", "url",
)  # fmt: skip


def rows_of(chart: Chart) -> Iterator[tuple[Any, ...]]:
    """One row for each value, drawn or missing, in the order of `COLUMNS`."""
    for index, category in enumerate(chart.categories):
        for series in chart.series:
            yield _row(chart, category, series, series.points[index])


def _row(chart: Chart, category: str, series: Series, point: Point) -> tuple[Any, ...]:
    source = chart.sources[series.source] if series.source is not None else None
    told = (source.title, source.issuer, source.dated, source.page, source.url) if source else ("",) * 5
    state = ("", "") if point.missing else (point.status.value, point.precision.value)
    missing = point.missing.value if point.missing else ""
    return (category, series.name, point.value, point.low, point.high, chart.unit, *state, missing, point.note, *told)


def csv_file(chart: Chart) -> str:
    """One form for machines: UTF-8 with a byte order mark, commas, a decimal point."""
    lines = [list(COLUMNS), *([csv_value(value) for value in row] for row in rows_of(chart))]
    return f"{BYTE_ORDER_MARK}{csv_lines(lines)}"


def json_file(chart: Chart) -> str:
    """The same rows with what is said about all of them."""
    told = {
        "key": chart.key,
        "title": chart.title,
        "unit": chart.unit,
        "category": chart.category_title,
        "description": description(chart),
        "note": chart.note,
        "calculated": chart.how,
        "breaks": [
            {"from": chart.categories[each.at], "text": each.text}
            for each in chart.breaks
            if each.at < len(chart.categories)
        ],
        "sources": [
            {
                "title": source.title,
                "issuer": source.issuer,
                "dated": source.dated,
                "page": source.page,
                "url": source.url,
                "quotes": list(source.quotes),
            }
            for source in chart.sources
        ],
        "values": [
            dict(zip(COLUMNS[:10], map(plain_value, row[:10]), strict=True)) | {"source": series_source}
            for row, series_source in zip(rows_of(chart), _sources(chart), strict=True)
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _sources(chart: Chart) -> Iterator[int | None]:
    """Places of the rows' sources among the chart's."""
    for _category in chart.categories:
        yield from (series.source for series in chart.series)


def plain_value(value: Any) -> Any:
    """A number as JSON knows it: whole ones stay whole."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)


def svg_file(chart: Chart) -> str:
    """The drawing as a file that stands alone."""
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + standalone(chart, words(), description(chart))


def xlsx_file(chart: Chart) -> BytesIO:
    """A workbook: values, what the columns hold, sources."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    headings = [heading for heading, _ in explanations()]
    _sheet(book, pgettext("sheet of a workbook", "Values"), headings, map(_in_words, rows_of(chart)))
    about = [
        (pgettext("heading of a column", "Title"), chart.title),
        (gettext("Unit"), chart.unit),
        (gettext("Description"), description(chart)),
        (gettext("Note"), chart.note),
        (gettext("Calculated by us"), chart.how),
        *((chart.categories[each.at], each.text) for each in chart.breaks if each.at < len(chart.categories)),
        *explanations(),
        *((sign, words().missing[kind]) for kind, sign in MISSING_SIGNS.items()),
    ]
    headings = [pgettext("heading of a column", "Column"), pgettext("heading of a column", "Explanation")]
    _sheet(book, pgettext("sheet of a workbook", "Explanations"), headings, (row for row in about if row[1]))
    headings = [heading for heading, _ in explanations()[-5:]] + [gettext("Quotation")]
    sources = ((s.title, s.issuer, s.dated, s.page, s.url, " / ".join(s.quotes)) for s in chart.sources)
    _sheet(book, pgettext("sheet of a workbook", "Sources"), headings, sources)
    made = BytesIO()
    book.save(made)
    made.seek(0)
    return made


def _in_words(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """States in the reader's language, a missing value as its sign with the reason beside it."""
    said = words()
    status = {kind.value: text for kind, text in said.status.items()}
    precision = {kind.value: text for kind, text in said.precision.items()} | _precisions()
    missing = {kind.value: text for kind, text in said.missing.items()}
    signs = {kind.value: sign for kind, sign in MISSING_SIGNS.items()}
    value = signs[row[8]] if row[8] else row[2]
    final = pgettext("status of a value", "final") if row[6] else ""
    state = (status.get(row[6], final), precision.get(row[7], ""), missing.get(row[8], ""))
    return (*row[:2], value, *row[3:6], *state, *row[9:])


def _precisions() -> dict[str, str]:
    return {
        "exact": pgettext("precision of a value", "exact"),
        "approximate": pgettext("precision of a value", "approximate"),
        "at_least": pgettext("precision of a value", "at least"),
    }


def explanations() -> tuple[tuple[str, str], ...]:
    """Headings of the columns with what they hold, in the active language."""
    return (
        (gettext("Category"), gettext("The period, place or kind that the value is about")),
        (gettext("Series"), gettext("Whose or which values these are")),
        (gettext("Value"), gettext("The published number, or a sign where there is none")),
        (gettext("Lower bound"), gettext("Least number that the value may be")),
        (gettext("Upper bound"), gettext("Greatest number that the value may be")),
        (gettext("Unit"), gettext("What is counted")),
        (gettext("Status"), gettext("How final the value is")),
        (gettext("Precision"), gettext("How exactly the source gives it")),
        (gettext("Missing"), gettext("Why there is no value")),
        (gettext("Note"), gettext("What is said at the value")),
        (pgettext("heading of a column", "Source"), gettext("Title of the document that gives the value")),
        (gettext("Issuer"), gettext("Who published it")),
        (pgettext("heading of a column", "Dated"), gettext("When it was published")),
        (pgettext("of a document", "Page"), gettext("Where in it the value stands")),
        (pgettext("of a document", "Address"), gettext("Where the document is")),
    )


def _sheet(book: Any, title: str, headings: list[str], rows: Any) -> None:
    """One sheet whose texts stay texts, whatever they begin with."""
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31])
    sheet.freeze_panes = "A2"
    for place in range(1, len(headings) + 1):
        sheet.column_dimensions[get_column_letter(place)].width = 26
    for row in (headings, *rows):
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: Any, value: Any) -> Any:
    from openpyxl.cell import WriteOnlyCell

    plain = xlsx_value(value)
    made = WriteOnlyCell(sheet, value=plain)
    if isinstance(plain, str):
        made.data_type = "s"
    return made
