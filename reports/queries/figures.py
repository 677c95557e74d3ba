"""Figures for readers: one by its key with everything that is said about it, and the list of all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from region.models.profile import in_language
from region.parts import Fact, Link
from region.queries.profile import current_profile
from reports.enums.figures import CountingUnit, Topic
from reports.figures import registered_figure, registered_figures
from reports.models import Metric
from reports.queries.figures_any import DASHBOARDS, counted_figures
from reports.queries.figures_charts import (
    category_of,
    chart_of,
    digits_of,
    growth_chart_of,
    growth_words,
    headline,
    how_of,
    is_countable,
    sources_words,
    unit_said,
    unit_words,
)
from reports.queries.figures_history import correction_lines, history_of
from reports.queries.figures_numbers import numbers_of
from reports.queries.figures_series import SeriesOf, series_of
from reports.queries.figures_values import (
    Place,
    corrections_of,
    place_names,
    resolutions_of,
    resolutions_of_many,
    values_of,
    values_of_many,
)
from reports.queries.figures_words import day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from region.chart import Chart
    from reports.asked import Asked
    from reports.figures import Figure
    from reports.models import Correction, Resolution
    from reports.queries.figures_history import Change, CorrectionLine
    from reports.queries.figures_values import Decisions, Period, Value


@dataclass(frozen=True, slots=True)
class FigurePage:
    """One figure as its page shows it. ``chart`` None: nothing is known for what was asked."""

    key: str
    topic: str
    kicker: str
    name: str
    title: str
    lead: str
    chart: Chart | None
    about: tuple[Fact, ...]
    growth: Chart | None = None
    growth_words: str = ""
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()
    similar: tuple[Link, ...] = ()
    elsewhere: tuple[Link, ...] = ()
    modified: datetime | None = None
    # What a past state of a register's figure means.
    past: str = ""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure in a list: what it is called and the newest number, where there is one.

    ``when`` names its period, and how many sources a range is of; ``title`` its place, if it is not the whole region.
    """

    key: str
    name: str
    value: str = ""
    unit: str = ""
    when: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class TopicLines:
    """Figures of one topic by documents, then those ``made`` from registers; ``url`` leads to its dashboard, if any."""

    code: str
    name: str
    lines: tuple[FigureLine, ...]
    made: tuple[FigureLine, ...] = ()
    url: str = ""

    @property
    def opens(self) -> bool:
        """Whether nothing but the made ones is there to be seen."""
        return not self.lines


@dataclass(slots=True)
class _Read:
    """What was read of one metric."""

    values: list[Value]
    places: dict[Place, tuple[str, str]]
    chosen: Place = field(default_factory=Place)


def figure_page(key: str, asked: Asked) -> FigurePage | None:
    """The published figure of a key, of a metric or made from a register; None when there is none.

    At most 10 queries for a metric, however many values it has; a register's figure costs what its chart costs.
    """
    metric = _metric(key)
    if metric is not None:
        return _page_of_metric(metric, asked)
    figure = registered_figure(key)
    return _page_of_register(figure, asked) if figure else None


def figure_chart(key: str, asked: Asked) -> Chart | None:
    """Only the chart of a published figure, for a page that shows it among other things. At most 6 queries."""
    metric = _metric(key)
    if metric is None:
        figure = registered_figure(key)
        return figure.chart(asked) if figure else None
    read = _read(metric, asked)
    series = _series(metric, read, asked)
    return _then(chart_of(metric, series), asked) if series.rows else None


def _then(chart: Chart, asked: Asked) -> Chart:
    """A past state says in its files, too, that it is one."""
    if asked.as_of is None:
        return chart
    words = gettext("As it was known on %(day)s.") % {"day": day(asked.as_of)}
    return replace(chart, note=f"{words} {chart.note}".strip())


def chart_and_numbers(metric: Metric, asked: Asked) -> tuple[Chart | None, tuple[Fact, ...]]:
    """The chart of a published metric with its numbers in a line, for a dashboard. At most 5 queries."""
    series = _series(metric, _read(metric, asked), asked)
    return (chart_of(metric, series), numbers_of(metric, series)) if series.rows else (None, ())


def _metric(key: str) -> Metric | None:
    similar = Prefetch("similar", queryset=Metric.objects.published())
    rows = Metric.objects.published().select_related("numerator", "denominator").prefetch_related("breaks", similar)
    return rows.filter(key=key).first()


