from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from region.calendar import Calendar, Override, StepKind, Term, Unit, Why, holidays_of, month_later

CZ, PL = Calendar("CZ"), Calendar("PL")
MONTHS, WORKING = Unit.MONTHS, Unit.WORKING_DAYS


@pytest.mark.parametrize(
    ("calendar", "start", "term", "due"),
    [
        (CZ, date(2026, 3, 19), Term(15), date(2026, 4, 7)),  # Good Friday to Easter Monday
        (CZ, date(2026, 6, 20), Term(15), date(2026, 7, 7)),  # a Sunday that is a holiday, and the Monday after
        (CZ, date(2025, 12, 9), Term(15), date(2025, 12, 29)),  # 24 to 28 December
        (CZ, date(2025, 11, 28), Term(15), date(2025, 12, 15)),
        (CZ, date(2025, 11, 28), Term(25), date(2025, 12, 23)),
        (PL, date(2026, 5, 21), Term(14), date(2026, 6, 5)),  # Corpus Christi
        (PL, date(2025, 12, 10), Term(14), date(2025, 12, 29)),  # Christmas Eve is a holiday since 2025
        (PL, date(2024, 12, 10), Term(14), date(2024, 12, 24)),  # and was none before
        (PL, date(2026, 6, 14), Term(14), date(2026, 6, 29)),
        (PL, date(2026, 6, 14), Term(14, moves=False), date(2026, 6, 28)),
        (PL, date(2018, 11, 11), Term(1), date(2018, 11, 13)),  # a holiday of that year alone
        (CZ, date(2026, 1, 31), Term(1, MONTHS), date(2026, 3, 2)),  # 28 February is a Saturday
        (CZ, date(2028, 1, 31), Term(1, MONTHS), date(2028, 2, 29)),
        (PL, date(2026, 11, 30), Term(2, MONTHS), date(2027, 2, 1)),  # 30 January is a Saturday
        (CZ, date(2026, 12, 22), Term(3, WORKING), date(2026, 12, 29)),
        (CZ, date(2026, 3, 31), Term(15, WORKING), date(2026, 4, 23)),
        (CZ, date(2026, 4, 4), Term(0), date(2026, 4, 7)),
    ],
)
def test_known_times(calendar: Calendar, start: date, term: Term, due: date) -> None:
    assert calendar.deadline(start, term).due == due


def test_account_tells_how_the_day_was_found() -> None:
    found = CZ.deadline(date(2026, 3, 19), Term(15))
    assert [(step.kind, step.day, step.number) for step in found.steps] == [
        (StepKind.START, date(2026, 3, 19), 0),
        (StepKind.COUNTED, date(2026, 4, 3), 15),
        *((StepKind.MOVED, date(2026, 4, number), 0) for number in (3, 4, 5, 6)),
        (StepKind.END, date(2026, 4, 7), 0),
    ]
    offs = [step.off for step in found.steps if step.off]
    assert [(off.why, off.name("cs")) for off in offs] == [
        (Why.HOLIDAY, "Velký pátek"),
        (Why.SATURDAY, ""),
        (Why.SUNDAY, ""),
        (Why.HOLIDAY, "Velikonoční pondělí"),
    ]
    assert (found.counted, found.start, found.term) == (date(2026, 4, 3), date(2026, 3, 19), Term(15))


def test_account_of_working_days_names_what_was_left_out() -> None:
    calendar = Calendar("CZ", {date(2026, 12, 28): Override(is_working=False, reason="Company holiday")})
    found = calendar.deadline(date(2026, 12, 22), Term(3, WORKING))
    skipped = [
        (step.day.day, step.off.name("en")) for step in found.steps if step.kind is StepKind.SKIPPED and step.off
    ]
    assert skipped == [
        (24, "Christmas Eve"),
        (25, "Christmas Day"),
        (26, "Second Day of Christmas"),
        (28, "Company holiday"),
    ]
    assert found.due == date(2026, 12, 30)


