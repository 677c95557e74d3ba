"""What the interventions dashboard shows beside its charts: key figures, sources, corrections, published metrics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from region.numerals import number
from region.parts import Fact, KeyFigure
from reports.enums.figures import Topic
from reports.models import Correction, EventLoad, Metric
from reports.queries.event_counts import chosen_registers, summed, town_rows, year_states, years_within
from reports.queries.event_words import known_words
from reports.queries.figures import chart_and_numbers
from reports.queries.figures_history import CorrectionLine, correction_lines
from reports.queries.figures_words import day

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.asked import Asked
    from reports.models import EventRegister

# Published metrics that stand on the page with their charts; the others are a link.
MOST_METRICS = 3
MOST_CORRECTIONS = 10


@dataclass(frozen=True, slots=True)
class MetricChart:
    """A published metric with its chart and its numbers in a line; None: nothing is known for what was asked."""

    key: str
    name: str
    chart: Chart | None
    numbers: tuple[Fact, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One register as a source: what it counts, who keeps it, how far it reaches."""

    register: EventRegister
    until: str


def event_key_figures(asked: Asked) -> tuple[KeyFigure, ...]:
    """Events of the last whole year by each register, or of the last year known. Not of districts. 4 queries."""
    if asked.district is not None:
        return ()
    registers = chosen_registers(asked)
    states = year_states(registers)
    counts = summed(town_rows(registers, asked), "register", "year")
    figures = []
    for register in registers:
        known = states[register.pk]
        years = years_within(known, asked)
        year = next((year for year in reversed(years) if not known[year].is_part), years[-1] if years else None)
        if year is None:
            continue
        state = known[year]
        note = known_words(state) if state.is_part else ""
        label = gettext("%(register)s in %(year)s") % {"register": register.name, "year": year}
        figures.append(KeyFigure(number(counts.get((register.pk, year), 0)), label, note=note))
    return tuple(figures)


def metric_charts(asked: Asked) -> tuple[MetricChart, ...]:
    """Published metrics of interventions, the first ones with their charts. 1 query, and at most 6 for each chart."""
    rows = Metric.objects.published().filter(topic=Topic.INTERVENTIONS)
    metrics = list(rows.select_related("numerator", "denominator").prefetch_related("breaks"))
    shown = [MetricChart(one.key, one.name, *chart_and_numbers(one, asked)) for one in metrics[:MOST_METRICS]]
    return (*shown, *(MetricChart(one.key, one.name, None) for one in metrics[MOST_METRICS:]))


def source_lines(asked: Asked) -> tuple[SourceLine, ...]:
    """The registers that are shown, with the last day that a file of each covers. 2 queries."""
    registers = chosen_registers(asked)
    loads = EventLoad.objects.filter(register__in=registers, state="applied", until__isnull=False)
    until = {key: day(last) for key, last in loads.order_by("until").values_list("register_id", "until") if last}
    return tuple(SourceLine(one, until.get(one.pk, "")) for one in registers)


def event_corrections(asked: Asked) -> list[CorrectionLine]:
    """The latest corrections of the registers that are shown. 2 queries."""
    keys = [register.key for register in chosen_registers(asked)]
    return correction_lines(list(Correction.objects.filter(register__in=keys)[:MOST_CORRECTIONS]))
