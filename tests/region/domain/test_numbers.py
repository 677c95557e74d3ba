from __future__ import annotations

from pathlib import Path

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from region.domain.numbers import next_mark, next_number
from region.models import NumberSeries
from tests.races import race, shared_database


@pytest.mark.django_db
def test_numbers_follow_each_other_by_series_and_year() -> None:
    taken = [next_number(key=key, year=year) for key, year in [("a", 2026), ("a", 2026), ("b", 2026), ("a", 2027)]]
    assert taken == [1, 2, 1, 1]
    assert next_number(key="a", year=2026) == 3


@pytest.mark.django_db
def test_number_of_a_transaction_that_was_rolled_back_is_free_again() -> None:
    next_number(key="a", year=2026)
    with transaction.atomic():
        assert next_number(key="a", year=2026) == 2
        transaction.set_rollback(True)
    assert next_number(key="a", year=2026) == 2


@pytest.mark.django_db
def test_mark_is_written_as_the_area_says() -> None:
    assert [next_mark(key="bk", year=2026, form="BK-{year}-{number:04}") for _ in range(2)] == [
        "BK-2026-0001",
        "BK-2026-0002",
    ]


@pytest.mark.django_db(transaction=True)
def test_number_outside_a_transaction_is_refused() -> None:
    with pytest.raises(TransactionManagementError):
        next_number(key="a", year=2026)


def _take(_number: int) -> int:
    with transaction.atomic():
        return next_number(key="contract", year=2026)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("begun", [True, False], ids=["series begun", "first of the year"])
def test_fifty_at_once_get_fifty_numbers_in_a_row(tmp_path: Path, begun: bool) -> None:
    rows = [NumberSeries(key="contract", year=2026, last=7)] if begun else []
    with shared_database(tmp_path, [NumberSeries], rows):
        taken = race(_take, threads=50)
    first = 8 if begun else 1
    assert sorted(taken, key=str) == sorted(range(first, first + 50), key=str)


@pytest.mark.django_db(transaction=True)
def test_those_that_fail_leave_no_gap(tmp_path: Path) -> None:
    def take(number: int) -> int:
        with transaction.atomic():
            taken = next_number(key="contract", year=2026)
            if number % 3 == 0:
                raise LookupError
            return taken

    with shared_database(tmp_path, [NumberSeries]):
        results = race(take, threads=30)
    assert sorted(result for result in results if isinstance(result, int)) == list(range(1, 21))
    assert sum(isinstance(result, LookupError) for result in results) == 10