def test_day_on_which_people_work_against_the_calendar() -> None:
    calendar = Calendar(
        "CZ", {date(2026, 4, 4): Override(is_working=True), date(2026, 4, 3): Override(is_working=True)}
    )
    assert calendar.deadline(date(2026, 3, 20), Term(15)).due == date(2026, 4, 4)
    assert date(2026, 4, 3) not in [off.day for off in calendar.year(2026)]
    off = calendar.off_by_law(date(2026, 4, 3))
    assert off is not None
    assert off.why is Why.HOLIDAY


def test_year_lists_holidays_and_closed_days() -> None:
    closed = {
        date(2026, 8, 3): Override(is_working=False, reason="Moving"),
        date(2027, 8, 3): Override(is_working=False),
    }
    days = Calendar("PL", closed).year(2026)
    assert len(days) == 15
    assert [off.name("pl") for off in days if off.day.month in {8, 11}] == [
        "Moving",
        "Wniebowzięcie Najświętszej Marii Panny",
        "Uroczystość Wszystkich Świętych",
        "Narodowe Święto Niepodległości",
    ]


def test_holiday_is_named_in_its_own_language_else_in_english() -> None:
    off = CZ.off(date(2026, 4, 3))
    assert off is not None
    assert [off.name(language) for language in ("cs", "en", "pl")] == ["Velký pátek", "Good Friday", "Good Friday"]


def test_days_between_good_friday_and_easter_monday_are_off() -> None:
    assert [CZ.is_working(date(2026, 4, day)) for day in range(2, 8)] == [True, False, False, False, False, True]


def test_terms_are_counted_forwards() -> None:
    with pytest.raises(ValueError, match="forwards"):
        CZ.deadline(date(2026, 4, 3), Term(-1))


def test_months_end_on_the_same_number_or_the_last_day() -> None:
    assert [month_later(date(2026, 8, 31), months) for months in (0, 1, 4, 6, 18)] == [
        date(2026, 8, 31),
        date(2026, 9, 30),
        date(2026, 12, 31),
        date(2027, 2, 28),
        date(2028, 2, 29),
    ]


days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
terms = st.builds(Term, st.integers(0, 200), st.sampled_from(Unit), st.booleans())
overrides = st.dictionaries(days, st.builds(Override, st.booleans()), max_size=5)


@given(st.sampled_from(["CZ", "PL"]), overrides, days, terms)
def test_any_deadline_ends_where_it_should(
    country: str, decided: dict[date, Override], start: date, term: Term
) -> None:
    calendar = Calendar(country, decided)
    found = calendar.deadline(start, term)
    assert start <= found.counted <= found.due
    if term.moves:
        assert calendar.is_working(found.due)
        between = range((found.due - found.counted).days)
        assert not any(calendar.is_working(found.counted + timedelta(days=passed)) for passed in between)
    else:
        assert found.due == found.counted
    assert (found.steps[0].day, found.steps[-1].day) == (start, found.due)
    if term.unit is WORKING:
        passed = (start + timedelta(days=day) for day in range(1, (found.counted - start).days + 1))
        assert sum(calendar.is_working(day) for day in passed) == term.count


@given(st.sampled_from(["CZ", "PL"]), days, st.integers(0, 100), st.sampled_from(Unit))
def test_later_start_and_longer_term_never_end_earlier(country: str, start: date, count: int, unit: Unit) -> None:
    calendar = Calendar(country)
    due = calendar.deadline(start, Term(count, unit)).due
    assert calendar.deadline(start + timedelta(days=1), Term(count, unit)).due >= due
    assert calendar.deadline(start, Term(count + 1, unit)).due >= due


def test_holidays_are_those_of_the_law() -> None:
    assert len(holidays_of("CZ", 2026)) == 13
    assert len(holidays_of("PL", 2026)) == 14