def _read(metric: Metric, asked: Asked) -> _Read:
    values = values_of(metric, as_of=asked.as_of)
    read = _Read(values, place_names({one.place for one in values}))
    read.chosen = _chosen(read, asked)
    return read


def _chosen(read: _Read, asked: Asked) -> Place:
    """The area asked about; else the whole region, or where most is known."""
    if asked.district:
        return Place(district=asked.district.pk)
    if asked.town:
        return Place(town=asked.town.pk)
    counts: dict[Place, int] = {}
    for one in read.values:
        counts[one.place] = counts.get(one.place, 0) + 1
    whole = Place()
    return whole if whole in counts or not counts else max(counts, key=lambda place: counts[place])


def _series(metric: Metric, read: _Read, asked: Asked) -> SeriesOf:
    resolutions = resolutions_of(metric, as_of=asked.as_of)
    here = [one for one in read.values if one.place == read.chosen and _is_within(one, asked)]
    return series_of(here, _decided(resolutions, read.chosen), (one.year for one in metric.breaks.all()))


def _decided(resolutions: Decisions, here: Place) -> dict[Period, Resolution]:
    return {period: one for (place, period), one in resolutions.items() if place == here}


def _is_within(value: Value, asked: Asked) -> bool:
    first, last = value.period
    begins_early = asked.until is None or first.year <= asked.until
    return begins_early and (asked.since is None or last is None or last.year >= asked.since)


def _page_of_metric(metric: Metric, asked: Asked) -> FigurePage:
    read = _read(metric, asked)
    series = _series(metric, read, asked)
    corrections = [one for one in corrections_of(metric, as_of=asked.as_of) if _is_here(one, read.chosen)]
    changes = history_of(metric, as_of=asked.as_of, place=read.chosen, corrections=corrections)
    chart = _then(chart_of(metric, series), asked) if series.rows else None
    return FigurePage(
        key=metric.key,
        topic=metric.topic,
        kicker=f"{metric.get_topic_display()}, {_place_words(read, read.chosen)}",
        name=metric.name,
        title=chart.title if chart else metric.name,
        lead=_lead(metric, series),
        chart=chart,
        about=tuple(_about(metric, changes)),
        growth=growth_chart_of(metric, series),
        growth_words=growth_words(series),
        notes=tuple(_decisions(series)),
        changes=tuple(changes),
        corrections=tuple(correction_lines(corrections)),
        similar=tuple(Link(one.name, figure_url(one.key)) for one in metric.similar.all()),
        elsewhere=tuple(_elsewhere(metric, read)),
        modified=changes[0].at if changes else None,
    )


def _is_here(correction: Correction, place: Place) -> bool:
    row = correction.observation
    return row is not None and Place(row.town_id, row.district_id) == place


def _lead(metric: Metric, series: SeriesOf) -> str:
    """What the figure counts; where sources disagree, that they do."""
    if any(row.is_conflict for row in series.rows):
        text = gettext("Official documents give different numbers. We show all of them and say where each comes from.")
        return f"{_range_words(metric, series)}{text}"
    how = how_of(metric)
    return gettext("Calculated by us: %(how)s") % {"how": how} if how else in_language(metric, "definition")


def _range_words(metric: Metric, series: SeriesOf) -> str:
    """The newest range with the number of its sources, where the title speaks of growth instead."""
    pair = None if metric.is_state else series.latest_pair
    if pair is None or not series.growths:
        return ""
    return f"{category_of(pair[1])}: {headline(metric, pair[1])}. "


def _decisions(series: SeriesOf) -> list[str]:
    """Why one source is preferred, for every period where it is."""
    return [row.resolution.public_note for row in series.rows if row.resolution and row.preferred]


def _elsewhere(metric: Metric, read: _Read) -> list[Link]:
    others = {one.place for one in read.values} - {read.chosen}
    named = sorted((_place_words(read, place), read.places.get(place, ("", ""))[1]) for place in others)
    return [
        Link(name, f"{figure_url(metric.key)}?{query}" if query else figure_url(metric.key)) for name, query in named
    ]


def _place_words(read: _Read, place: Place) -> str:
    return read.places[place][0] if place in read.places else current_profile().name


