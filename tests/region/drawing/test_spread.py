"""Plates that would lie on each other."""

from __future__ import annotations

from itertools import combinations

from region.drawing.spread import apart

SIZE = (700.0, 500.0)


def overlaps(spots: list[tuple[float, float]]) -> int:
    """Pairs of plates of 46 × 44 that cover each other."""
    return sum(abs(a[0] - b[0]) < 46 and abs(a[1] - b[1]) < 44 for a, b in combinations(spots, 2))


def test_what_is_far_apart_stays_where_it_is() -> None:
    spots = [(100.0, 100.0), (160.0, 100.0), (100.0, 150.0)]
    assert apart(spots, size=SIZE) == spots


def test_two_that_touch_give_way_along_the_shorter_side() -> None:
    (left, right) = apart([(100.0, 100.0), (130.0, 101.0)], size=SIZE)
    assert (left[1], right[1]) == (100.0, 101.0)
    assert 46 <= right[0] - left[0] <= 47


def test_twenty_at_one_place_are_all_seen_and_none_leaves_the_map() -> None:
    spots = [(600.0, 250.0)] * 20
    assert overlaps(spots) == 190
    moved = apart(spots, size=SIZE)
    assert overlaps(moved) == 0
    assert all(23 <= x <= 677 and 22 <= y <= 478 for x, y in moved)


def test_order_is_kept_and_the_same_comes_out_each_time() -> None:
    spots = [(200.0, 200.0), (210.0, 205.0), (400.0, 300.0)]
    assert apart(spots, size=SIZE) == apart(spots, size=SIZE)
    assert apart(spots, size=SIZE)[2] == (400.0, 300.0)


def test_more_than_there_is_room_for_ends() -> None:
    assert len(apart([(10.0, 10.0)] * 30, size=(100.0, 100.0))) == 30
