"""What cameras cost for each point: amounts with and without VAT, once and every year, never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext, ngettext, pgettext

from region.chart import Chart, ChartKind, Missing, Point, Series, Source
from region.models.profile import in_language
from region.numerals import number
from region.queries.profile import current_profile
from reports.enums.cameras import CostPer, CostPeriod, Tax
from reports.models import Cost
from reports.queries.camera_charts import day_of
from reports.queries.camera_groups import once
from reports.queries.cameras import shown_points

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from reports.asked import Asked

_CENT = Decimal("0.01")
_MONTHS = 12
YEARLY, ONCE = "yearly", "once"
_PERIODS = {YEARLY: (CostPeriod.YEAR, CostPeriod.MONTH), ONCE: (CostPeriod.ONCE,)}


@dataclass(frozen=True, slots=True)
class PerPoint:
    """One cost as an amount for each point; None when the register does not say for how many points it is.

    `how` says how we calculated it; empty when the source states it so.
    """

    cost: Cost
    amount: Decimal | None
    points: int | None
    how: str = ""


def costs_per_point(asked: Asked, *, period: str, tax: str) -> Chart | None:
    """Costs of published systems for each point: every year (``yearly``) or once, of one kind of tax. One query.

    Amounts in another currency than the region's are named in the note, not converted.
    """
    on, currency = day_of(asked), current_profile().currency
    rows = [cost for cost in known_costs(asked, on) if cost.period in _PERIODS[period] and cost.tax == tax]
    told = [per_point(cost, cost.named) for cost in rows if cost.currency == currency]
    if not told:
        return None
    documents = list(dict.fromkeys(_document(one.cost) for one in told))
    return Chart(
        key=f"cameras-costs-{period}-{tax}",
        title=_title(period, tax),
        kind=ChartKind.BARS,
        categories=tuple(map(_name, told)),
        series=(Series(_unit(period, currency), tuple(map(_point, told))),),
        unit=_unit(period, currency),
        category_title=pgettext("heading of a column", "Cost"),
        decimals=2,
        sources=tuple(source for source in documents if source.title),
        note=" ".join([*_notes(told), *_elsewhere(rows, currency)]),
        how=" ".join(dict.fromkeys(one.how for one in told if one.how)),
    )


def per_point(cost: Cost, named: int) -> PerPoint:
    """What one point costs: as the source states it, or divided by us among the points that the amount is for.

    ``named`` of the points are told one by one; the number in the cost goes before it.
    """
    months = _MONTHS if cost.period == CostPeriod.MONTH else 1
    points = cost.point_count or named or None
    yearly = gettext("twelve months of %(amount)s.") % {"amount": _money(cost)} if months > 1 else ""
    if cost.per == CostPer.POINT:
        return PerPoint(cost, cost.amount * months, points, yearly)
    if cost.per == CostPer.DEVICE or points is None:
        return PerPoint(cost, None, points)
    values = {"amount": _money(cost), "points": number(points)}
    divided = (
        ngettext("%(amount)s divided by %(points)s point.", "%(amount)s divided by %(points)s points.", points) % values
    )
    share = (cost.amount * months / points).quantize(_CENT, rounding=ROUND_HALF_UP)
    return PerPoint(cost, share, points, " ".join(part for part in (yearly, divided) if part))


def known_costs(asked: Asked, on: date) -> list[Any]:
    """All costs that charts tell of, in their order, each with how many points are ``named``; remembered. One query."""

    def read() -> list[Any]:
        rows = _costs(asked, on).select_related("system").annotate(named=Count("points"))
        return list(rows.order_by("system__slug", "kind", "since", "pk"))

    return once("costs", asked, on, read)


def _costs(asked: Asked, on: date) -> QuerySet[Cost]:
    """Costs of published systems that hold on a day, or were paid until it, for what is asked.

    What was paid for points of which none is shown would tell of them.
    """
    shown = Q(points__isnull=True) | Q(points__in=shown_points(on=on).order_by().values("pk"))
    rows = Cost.objects.filter(shown, Q(since__isnull=True) | Q(since__lte=on), system__is_published=True)
    rows = rows.filter(Q(period=CostPeriod.ONCE) | Q(until__isnull=True) | Q(until__gte=on))
    if asked.district:
        rows = rows.filter(Q(points__district=asked.district))
    elif asked.town:
        rows = rows.filter(Q(points__town=asked.town) | Q(points__isnull=True, system__town=asked.town))
    return Cost.objects.filter(pk__in=rows.values("pk"))


def _title(period: str, tax: str) -> str:
    words = {Tax.GROSS: gettext("with VAT"), Tax.NET: gettext("without VAT"), Tax.UNSTATED: gettext("VAT not stated")}
    if period == YEARLY:
        return gettext("What a camera point costs every year (%(tax)s)") % {"tax": words[Tax(tax)]}
    return gettext("What a camera point cost to set up (%(tax)s)") % {"tax": words[Tax(tax)]}


def _unit(period: str, currency: str) -> str:
    values = {"currency": currency}
    if period == YEARLY:
        return gettext("%(currency)s for each point and year") % values
    return gettext("%(currency)s for each point, once") % values


def _name(told: PerPoint) -> str:
    """The cost in a list: what for, and of which system."""
    kind = str(told.cost.get_kind_display())
    year = f" {told.cost.since.year}" if told.cost.since and told.cost.period == CostPeriod.ONCE else ""
    return f"{in_language(told.cost.system, 'name')}: {kind}{year}"


def _point(told: PerPoint) -> Point:
    if told.amount is None:
        per_device = told.cost.per == CostPer.DEVICE
        note = gettext("%(amount)s for each device") if per_device else gettext("%(amount)s for all points together")
        return Point(missing=Missing.UNKNOWN, note=note % {"amount": _money(told.cost)})
    return Point(told.amount, note=gettext("calculated by us") if told.how else "")


def _notes(told: list[PerPoint]) -> list[str]:
    """What is to be said of contracts, each sentence once."""
    found = []
    for one in told:
        if one.cost.is_shared_contract:
            words = gettext("%(cost)s: the contract covers other things too (%(contract)s).")
            found.append(words % {"cost": _name(one), "contract": one.cost.contract or "–"})
        elif one.points and one.points > 1 and one.cost.contract:
            words = gettext("%(cost)s: one contract for %(points)s points (%(contract)s).")
            found.append(words % {"cost": _name(one), "points": number(one.points), "contract": one.cost.contract})
    return list(dict.fromkeys(found))


def _elsewhere(rows: list[Cost], currency: str) -> list[str]:
    """Amounts in other currencies, told as they are."""
    other = [_money(cost) for cost in rows if cost.currency != currency]
    return [gettext("Not shown, for it is in another currency: %(amounts)s.") % {"amounts": "; ".join(other)}] * bool(
        other
    )


def _money(cost: Cost) -> str:
    return f"{number(cost.amount, 2)}\u00a0{cost.currency}"


def _document(cost: Cost) -> Source:
    return Source(title=cost.source, url=cost.source_url)


yearly_gross = partial(costs_per_point, period=YEARLY, tax=Tax.GROSS)
yearly_net = partial(costs_per_point, period=YEARLY, tax=Tax.NET)
yearly_unstated = partial(costs_per_point, period=YEARLY, tax=Tax.UNSTATED)
once_gross = partial(costs_per_point, period=ONCE, tax=Tax.GROSS)
once_net = partial(costs_per_point, period=ONCE, tax=Tax.NET)
once_unstated = partial(costs_per_point, period=ONCE, tax=Tax.UNSTATED)