def _about(metric: Metric, changes: Sequence[Change]) -> list[Fact]:
    """The fixed fields of "about this figure"; an empty one is left out. Sources stand apart, with their quotes."""
    facts = [
        Fact(gettext("What it counts"), in_language(metric, "definition")),
        Fact(gettext("Unit"), unit_words(metric)),
        Fact(gettext("One of them is"), _one_of_them(metric)),
        Fact(gettext("Who counts"), in_language(metric, "who_counts")),
        Fact(gettext("How"), " ".join(part for part in (how_of(metric), in_language(metric, "method")) if part)),
        Fact(gettext("Limits"), in_language(metric, "limits")),
        Fact(gettext("Breaks in the series"), "; ".join(str(one) for one in metric.breaks.all())),
        Fact(gettext("Last change"), day(changes[0].at) if changes else ""),
        Fact(gettext("Next update"), day(metric.next_update) if metric.next_update else ""),
    ]
    return [fact for fact in facts if fact.value]


def _one_of_them(metric: Metric) -> str:
    return str(CountingUnit(metric.counting_unit).label) if is_countable(metric) else ""


def _page_of_register(figure: Figure, asked: Asked) -> FigurePage:
    chart = figure.chart(asked)
    place = asked.district or asked.town or current_profile().name
    facts = [
        Fact(gettext("What it counts"), str(figure.definition)),
        Fact(gettext("Unit"), chart.unit if chart else ""),
        Fact(gettext("How"), chart.how if chart else ""),
    ]
    return FigurePage(
        key=figure.key,
        topic=figure.topic,
        kicker=f"{Topic(figure.topic).label}, {place}",
        name=str(figure.title),
        title=chart.title if chart else str(figure.title),
        lead=str(figure.definition),
        chart=chart,
        about=tuple(fact for fact in facts if fact.value),
        past=past_words(figure, asked),
    )


def past_words(figure: Figure, asked: Asked) -> str:
    """What a past state of a register's figure means, or that there is none; empty for the present."""
    if figure.is_lost(asked):
        return gettext("Past states of this figure are not kept. What was corrected stands in the list of corrections.")
    return gettext("You see how the register tells it today of that day.") if asked.as_of else ""


def figure_url(key: str) -> str:
    """The permanent address of a figure, in the active language."""
    return reverse("reports:figure", args=[key])


def figure_topics() -> list[TopicLines]:
    """All figures by topic; topics without any are left out. At most 9 queries."""
    metrics = list(Metric.objects.published().select_related("numerator", "denominator").prefetch_related("breaks"))
    values = values_of_many(metrics)
    places = place_names({one.place for listed in values.values() for one in listed})
    decided = resolutions_of_many(metrics)
    counted = counted_figures()
    topics = []
    for topic in Topic:
        own = [
            _line(one, values.get(one.pk, []), places, decided.get(one.pk, {})) for one in metrics if one.topic == topic
        ]
        made = [FigureLine(one.key, str(one.title)) for one in counted if one.topic == topic]
        if own or made:
            topics.append(TopicLines(topic.value, str(topic.label), tuple(own), tuple(made), _dashboard(topic)))
    return topics


def _dashboard(topic: Topic) -> str:
    return reverse(DASHBOARDS[topic]) if topic in DASHBOARDS else ""


def _line(
    metric: Metric, values: list[Value], places: dict[Place, tuple[str, str]], resolutions: Decisions
) -> FigureLine:
    """The newest number of a metric where most is known; of a whole period, if there is one."""
    read = _Read(values, places)
    counts = {one.place: sum(other.place == one.place for other in values) for one in values}
    read.chosen = Place() if Place() in counts or not counts else max(counts, key=lambda place: counts[place])
    here = [one for one in values if one.place == read.chosen]
    series = series_of(here, _decided(resolutions, read.chosen))
    whole = series.whole or [row for row in series.rows if row.counting]
    if not whole:
        return FigureLine(metric.key, metric.name, unit=metric.unit)
    row = whole[-1]
    when = category_of(row)
    if not row.compared and any(one.status == "part" for one in row.counting):
        when = pgettext("period of a value", "%(year)s, incomplete") % {"year": when}
    return FigureLine(
        key=metric.key,
        name=metric.name,
        value=digits_of(metric, row) or "",
        unit=unit_said(metric, row),
        when=", ".join(part for part in (when, sources_words(row)) if part),
        title="" if read.chosen == Place() else _place_words(read, read.chosen),
    )


def metric_choices() -> list[tuple[str, str]]:
    """Keys and names of every figure that may be placed on a page. 1 query."""
    metrics = [(one.key, one.name) for one in Metric.objects.published()]
    return [*metrics, *((one.key, str(one.title)) for one in registered_figures())]
