"""An address without a row fails, and so does a row without an address; addresses tell no numbers of records."""

from __future__ import annotations

from tests.permissions.patterns import Pattern, every_pattern
from tests.permissions.tables import every_row

# Ids in our addresses are uuids or public words; these name no record of ours.
WORDS_ONLY = {
    "route:media/images/<path:path>",  # a rendition, whose name changes with its content
    "region:invitation",  # a secret
    "reports:camera-points-file",  # a kind of file
    "reports:camera-report",  # a year
    "reports:figure-data",  # a kind of file
}
OURS = ("region:", "portal:", "projects:", "surveys:", "counselling:", "reports:")
CONVERTERS = {"UUIDConverter", "SlugConverter"}


def without_row(patterns: list[Pattern], names: set[str]) -> list[str]:
    """Patterns that no table speaks of. Wagtail's editors' screens are asked one by one without rows."""
    return sorted({f"{one.name} at {one.route}" for one in patterns if not one.is_admin and one.name not in names})


def telling(patterns: list[Pattern]) -> list[str]:
    """Our patterns with a part that is neither a uuid nor a public word."""
    ours = [one for one in patterns if one.name.startswith(OURS) and one.name not in WORDS_ONLY]
    return sorted(one.name for one in ours if not CONVERTERS.issuperset(one.converters))


def test_every_address_has_a_row() -> None:
    assert without_row(every_pattern(), {row.name for row in every_row()}) == []


def test_every_row_has_an_address() -> None:
    assert {row.name for row in every_row()} - {one.name for one in every_pattern()} == set()


def test_rows_of_one_address_are_told_apart() -> None:
    named = [str(row) for row in every_row()]
    assert sorted(named) == sorted(set(named))


def test_ids_in_our_addresses_are_uuids_or_public_words() -> None:
    assert telling(every_pattern()) == []


def test_address_without_a_row_is_found() -> None:
    patterns = [Pattern("en/a/", "region:a", ()), Pattern("en/b/", "region:b", ()), Pattern("admin/c/", "c", ())]
    assert without_row(patterns, {"region:b"}) == ["region:a at en/a/"]


def test_number_of_a_record_in_an_address_is_found() -> None:
    patterns = [
        Pattern("en/a/<int:pk>/", "region:a", ("IntConverter",)),
        Pattern("en/b/<uuid:pk>/<slug:slug>/", "region:b", ("UUIDConverter", "SlugConverter")),
        Pattern("en/d/<int:pk>/", "mfa_d", ("IntConverter",)),
    ]
    assert telling(patterns) == ["region:a"]
