"""Values of columns: paths, choices, yes and no, deadlines."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from region.clock import now, today
from region.enums import OrganisationKind
from region.listing.columns import Column, cell, days_until


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("name", "Obec"),
        ("town.name", "Stříbro"),
        ("nobody.name", None),
        ("empty", None),
        ("shout", "OBEC"),
        ("yes", "yes"),
        ("no", "no"),
        ("zero", 0),
    ],
)
def test_path_is_followed(path: str, expected: Any) -> None:
    record = SimpleNamespace(
        name="Obec",
        town=SimpleNamespace(name="Stříbro"),
        nobody=None,
        empty="",
        shout=lambda: "OBEC",
        yes=True,
        no=False,
        zero=0,
    )
    assert Column(key="x", label="X", value=path).read(record) == expected


def test_function_and_key_give_values() -> None:
    record = SimpleNamespace(name="Obec", kind=OrganisationKind.POLICE)
    assert Column(key="x", label="X", value=lambda row: row.name * 2).read(record) == "ObecObec"
    assert Column(key="name", label="X").read(record) == "Obec"
    assert str(Column(key="kind", label="X").read(record)) == "police"


def test_tone_is_asked_only_for_a_value() -> None:
    column = Column(key="state", label="State", tone=lambda _row: "late")
    assert cell(column, SimpleNamespace(state="Late")).tone == "late"
    assert cell(column, SimpleNamespace(state=None)).tone == "neutral"


@pytest.mark.django_db
@pytest.mark.usefixtures("county")
def test_days_until_a_deadline() -> None:
    assert days_until(today() + timedelta(days=2)) == 2
    assert days_until(now() + timedelta(days=3)) == 3
    assert days_until(datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)) == (date(2020, 1, 1) - today()).days
    assert days_until("soon") is None
    assert days_until(None) is None
