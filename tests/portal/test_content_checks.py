"""Checks of the words that editors write."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from portal.content_checks import OWN_RULES, dates_without_year, says_nothing
from tests.factories import trees

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.mark.parametrize(
    "words", ["zde", "Zde", " tady. ", "klikněte zde", "tutaj", "Kliknij tutaj", "here", "Click here →"]
)
def test_link_that_says_nothing_is_found(words: str) -> None:
    assert says_nothing(words)


@pytest.mark.parametrize("words", ["Zdeněk Novák", "program jednání", "tutaj mieszkam", "hereditary", "Tady bydlím"])
def test_link_that_says_where_it_leads_is_left_alone(words: str) -> None:
    assert not says_nothing(words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sejdeme se 3. března v knihovně.", ["3. března"]),
        ("Sejdeme se 3.\u00a0března v knihovně.", ["3.\u00a0března"]),
        ("Spotkanie 12 maja o 17.", ["12 maja"]),
        ("We meet on 5 June at noon.", ["5 June"]),
        ("Od 1. července 2010 do 1. prosince 2010.", []),
        ("On 5 June, 2010.", []),
        ("Paragraf 3. březnový zákon", []),
        ("V roce 2010. Srpna se týká jen zmínka.", []),
    ],
)
def test_date_without_a_year_is_found(text: str, found: list[str]) -> None:
    assert dates_without_year(text) == found


@pytest.fixture
def rules(county: RegionProfile, administrator_client: Client) -> dict[str, list[str]]:
    """Names of rules and checks as the editors' bar on a page gets them."""
    trees.trees("cs")
    body = administrator_client.get("/cs/kontakty/").content.decode()
    block = re.search(r'<script id="checker-axe-configuration" type="application/json">(.*?)</script>', body, re.DOTALL)
    assert block
    found = json.loads(block[1])
    return {
        "run": found["options"]["runOnly"],
        "rules": [rule["id"] for rule in found["spec"]["rules"]],
        "messages": list(found["messages"]),
        "scripts": re.findall(r'<script src="[^"]*/portal/([\w-]+)\.js"', body),
    }


def test_bar_runs_our_checks_beside_wagtails(rules: dict[str, list[str]]) -> None:
    assert rules["run"][-3:] == list(OWN_RULES)
    assert rules["rules"][-3:] == list(OWN_RULES)
    assert rules["messages"][-3:] == list(OWN_RULES)
    assert len(rules["run"]) > len(OWN_RULES)
    assert rules["scripts"] == ["content-checks"]


def test_reader_gets_no_bar(county: RegionProfile, client: Client) -> None:
    trees.trees("cs")
    assert "wagtail-userbar" not in client.get("/cs/kontakty/").content.decode()
