"""Samples of the office for the gallery: invented rows of a list and cards of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from region.clock import today
from region.listing import Column, Kind
from region.listing.columns import cell
from region.listing.pages import Head, Row
from region.office import Card
from region.work import Waiting, piles


@dataclass(frozen=True, slots=True)
class Sample:
    """A made-up record."""

    pk: str
    name: str
    state: str
    tone: str
    amount: Decimal | None
    due: date | None
    owner: str = ""


COLUMNS = (
    Column(key="name", label="Number", link=lambda _row: "#queue"),
    Column(key="state", label="State", kind=Kind.STATUS, tone=lambda row: row.tone),
    Column(key="amount", label="Asks for (CZK)", kind=Kind.MONEY),
    Column(key="due", label="Deadline", kind=Kind.DATE, is_deadline=True, empty="none"),
    Column(key="owner", label="Handled by", empty="nobody"),
)


def sample_heads() -> list[Head]:
    """Headings: the fourth column sorts the list."""
    marks = {"name": ("#queue", ""), "due": ("#queue", "ascending")}
    return [Head(column, *marks.get(column.key, ("", ""))) for column in COLUMNS]


def sample_rows() -> list[Row]:
    """Rows in all their states, around today."""
    day = today()
    records = (
        Sample("1", "2026/004", "To be completed", "late", Decimal("412500.50"), day - timedelta(days=3), "E. Vzorová"),
        Sample("2", "2026/007", "Formal check", "run", Decimal(180000), day + timedelta(days=1)),
        Sample("3", "2026/009", "Submitted", "neutral", None, day + timedelta(days=21), "J. Ukázka"),
        Sample("4", "2026/001", "Approved", "done", Decimal(265000), None, "J. Ukázka"),
    )
    return [Row(record.pk, record.name, tuple(cell(column, record) for column in COLUMNS)) for record in records]


def sample_waiting() -> Waiting:
    """Cards of each pile, with an area that could not be asked."""
    day = today()
    cards = [
        Card("Verify an account", "#work", "Verify", day - timedelta(days=2), "Added on Monday", is_urgent=True),
        Card("Confirm the import of towns", "#work", "Confirm", day, "27 rows, 2 of them rejected"),
        Card("Answer the question of a resident", "#work", "Answer", day + timedelta(days=3)),
        Card("Send the yearly report", "#work", "Begin"),
    ]
    return Waiting(piles(cards, day), is_partial=True)
