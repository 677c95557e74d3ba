"""Dataclasses filled from tables; refusals that name the place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

import pytest

from portal.demo.filling import ContentError, fill
from portal.demo.records import Hours, Text


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    count: int
    share: float
    money: Decimal
    on: date
    at: time
    example: bool
    kind: Literal["one", "two"]
    text: Text
    numbers: tuple[int, ...]
    until: date | None = None
    note: Text | None = None


GOOD: dict[str, object] = {
    "name": " A ",
    "count": 3,
    "share": Decimal("1.5"),
    "money": Decimal("20.50"),
    "on": date(2010, 1, 28),
    "at": "15:00",
    "example": True,
    "kind": "one",
    "text": {"cs": "a", "pl": "b", "en": "c"},
    "numbers": [1, 2],
}


def test_fill_reads_every_kind_of_value() -> None:
    sample = fill(Sample, {**GOOD, "until": date(2012, 1, 1)}, where="file")
    assert sample == Sample(
        name="A",
        count=3,
        share=1.5,
        money=Decimal("20.50"),
        on=date(2010, 1, 28),
        at=time(15),
        example=True,
        kind="one",
        text=Text(cs="a", pl="b", en="c"),
        numbers=(1, 2),
        until=date(2012, 1, 1),
    )


def test_fill_accepts_a_short_record_as_a_list() -> None:
    assert fill(Hours, [0, "15:00", "17:00"], where="file") == Hours(weekday=0, opens=time(15), closes=time(17))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": {"cs": "a", "en": "c"}}, "file.text.pl: missing"),
        ({"text": {"cs": "a", "pl": " ", "en": "c"}}, "file.text.pl: a text that is not empty is expected"),
        ({"name": 3}, "file.name: a text that is not empty is expected"),
        ({"count": True}, "file.count: a whole number is expected"),
        ({"count": Decimal("1.5")}, "file.count: a whole number is expected"),
        ({"share": "1"}, "file.share: a number is expected"),
        ({"money": False}, "file.money: a number is expected"),
        ({"on": "2010-01-28"}, "file.on: a date such as 2010-01-28 is expected"),
        ({"at": 15}, 'file.at: a time such as "15:00" is expected'),
        ({"at": "25:00"}, "file.at: hour must be in 0..23"),
        ({"example": 1}, "file.example: true or false is expected"),
        ({"kind": "three"}, "file.kind: 'three' is none of one, two"),
        ({"numbers": 1}, "file.numbers: a list is expected"),
        ({"numbers": [1, "2"]}, "file.numbers[2]: a whole number is expected"),
        ({"note": "words"}, "file.note: a table is expected"),
        ({"colour": "red"}, "file.colour: unknown key"),
    ],
)
def test_fill_refuses_and_names_the_place(change: dict[str, object], message: str) -> None:
    with pytest.raises(ContentError) as refusal:
        fill(Sample, {**GOOD, **change}, where="file")
    assert str(refusal.value) == message
