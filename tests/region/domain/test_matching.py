from __future__ import annotations

from typing import Any

import pytest

from region.domain.matching import (
    Matching,
    code_property,
    doubled,
    kept,
    likeness,
    match_features,
    name_of,
    resolve_alias,
    suggestions,
    text_of,
)
from region.geometry.features import Feature
from region.messages import Problem

KNOWN = {"XI": "Podgórze Duchackie", "XIII": "Podgórze", "XVII": "Wzgórza Krzesławickie"}


def features(*rows: dict[str, Any]) -> list[Feature]:
    return [Feature(number, row, None) for number, row in enumerate(rows, start=1)]


def codes(rows: list[dict[str, Any]], matching: Matching, known: dict[str, str] | None = None) -> list[str]:
    _name, matches = match_features(features(*rows), known=known or KNOWN, matching=matching)
    return [match.code for match in matches]


def test_code_property_is_the_one_that_leads_to_most_codes() -> None:
    rows = features({"id": 1, "Kod": 558044, "NAZEV": "Merklín"}, {"id": 2, "Kod": 558109, "NAZEV": "Nepomuk"})
    assert code_property(rows, {"558044", "558109"}) == "Kod"
    assert code_property(rows, {"1"}) == "id"


def test_code_property_that_is_not_there() -> None:
    with pytest.raises(Problem, match=r"Say with --match .* There are: cartodb_id, name\."):
        code_property(features({"cartodb_id": 7, "name": "Zwierzyniec"}), KNOWN)


def test_match_features_by_code() -> None:
    assert codes([{"kod": "XIII"}, {"kod": 17.0}, {"kod": None}], Matching()) == ["XIII", "", ""]


def test_match_features_never_by_name() -> None:
    _name, matches = match_features(features({"name": "Podgórze"}), known=KNOWN, matching=Matching("name"))
    assert (matches[0].code, str(matches[0].reason)) == (
        "",
        "Nothing has this code. Names are matched only through an alias; near ones: Podgórze (XIII).",
    )


def test_match_features_by_alias_whole_or_at_the_end() -> None:
    matching = Matching(
        "name", aliases={"Podgórze": "XIII", "podgorze duchackie": "XI", "Wzgórza Krzeszławickie": "XVII"}
    )
    rows = [
        {"name": f"Dzielnica {name}"}
        for name in ("XIII Podgórze", "XI Podgórze Duchackie", "XVII Wzgórza Krzeszławickie")
    ]
    assert codes([*rows, {"name": "PODGÓRZE"}, {"name": "Podgórze Stare"}], matching) == [
        "XIII",
        "XI",
        "XVII",
        "XIII",
        "",
    ]


def test_match_features_by_an_alias_that_leads_nowhere() -> None:
    _name, matches = match_features(
        features({"name": "Podgórze"}), known=KNOWN, matching=Matching("name", aliases={"Podgórze": "XX"})
    )
    assert str(matches[0].reason) == "The alias leads to the code XX, which nothing has."


@pytest.mark.parametrize("pattern", ["Dzielnica ([IVXL]+) ", "[IVXL]{2,}"])
def test_match_features_by_a_pattern(pattern: str) -> None:
    rows = [{"name": "Dzielnica XIII Podgórze"}, {"name": "Podgórze"}]
    assert codes(rows, Matching("name", pattern)) == ["XIII", ""]


def test_match_features_by_a_pattern_that_is_none() -> None:
    with pytest.raises(Problem, match="not a regular expression"):
        codes([{"name": "x"}], Matching("name", "("))


def test_match_features_by_a_property_that_is_not_there() -> None:
    with pytest.raises(Problem, match=r"No feature has a property kod\. There are: name\."):
        codes([{"name": "x"}], Matching("kod"))


@pytest.mark.parametrize(("value", "reason"), [("", "The property is empty."), ("99", "Nothing has this code.")])
def test_match_features_that_lead_nowhere(value: str, reason: str) -> None:
    _name, matches = match_features(features({"kod": value}), known=KNOWN, matching=Matching())
    assert str(matches[0].reason) == reason


def test_match_features_takes_new_codes_where_it_may() -> None:
    _name, matches = match_features(features({"kod": "9"}), known=KNOWN, matching=Matching(), open_ended=True)
    assert matches[0].code == "9"


def test_doubled_codes_with_their_features() -> None:
    _name, matches = match_features(
        features({"kod": "XI"}, {"kod": "XIII"}, {"kod": "XI"}, {"kod": "-"}), known=KNOWN, matching=Matching()
    )
    assert doubled(matches) == {"XI": [1, 3]}


def test_kept_features() -> None:
    rows = features({"kraj": "CZ032"}, {"kraj": "CZ031"})
    assert [feature.number for feature in kept(rows, {"kraj": "CZ032"})] == [1]
    assert kept(rows, {}) == rows
    with pytest.raises(Problem, match=r"properties are: kraj\."):
        kept(rows, {"kraj": "CZ"})


def test_resolve_alias_prefers_the_longest_end() -> None:
    aliases = {"Ruda": "1", "Železná Ruda": "2", "": "3"}
    assert [resolve_alias(name, aliases) for name in ("Ruda", "obec Železná Ruda", "Rudá hora", "Paruda")] == [
        "1",
        "2",
        "",
        "",
    ]


def test_suggestions_the_best_first() -> None:
    found = suggestions("Dzielnica XVII Wzgórza Krzeszławickie", KNOWN)
    assert [(one.code, one.name) for one in found] == [("XVII", "Wzgórza Krzesławickie")]
    assert found[0].likeness > 0.95


def test_likeness_of_an_empty_name() -> None:
    assert likeness("Podgórze", "") == 0


def test_name_of_a_feature() -> None:
    named, nameless = features({"NAZEV": "Merklín", "kod": 1}, {"kod": 2})
    assert (name_of(named), name_of(nameless)) == ("Merklín", "#2")


def test_text_of_a_property() -> None:
    (row,) = features({"a": 5.0, "b": 5.5, "c": " x ", "d": None})
    assert [text_of(row, name) for name in "abcde"] == ["5", "5.5", "x", "", ""]
