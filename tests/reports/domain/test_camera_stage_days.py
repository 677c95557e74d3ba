"""Steps of camera points on days of the past: what counts is what held on the day of the step."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from region.domain.transition import GuardRefused
from reports.domain.camera_stages import move_point
from reports.models import Dpia, LegalBasis
from tests.factories.cameras import camera_point, council_said_yes, placed
from tests.factories.roles import with_role

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
DAY = date(2025, 3, 1)
BEFORE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)


def test_an_assessment_counts_from_its_day_on() -> None:
    point, by = camera_point(stage="proposed"), with_role("camera_registrar")
    Dpia.objects.update(done_on=DAY)
    with pytest.raises(GuardRefused, match="impact assessment"):
        move_point(point=point, name="assess", on=BEFORE, by=by)
    assert move_point(point=point, name="assess", on=DAY, by=by).stage == "assessed"


def test_a_point_starts_under_the_legal_basis_of_that_day() -> None:
    point, by = camera_point(stage="planned"), with_role("camera_registrar")
    council_said_yes(point)
    placed(point)
    LegalBasis.objects.update(since=DAY)
    with pytest.raises(GuardRefused, match="legal basis"):
        move_point(point=point, name="activate", on=BEFORE, by=by)
    assert move_point(point=point, name="activate", on=DAY, by=by).stage == "active"


def test_the_stage_before_ends_on_the_day_of_the_step() -> None:
    point, by = camera_point(), with_role("camera_registrar")
    moved = move_point(point=point, name="suspend", on=DAY, by=by, reason="Road works.", document="Letter 5/2025")
    ended, begun = moved.stage_changes.order_by("since", "noted_at")
    assert (ended.stage, ended.ended_on, ended.document) == ("active", DAY, "")
    assert (begun.stage, begun.since, begun.ended_on, begun.document) == ("suspended", DAY, None, "Letter 5/2025")


def test_a_point_is_retired_once_its_last_device_is_gone() -> None:
    point, by = camera_point(), with_role("camera_registrar")
    placed(point, removed_on=BEFORE)
    last = placed(point)
    with pytest.raises(GuardRefused, match="Devices still stand here"):
        move_point(point=point, name="retire", on=DAY, by=by, reason="Not needed.")
    type(last).objects.filter(pk=last.pk).update(removed_on=DAY, removal_reason="retire")
    assert move_point(point=point, name="retire", on=DAY, by=by, reason="Not needed.").stage == "retired"
