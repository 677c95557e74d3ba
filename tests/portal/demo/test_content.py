"""What the demo texts promise: three languages, marks on everything invented, typography, no one left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from urllib.parse import urlsplit

import pytest

from portal.demo.reading import REGIONS, read_region
from portal.demo.records import (
    LANGUAGES,
    Contact,
    Figure,
    Heading,
    Language,
    Milestone,
    Officer,
    Project,
    RegionContent,
    Rich,
    Text,
)

TODAY = date(2026, 1, 1)
ONE_LETTER: dict[Language, re.Pattern[str]] = {
    "cs": re.compile(r"\b[ksvzouai] ", re.IGNORECASE),
    "pl": re.compile(r"\b[aiouwz] ", re.IGNORECASE),
}
PLACEHOLDER: dict[Language, re.Pattern[str]] = {
    "cs": re.compile(r"\[doplňte[^\]]*\]"),
    "pl": re.compile(r"\[uzupełnij[^\]]*\]"),
    "en": re.compile(r"\[fill in[^\]]*\]"),
}


@pytest.fixture(params=REGIONS, scope="module")
def content(request: pytest.FixtureRequest) -> RegionContent:
    """Return each region's content in turn."""
    return read_region(request.param)


def texts(value: object) -> Iterator[Text]:
    """Yield every text inside a record."""
    if isinstance(value, Text):
        yield value
    elif is_dataclass(value):
        for part in fields(value):
            yield from texts(getattr(value, part.name))
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts(item)


def in_force(content: RegionContent) -> list[Officer]:
    """Return the assignments that have not ended."""
    return [officer for officer in content.officers if officer.until is None]


def test_no_text_shouts(content: RegionContent) -> None:
    assert [text.en for text in texts(content) if any("!" in text[language] for language in LANGUAGES)] == []


def test_headings_tie_one_letter_words_to_the_next(content: RegionContent) -> None:
    headings = [text for text in texts(content) if isinstance(text, Heading)]
    rich = [text for text in texts(content) if isinstance(text, Rich)]
    for language, loose in ONE_LETTER.items():
        lines = [heading[language] for heading in headings]
        lines += [block.lines[0] for text in rich for block in text.blocks(language) if block.kind.value == "heading"]
        assert [line for line in lines if loose.search(line)] == []


def test_large_numbers_do_not_break(content: RegionContent) -> None:
    pairs = [text[language] for text in texts(content) for language in LANGUAGES]
    assert [text for text in pairs if re.search(r"\d \d{3}\b", text)] == []


def test_rich_texts_have_the_same_blocks_in_every_language(content: RegionContent) -> None:
    for text in texts(content):
        if isinstance(text, Rich):
            shapes = [[(block.kind, len(block.lines)) for block in text.blocks(language)] for language in LANGUAGES]
            assert shapes == [shapes[0]] * 3


def test_places_for_the_operator_are_the_same_in_every_language(content: RegionContent) -> None:
    counts = {}
    for key in ("contacts", "about", "privacy", "accessibility"):
        body = content.pages[key].body
        assert body is not None
        counts[key] = [len(PLACEHOLDER[language].findall(body[language])) for language in LANGUAGES]
        assert counts[key] == [body.cs.count("[")] * 3
    assert min(counts["privacy"] + counts["accessibility"]) == 4


def test_everything_invented_says_so(content: RegionContent) -> None:
    marks = [district.example for district in content.districts]
    marks += [officer.example for officer in content.officers]
    marks += [news.example for news in content.news]
    marks += [event.example for event in content.events]
    marks += [alert.example for alert in content.alerts]
    marks += [contact.example for contact in content.profile.contact]
    assert Counter(marks) == {True: len(marks)}


def test_people_are_reachable_only_at_example_addresses(content: RegionContent) -> None:
    people: list[Officer | Contact] = [*content.officers, *content.profile.contact]
    addresses = [person.email for person in people]
    assert {urlsplit(f"//{address}").hostname for address in addresses} == {"example.org"}
    assert len(set(addresses)) == len(addresses)


