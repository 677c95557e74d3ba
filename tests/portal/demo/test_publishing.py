"""How the demo's facts are written into pages."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from portal.demo.publishing import figure_block
from portal.demo.records import Figure, Text

if TYPE_CHECKING:
    from portal.demo.records import Language


@pytest.mark.parametrize(
    ("value", "language", "words"),
    [
        ("20.5", "cs", "20,5"),
        ("20.5", "en", "20.5"),
        ("8489", "pl", "8\u00a0489"),
        ("8489", "en", "8,489"),
        ("1800", "cs", "1\u00a0800"),
        ("20.50", "cs", "20,5"),
        ("-3", "cs", "\u22123"),
    ],
)
def test_figure_is_written_as_its_language_writes_numbers(value: str, language: Language, words: str) -> None:
    text = Text(cs="a", pl="b", en="c")
    figure = Figure("key", Decimal(value), text, text, date(2012, 1, 1), "year", "source")
    assert figure_block(figure, language)["value"] == words
