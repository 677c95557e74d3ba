from __future__ import annotations

import pytest

from region.enums import OfficerRole, TownKind, TownStatus
from region.messages import Problem
from region.tables.words import OFFICER_ROLE, TOWN_KIND, TOWN_STATUS, Words, parse_word
from region.text import folded_tokens


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("Strážník", OFFICER_ROLE, "municipal_police"),
        ("dzielnicowy", OFFICER_ROLE, "state_police"),
        ("town hall", OFFICER_ROLE, "town_hall"),
        ("CZŁONEK", TOWN_STATUS, "member"),
        ("in preparation", TOWN_STATUS, "preparation"),
        ("městský obvod", TOWN_KIND, "city_district"),
    ],
)
def test_parse_word_in_three_languages(text: str, words: Words, code: str) -> None:
    assert parse_word(text, words) == code


def test_parse_word_that_could_mean_two_functions() -> None:
    with pytest.raises(Problem, match="“okrskář” is not known here"):
        parse_word("okrskář", OFFICER_ROLE)


@pytest.mark.parametrize(
    ("words", "codes"),
    [(OFFICER_ROLE, OfficerRole.values), (TOWN_STATUS, TownStatus.values), (TOWN_KIND, TownKind.values)],
)
def test_words_lead_to_every_code_and_to_one_only(words: Words, codes: list[str]) -> None:
    assert sorted(words) == sorted(codes)
    leads: dict[str, set[str]] = {}
    for code, names in words.items():
        for name in (code, *names):
            leads.setdefault(" ".join(folded_tokens(name)), set()).add(code)
    assert {name: found for name, found in leads.items() if len(found) > 1} == {}
