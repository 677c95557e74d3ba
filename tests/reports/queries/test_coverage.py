from __future__ import annotations

from datetime import date, timedelta

import pytest

from reports.models import Sensor
from reports.queries.coverage import coverage_inputs
from tests.factories.cameras import camera_point, placed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
DAY = date(2026, 3, 1)


def test_a_sensor_reaches_until_the_day_before_it_is_taken_away() -> None:
    placed(camera_point())
    Sensor.objects.update(removed_on=DAY)
    found = [coverage_inputs(on=day) for day in (DAY - timedelta(days=1), DAY)]
    assert [(len(one.reaches), one.left_out) for one in found] == [(1, 0), (0, 1)]
