"""Both regions read completely; what is missing or refers to nothing is refused with file and key."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from portal.demo.filling import ContentError
from portal.demo.reading import CONTENT, REGIONS, read_region

COUNTS = {
    "plzen": {
        "towns": 15,
        "districts": 45,
        "officers": 64,
        "news": 6,
        "events": 4,
        "figures": 4,
        "faq": 8,
        "materials": 3,
        "alerts": 1,
    },
    "krakow": {
        "towns": 18,
        "districts": 41,
        "officers": 70,
        "news": 6,
        "events": 4,
        "figures": 4,
        "faq": 7,
        "materials": 3,
        "alerts": 1,
    },
}
PAGES = ["home", "towns", "news", "events", "materials", "faq", "contacts", "about", "privacy", "accessibility"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the content that a test may spoil."""
    shutil.copytree(CONTENT, tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def spoil(folder: Path) -> Callable[[str, str, str], str]:
    """Return a function that replaces words in a file of the Plzeň Region and gives the refusal of reading it."""

    def spoiled(stem: str, old: str, new: str) -> str:
        path = folder / "plzen" / f"{stem}.toml"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(ContentError) as refusal:
            read_region("plzen", folder=folder)
        return str(refusal.value)

    return spoiled


@pytest.mark.parametrize("region", REGIONS)
def test_region_reads_completely(region: str) -> None:
    content = read_region(region)
    assert {name: len(getattr(content, name)) for name in COUNTS[region]} == COUNTS[region]
    assert list(content.pages) == PAGES


def test_officer_row_becomes_an_officer_with_texts_of_the_town() -> None:
    officer = read_region("plzen").officers_of("561215")[2]
    assert (officer.name, officer.function.cs, officer.organisation.cs, officer.districts, officer.substitute) == (
        "Petr Ukázka",
        "Strážník",
        "Městská policie Stříbro",
        (3,),
        "Marie Zkušební",
    )


def test_unknown_region_names_the_file() -> None:
    with pytest.raises(ContentError, match=r"^wien/towns\.toml: there is no such file$"):
        read_region("wien")


@pytest.mark.parametrize(
    ("stem", "old", "new", "message"),
    [
        ("news", "title.pl = ", "title.de = ", "plzen/news.toml: news[1].title.de: unknown key"),
        ("topics", 'pl = "O programie", ', "", "plzen/topics.toml: topic[1].name.pl: missing"),
        ("faq", 'topic = "programme"', 'topic = "weather"', "plzen/faq.toml: who: nothing is called 'weather'"),
        ("events", 'town = "557153"', 'town = "1"', "plzen/events.toml: fire-open-day: nothing is called '1'"),
        (
            "officers",
            "districts = [2]",
            "districts = [9]",
            "plzen/officers.toml: Jana Vzorová: nothing is called '561215 9'",
        ),
        (
            "officers",
            'substitute = "Jana Vzorová"',
            'substitute = "Nobody"',
            "plzen/officers.toml: Jan Příkladný: nothing is called 'Nobody'",
        ),
        ("officers", 'code = "561215"', 'code = "1"', "plzen/officers.toml: town[1].code: no town '1'"),
        (
            "officers",
            'organisation = "state_police"',
            'organisation = "army"',
            "plzen/officers.toml: town[1] Jan Příkladný: organisation 'army' is not described",
        ),
        ("pages", 'key = "towns"', 'key = "home"', "plzen/pages.toml: home: is there twice"),
        ("alert", "[[alert]]", "[[alarm]]", "plzen/alert.toml: alert: missing"),
        ("figures", "value = 27", "value = ", "plzen/figures.toml: Invalid value (at line 9, column 9)"),
    ],
)
def test_spoiled_file_is_refused_by_name(
    spoil: Callable[[str, str, str], str], stem: str, old: str, new: str, message: str
) -> None:
    assert spoil(stem, old, new) == message