def test_phones_follow_the_pattern_of_invented_numbers(content: RegionContent) -> None:
    pattern = {"CZ": r"(974|374|950|377) 000 \d{3}", "PL": r"12 000 \d{2} \d{2}"}[content.profile.country]
    people: list[Officer | Contact] = [*content.officers, *content.profile.contact]
    phones = [person.phone for person in people]
    assert [phone for phone in phones if not re.fullmatch(pattern, phone)] == []
    assert len(set(phones)) == len(phones)


def test_people_have_names_of_their_own(content: RegionContent) -> None:
    assert [name for name, times in Counter(officer.name for officer in content.officers).items() if times > 1] == []


def test_every_town_has_three_to_six_people_now(content: RegionContent) -> None:
    counts = Counter(officer.town for officer in in_force(content))
    assert {town.code: counts[town.code] in range(3, 7) for town in content.towns} == {
        town.code: True for town in content.towns
    }


def test_every_district_has_somebody_now(content: RegionContent) -> None:
    held = {(officer.town, number) for officer in in_force(content) for number in officer.districts}
    assert sorted(held) == sorted((district.town, district.number) for district in content.districts)


def test_history_shows_in_some_town(content: RegionContent) -> None:
    ended = [officer for officer in content.officers if officer.until]
    assert len(ended) == {"plzen": 2, "krakow": 2}[content.code]
    assert [officer.name for officer in content.officers if not officer.since < (officer.until or TODAY)] == []


def test_substitutes_work_in_the_same_town_and_are_somebody_else(content: RegionContent) -> None:
    for officer in content.officers:
        if officer.substitute:
            there = [
                other.name for other in content.officers_of(officer.town) if other is not officer and not other.until
            ]
            assert there.count(officer.substitute) == 1


def test_office_hours_end_after_they_begin(content: RegionContent) -> None:
    hours = [(officer.name, row) for officer in content.officers for row in officer.hours]
    assert [name for name, row in hours if not (row.opens < row.closes and row.weekday in range(7))] == []


def test_districts_of_a_town_are_numbered_from_one_on_different_sides(content: RegionContent) -> None:
    for town in content.towns:
        districts = content.districts_of(town.code)
        assert [district.number for district in districts] == list(range(1, len(districts) + 1))
        assert len({district.side for district in districts}) == len(districts)


def test_street_stands_in_one_district_of_its_place(content: RegionContent) -> None:
    streets = Counter(
        (content.profile.addresses_place or d.town, street) for d in content.districts for street in d.streets
    )
    assert [street for street, times in streets.items() if times > 1] == []


def test_addresses_of_pages_are_plain_and_unique(content: RegionContent) -> None:
    pages = [*content.pages.values(), content.programme.page]
    for language in LANGUAGES:
        slugs = [page.slug[language] for page in pages]
        assert [slug for slug in slugs if not re.fullmatch(r"[a-z-]+", slug)] == []
        assert len(set(slugs)) == len(slugs)


def test_milestones_stand_in_the_order_of_their_ends(content: RegionContent) -> None:
    def end(day: date, precision: str) -> tuple[int, int, int]:
        return {"day": (day.year, day.month, day.day), "month": (day.year, day.month, 31), "year": (day.year, 12, 31)}[
            precision
        ]

    ends = [end(milestone.on, milestone.precision) for milestone in content.programme.milestone]
    assert ends == sorted(ends)


def test_sources_are_all_used_or_belong_to_the_map(content: RegionContent) -> None:
    used = {town.inhabitants_source for town in content.towns} | {town.member_source for town in content.towns}
    facts: list[Figure | Milestone | Project] = [
        *content.figures,
        *content.programme.milestone,
        *content.programme.project,
    ]
    used |= {fact.source for fact in facts} | {point.source for point in content.cameras.points}
    assert set(content.sources) - used == {"rczechia" if content.code == "plzen" else "polska-geojson"}


def test_inhabitants_of_the_city_make_the_published_total() -> None:
    assert sum(town.inhabitants for town in read_region("krakow").towns) == 709_400


def test_key_figures_share_the_source_that_the_page_names(content: RegionContent) -> None:
    assert len({figure.source for figure in content.figures}) == 1
