"""Skeletons of the legal pages."""

from __future__ import annotations

import pytest

from portal.domain.legal import LEGAL_PAGES, legal_body


@pytest.mark.parametrize("key", LEGAL_PAGES)
@pytest.mark.parametrize("country", ["CZ", "PL"])
@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_sentences_of_the_first_paragraph_end_with_a_full_stop(key: str, country: str, language: str) -> None:
    first = str(legal_body(key, country=country, language=language)[0][1])
    operator = {"cs": "Provozovatel", "pl": "Prowadzący", "en": "The operator"}[language]
    before, found, _after = first.partition(f" {operator}")
    assert (bool(found), before[-1], first[-5:]) == (True, ".", ".</p>")
