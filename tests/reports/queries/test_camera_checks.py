"""Facts of the checklist are those of the day that is asked about."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from region.clock import today
from reports.models import CameraPoint, Consultation, Dpia, LegalBasis, YearlyReview
from reports.queries.camera_checks import facts_of, facts_of_system, with_system_checks
from reports.queries.cameras import points_on
from tests.factories.cameras import camera_point, camera_system, placed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
DAY = date(2025, 3, 1)
NEXT, BEFORE = DAY + timedelta(days=1), DAY - timedelta(days=1)


def test_a_device_stands_at_a_point_until_the_day_before_it_is_taken_away() -> None:
    point = camera_point()
    placed(point, since=DAY, removed_on=NEXT)
    assert [facts_of(point, on=day).devices for day in (BEFORE, DAY, NEXT)] == [0, 1, 0]


def test_assessments_and_reviews_of_later_days_are_not_known_yet() -> None:
    point = camera_point()
    Dpia.objects.create(system=point.system, done_on=DAY, next_review=date(2027, 1, 1))
    YearlyReview.objects.create(
        point=point, year=2025, reviewed_on=DAY, is_necessary=True, decision="keep", reasons="Still needed."
    )
    found = {day: facts_of(point, on=day) for day in (BEFORE, DAY)}
    assert [one.last_dpia for one in found.values()] == [date(2023, 1, 10), DAY]
    assert [one.next_dpia for one in found.values()] == [None, date(2027, 1, 1)]
    assert [one.last_review for one in found.values()] == [None, DAY]


def test_a_legal_basis_holds_on_its_first_and_on_its_last_day() -> None:
    point = camera_point()
    LegalBasis.objects.update(since=DAY, until=NEXT)
    days = (BEFORE, DAY, NEXT, NEXT + timedelta(days=1))
    assert [facts_of(point, on=day).has_legal_basis for day in days] == [False, True, True, False]


def test_a_system_stands_on_bases_for_all_its_points_alone() -> None:
    point = camera_point()
    LegalBasis.objects.update(point=point)
    (system,) = with_system_checks(type(point.system).objects.all())
    assert not facts_of_system(system, on=today()).has_legal_basis
    assert facts_of(CameraPoint.objects.get(), on=today()).has_legal_basis


@pytest.mark.parametrize(("opinion", "is_answered"), [("waiting", False), ("none", True), ("against", True)])
def test_the_council_was_asked_when_it_has_answered_or_let_its_time_pass(opinion: str, is_answered: bool) -> None:
    point = camera_point()
    Consultation.objects.create(system=point.system, body="district_council", opinion=opinion)
    assert facts_of(point, on=DAY).has_consultation == is_answered


def test_what_the_council_says_of_one_point_is_said_of_no_other() -> None:
    system = camera_system()
    here, there = camera_point(system=system), camera_point(system=system)
    Consultation.objects.create(system=system, point=there, body="district_council", opinion="for")
    assert [facts_of(point, on=DAY).has_consultation for point in (here, there)] == [False, True]


def test_the_past_of_a_point_is_shown_by_what_the_register_holds_today() -> None:
    camera_point()
    LegalBasis.objects.update(since=today())
    assert len(points_on(on=DAY)) == 1
    LegalBasis.objects.update(since=None, until=today() - timedelta(days=1))
    assert points_on(on=DAY) == ()
