from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from region.chart import Chart, Missing, Point
from reports.asked import Asked
from reports.models import CameraSystem, Cost
from reports.queries.camera_costs import (
    costs_per_point,
    once_gross,
    once_unstated,
    yearly_gross,
    yearly_net,
    yearly_unstated,
)
from tests.conftest import QueryCounter
from tests.factories.cameras import camera_point, camera_system
from tests.factories.places import district, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ALL = Asked()
JOINT = "Joint contract for roads, monitoring and the network"


def cost(system: CameraSystem | None = None, **fields: Any) -> Cost:
    """635 zlotys with VAT for each point and year, as the city of Kraków states it."""
    known = {
        "kind": "maintenance",
        "amount": Decimal(635),
        "currency": "PLN",
        "tax": "gross",
        "period": "year",
        "per": "point",
        "source": "Answer to an interpellation",
    }
    return Cost.objects.create(system=system or camera_system(name_en="Kraków"), **{**known, **fields})


def only(chart: Chart | None) -> Point:
    assert chart is not None
    (series,) = chart.series
    (point,) = series.points
    return point


def test_what_a_source_states_for_each_point() -> None:
    cost(contract=JOINT, is_shared_contract=True, point_count=68)
    chart = yearly_gross(ALL)
    assert only(chart) == Point(Decimal(635))
    assert chart is not None
    assert chart.unit == "PLN for each point and year"
    assert chart.title == "What a camera point costs every year (with VAT)"
    assert chart.categories == ("Kraków: maintenance",)
    assert chart.note == f"Kraków: maintenance: the contract covers other things too ({JOINT})."
    assert chart.how == ""
    assert [source.title for source in chart.sources] == ["Answer to an interpellation"]


def test_total_is_divided_by_us_and_said_so() -> None:
    total = Decimal("1605167.44")
    cost(kind="purchase_installation", amount=total, tax="unstated", period="once", per="total", point_count=68)
    chart = once_unstated(ALL)
    assert only(chart) == Point(Decimal("23605.40"), note="calculated by us")
    assert chart is not None
    assert chart.how == "1,605,167.44\u00a0PLN divided by 68 points."
    assert chart.unit == "PLN for each point, once"


def test_total_of_points_that_are_named() -> None:
    system = camera_system()
    paid = cost(system, amount=Decimal(100), period="once", per="total", since=date(2024, 5, 1))
    paid.points.set([camera_point(system=system) for _number in range(3)])
    assert only(once_gross(ALL)).value == Decimal("33.33")


def test_monthly_amount_is_told_for_a_year() -> None:
    cost(amount=Decimal(10), period="month")
    chart = yearly_gross(ALL)
    assert only(chart) == Point(Decimal(120), note="calculated by us")
    assert chart is not None
    assert chart.how == "twelve months of 10.00\u00a0PLN."


@pytest.mark.parametrize(
    ("per", "note"),
    [
        ("device", "635.00\u00a0PLN for each device"),
        ("total", "635.00\u00a0PLN for all points together"),
    ],
)
def test_amount_that_cannot_be_told_for_a_point(per: str, note: str) -> None:
    cost(per=per)
    assert only(yearly_gross(ALL)) == Point(missing=Missing.UNKNOWN, note=note)


def test_gross_net_and_unstated_are_never_in_one_chart() -> None:
    for number, tax in enumerate(("gross", "net", "unstated"), start=1):
        cost(tax=tax, amount=Decimal(number))
    assert [only(build(ALL)).value for build in (yearly_gross, yearly_net, yearly_unstated)] == [1, 2, 3]
    assert once_gross(ALL) is None


def test_other_currencies_are_told_and_not_drawn() -> None:
    cost()
    cost(currency="EUR", amount=Decimal("99.5"))
    chart = yearly_gross(ALL)
    assert only(chart).value == 635
    assert chart is not None
    assert chart.note == "Not shown, for it is in another currency: 99.50\u00a0EUR."


def test_only_other_currencies_make_no_chart() -> None:
    cost(currency="EUR")
    assert yearly_gross(ALL) is None


def test_one_contract_for_many_points_is_said() -> None:
    cost(contract="No. 5/2024", point_count=68)
    chart = yearly_gross(ALL)
    assert chart is not None
    assert chart.note == "Kraków: maintenance: one contract for 68 points (No. 5/2024)."


def test_unpublished_systems_and_other_days_are_left_out() -> None:
    cost(camera_system(is_published=False))
    cost(since=date(2100, 1, 1))
    cost(until=date(2020, 12, 31))
    assert yearly_gross(ALL) is None
    assert only(yearly_gross(Asked(until=2019))).value == 635


def test_costs_of_a_town_and_a_district() -> None:
    here = town()
    part = district(town=here)
    system = camera_system(town=here)
    whole, named = cost(system, amount=Decimal(1)), cost(system, amount=Decimal(2))
    named.points.set([camera_point(system=system, town=here, district=part), camera_point(system=system, town=here)])
    cost(camera_system(town=town()), amount=Decimal(3))

    def amounts(asked: Asked) -> set[Decimal | None]:
        chart = yearly_gross(asked)
        assert chart is not None
        return {point.value for point in chart.series[0].points}

    assert amounts(Asked(town=here)) == {whole.amount, named.amount}
    assert amounts(Asked(town=here, district=part)) == {named.amount}


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_costs(number: int, count_queries: QueryCounter) -> None:
    build: Callable[[Asked], Chart | None] = lambda asked: costs_per_point(asked, period="yearly", tax="gross")
    system = camera_system()
    for _one in range(number):
        cost(system)
    build(ALL)
    with count_queries() as made:
        assert build(ALL) is not None
    assert len(made) == 1
