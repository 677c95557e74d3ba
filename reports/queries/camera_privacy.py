"""What is public about privacy: how long recordings are kept, assessments, yearly reviews."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.utils.translation import gettext, pgettext

from region.chart import Chart, ChartKind, Missing, Point, PointStatus, Series
from region.numerals import number, percent
from reports.enums.cameras import Stage
from reports.models import CameraSystem, Dpia
from reports.publication import public_fields
from reports.queries.camera_charts import day_of, register_source
from reports.queries.camera_groups import point_groups, reviewed_points
from reports.queries.figures_math import HUNDRED, share_of
from reports.queries.figures_words import day

if TYPE_CHECKING:
    from reports.asked import Asked

# So many years of reviews are shown.
YEARS = 5


@dataclass(frozen=True, slots=True)
class PrivacyLine:
    """One published system: days that recordings are kept, the last assessment, where its notice is."""

    slug: str
    name: str
    retention_days: int | None
    assessed_on: date | None
    outcome: str
    next_assessment: date | None
    notice_url: str


def privacy_lines(asked: Asked) -> tuple[PrivacyLine, ...]:
    """Published systems of the town asked for, or all, by name, as of a day. Two queries."""
    on = day_of(asked)
    dpias = Prefetch("dpias", Dpia.objects.filter(done_on__lte=on).order_by("-done_on"))
    rows = CameraSystem.objects.filter(is_published=True).only(*public_fields(CameraSystem)).prefetch_related(dpias)
    if asked.town:
        rows = rows.filter(town=asked.town)
    return tuple(sorted(map(_line, rows), key=lambda line: line.name))


def retention_chart(asked: Asked) -> Chart | None:
    """How many days each published system keeps its recordings. Two queries."""
    lines = privacy_lines(asked)
    known = [line.retention_days for line in lines if line.retention_days is not None]
    if not known:
        return None
    values = {"low": number(min(known)), "high": number(max(known))}
    title = gettext("Recordings are kept for %(low)s to %(high)s days") % values
    if min(known) == max(known):
        title = gettext("Days that recordings are kept: %(high)s") % values
    return Chart(
        key="cameras-retention",
        title=title,
        kind=ChartKind.BARS,
        categories=tuple(line.name for line in lines),
        series=(Series(gettext("days"), tuple(_days(line) for line in lines), source=0),),
        unit=gettext("days"),
        category_title=pgettext("heading of a column", "System"),
        sources=(register_source(day_of(asked)),),
        note=gettext("Recordings that are evidence may be kept longer."),
    )


def reviews_chart(asked: Asked) -> Chart | None:
    """Which part of the points that are active was reviewed in each of the last years. Two queries."""
    on = day_of(asked)
    total = sum(group.points for group in point_groups(asked, on) if group.stage == Stage.ACTIVE)
    years = range(on.year - YEARS + 1, on.year + 1)
    reviewed = reviewed_points(asked, on, years)
    if not total or not reviewed:
        return None
    share = share_of(reviewed[on.year], total)
    return Chart(
        key="cameras-reviews",
        title=gettext("Points reviewed in %(year)s: %(share)s") % {"year": on.year, "share": percent(share)},
        kind=ChartKind.BARS,
        categories=tuple(str(year) for year in years),
        series=(
            Series(gettext("% of active points"), tuple(_year(year, reviewed, total, on) for year in years), source=0),
        ),
        unit=gettext("% of active points"),
        category_title=pgettext("heading of a column", "Year"),
        sources=(register_source(on),),
        note=gettext("Once a year somebody says of each point whether it is still necessary."),
        how=gettext("reviews of a year divided by the points that are active on %(day)s.") % {"day": day(on)},
    )


def _line(row: CameraSystem) -> PrivacyLine:
    last = next(iter(row.dpias.all()), None)
    return PrivacyLine(
        slug=row.slug,
        name=row.name,
        retention_days=row.retention_days,
        assessed_on=last.done_on if last else None,
        outcome=last.get_outcome_display() if last else "",
        next_assessment=last.next_review if last else None,
        notice_url=row.notice_url,
    )


def _days(line: PrivacyLine) -> Point:
    if line.retention_days is None:
        return Point(missing=Missing.UNKNOWN)
    return Point(Decimal(line.retention_days))


def _year(year: int, reviewed: Counter[int], total: int, on: date) -> Point:
    share = share_of(reviewed[year], total)
    words = gettext("%(near)s of %(all)s") % {"near": number(reviewed[year]), "all": number(total)}
    is_over = on >= date(year, 12, 31)
    return Point(min(share, HUNDRED), status=PointStatus.FINAL if is_over else PointStatus.PART, note=words)
