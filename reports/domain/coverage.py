"""Calculating how much of towns and districts lies within reach of cameras, when the register has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from region.domain.content import pages_changed
from region.stamp import shared_stamp
from reports.models import CoverageResult
from reports.queries.coverage import METHOD, coverage_inputs
from reports.spatial.coverage import coverage

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reports.queries.coverage import Inputs, Outline
    from reports.spatial.coverage import Covered


def refresh_coverage(*, on: date) -> bool:
    """Calculate coverage as of a day and replace what was known; False when it was calculated from the same before.

    May be called twice: the second call finds its own fingerprint. Areas in EPSG:3035, ranges drawn in the region's
    national system; raises `Problem` when that system is none.
    """
    inputs = coverage_inputs(on=on)
    if _is_known(inputs.fingerprint, on):
        return False
    shapes = {outline.key: outline.shape for outline in inputs.outlines}
    found = {one.key: one for one in coverage(reaches=inputs.reaches, districts=shapes, epsg=inputs.epsg)}
    _replace(inputs, found, on)
    return True


def is_coverage_due(*, on: date) -> bool:
    """Whether the register, or a boundary, changed since coverage was calculated; asks each state of the site once.

    Notes the state that was looked at. A new day with the same cameras only moves the day that results are told for.
    """
    looked_at = f"{shared_stamp().read()} {on.isoformat()}"
    row, _made = CoverageResult.objects.get_or_create(town=None, district=None, method=METHOD, defaults={"as_of": on})
    if row.looked_at == looked_at:
        return False
    CoverageResult.objects.filter(pk=row.pk).update(looked_at=looked_at)
    return not _is_known(coverage_inputs(on=on).fingerprint, on)


@transaction.atomic
def _is_known(fingerprint: str, on: date) -> bool:
    """Whether results from these inputs are there; they then hold for the day as well."""
    rows = CoverageResult.objects.filter(town=None, district=None, fingerprint=fingerprint)
    if not rows.exists():
        return False
    if CoverageResult.objects.exclude(as_of=on).update(as_of=on):
        pages_changed()
    return True


@transaction.atomic
def _replace(inputs: Inputs, found: Mapping[str, Covered], on: date) -> None:
    """All rows at once: readers see the old ones or the new ones."""
    # Ordered by its own key: PostgreSQL locks no row that is ordered by a column of another table.
    own = CoverageResult.objects.filter(town=None, district=None).order_by("pk")
    region = own.select_for_update().first()
    looked_at = region.looked_at if region else ""
    CoverageResult.objects.all().delete()
    rows = [_row(outline, found[outline.key], on) for outline in inputs.outlines]
    if not any(row.town_id is None for row in rows):
        rows.append(CoverageResult(as_of=on, method=METHOD, calculated_at=timezone.now()))
    whole = next(row for row in rows if row.town_id is None)
    whole.ranges, whole.circles = len(inputs.reaches), sum(one.is_range_only for one in inputs.reaches)
    whole.left_out, whole.fingerprint, whole.looked_at = inputs.left_out, inputs.fingerprint, looked_at
    CoverageResult.objects.bulk_create(rows, batch_size=500)
    pages_changed()


def _row(outline: Outline, covered: Covered, on: date) -> CoverageResult:
    return CoverageResult(
        town_id=outline.town_id,
        district_id=outline.district_id,
        as_of=on,
        area_m2=covered.area,
        covered_m2=covered.covered,
        ranges=covered.ranges,
        circles=covered.circles,
        method=METHOD,
        calculated_at=timezone.now(),
    )
