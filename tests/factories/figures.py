"""Figures as two real documents of Kraków state them, and plain ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from reports.domain.figures import add_observation
from reports.models import Metric, Observation, SourceDocument
from tests.factories.numbers import next_number


def year(number: int) -> dict[str, date]:
    """A whole year as a period."""
    return {"period_from": date(number, 1, 1), "period_until": date(number, 12, 31)}


def new_metric(**fields: Any) -> Metric:
    """A published metric that says what it counts."""
    known = {
        "key": f"metric-{next_number()}",
        "topic": "interventions",
        "name_en": "Interventions by camera",
        "name_cs": "Zásahy díky kamerám",
        "definition_en": "Interventions after somebody saw an event on a camera.",
        "unit_en": "interventions",
        "counting_unit": "event",
        "is_published": True,
    }
    return Metric.objects.create(**{**known, **fields})


def new_source(**fields: Any) -> SourceDocument:
    """A document of an office."""
    known = {"key": f"source-{next_number()}", "title_en": "A report", "issuer": "Office"}
    return SourceDocument.objects.create(**{**known, **fields})


def observe(metric: Metric, source: SourceDocument, value: Any, **fields: Any) -> Observation:
    """What a source says, by default of the whole year 2024."""
    known = year(2024) | {"value": Decimal(str(value)) if value is not None else None}
    return add_observation(by=None, **{"metric": metric, "source": source, **known, **fields})


@dataclass(frozen=True)
class Krakow:
    """Interventions of 2023 to 2025 by the two sources that differ."""

    metric: Metric
    answer: SourceDocument
    page: SourceDocument
    values: dict[tuple[str, int], Observation]


def krakow_interventions(**fields: Any) -> Krakow:
    """7,208, 8,489 and 8,956 to date by the answer to an interpellation; 7,500 and 8,480 by the city's page."""
    metric = new_metric(**{"key": "interventions-by-camera", **fields})
    december = {"dated_earliest": date(2025, 12, 3), "dated_latest": date(2025, 12, 15)}
    answer = new_source(key="answer", title_en="Answer to an interpellation", short_en="answer", **december)
    page = new_source(key="city-page", title_en="Page of the city", short_en="city page")
    values = {
        ("answer", 2023): observe(metric, answer, 7208, quote="7 208 interwencji", **year(2023)),
        ("answer", 2024): observe(metric, answer, 8489, **year(2024)),
        ("answer", 2025): observe(
            metric,
            answer,
            8956,
            period_from=date(2025, 1, 1),
            period_until=None,
            status="part",
            as_of_earliest=date(2025, 12, 3),
            as_of_latest=date(2025, 12, 15),
        ),
        ("page", 2023): observe(metric, page, 7500, **year(2023)),
        ("page", 2024): observe(metric, page, 8480, **year(2024)),
    }
    return Krakow(metric, answer, page, values)
