"""What the checklist asks for on the days when it changes its mind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from reports.camera_checklist import Facts, checklist, is_review_due, lacks

DAY = date(2026, 3, 1)
COMPLETE: dict[str, Any] = {
    "day": DAY,
    "country": "PL",
    "controller": "Town",
    "notice_url": "https://example.org",
    "dpo_contact": "dpo@example.org",
    "retention_days": 30,
    "has_evidence_hold": False,
    "audio_note": "",
    "has_legal_basis": True,
    "has_purpose_detail": True,
    "last_dpia": date(2025, 3, 1),
    "next_dpia": None,
    "devices": 1,
    "devices_expected": None,
    "audio_devices": 0,
    "faces_unanswered": 0,
    "audio_unanswered": 0,
    "analytics_unanswered": 0,
    "has_location": True,
    "has_consultation": True,
}


def missing(**changes: Any) -> list[str]:
    """Codes of everything that is asked for and not there."""
    return [item.code for item in checklist(Facts(**{**COMPLETE, **changes})) if not item.is_done]


def test_nothing_is_missing_from_what_is_complete() -> None:
    assert missing() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"last_dpia": None}, "dpia"),
        ({"next_dpia": DAY - timedelta(days=1)}, "dpia"),
        ({"dpo_contact": ""}, "dpo"),
        ({"has_purpose_detail": False}, "necessity"),
        ({"has_location": False}, "location"),
        ({"has_consultation": False}, "consultation"),
        ({"retention_days": None}, "retention"),
        ({"devices": 0}, "devices"),
        ({"analytics_unanswered": 1}, "analytics"),
        ({"running_since": date(2024, 1, 1)}, "review"),
    ],
)
def test_advice_is_given_and_stops_nothing(changes: dict[str, Any], code: str) -> None:
    assert missing(**changes) == [code]
    assert lacks(Facts(**{**COMPLETE, **changes})) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"controller": ""}, "controller"),
        ({"notice_url": ""}, "notice"),
        ({"has_legal_basis": False}, "basis"),
        ({"retention_days": 93}, "retention_law"),
        ({"audio_devices": 1}, "audio_law"),
        ({"faces_unanswered": 1}, "faces"),
        ({"audio_unanswered": 1}, "audio"),
    ],
)
def test_what_the_law_asks_stops_operation(changes: dict[str, Any], code: str) -> None:
    assert [item.code for item in lacks(Facts(**{**COMPLETE, **changes}))] == [code]


def test_an_assessment_holds_on_the_day_of_its_next_review() -> None:
    assert missing(next_dpia=DAY) == []


def test_devices_that_are_only_expected_are_enough() -> None:
    assert missing(devices=0, devices_expected=2) == []


@pytest.mark.parametrize(
    ("running", "reviewed", "is_due"),
    [
        (None, None, False),
        (DAY - timedelta(days=366), None, False),
        (DAY - timedelta(days=367), None, True),
        (date(2020, 1, 1), DAY - timedelta(days=366), False),
        (date(2020, 1, 1), DAY - timedelta(days=367), True),
        # A review from before it ran (again) says nothing of how it runs.
        (DAY - timedelta(days=10), date(2020, 1, 1), False),
    ],
)
def test_a_review_is_due_after_a_year(running: date | None, reviewed: date | None, is_due: bool) -> None:
    assert is_review_due(running_since=running, last_review=reviewed, day=DAY) == is_due
