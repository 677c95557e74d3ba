"""Invented organisations of the demo."""

from __future__ import annotations

import pytest

from portal.demo.organisations import EXAMPLES, load_organisations
from portal.demo.reading import read_region
from region.models import Organisation
from tests.factories.places import town as new_town


@pytest.mark.django_db
@pytest.mark.parametrize("region", ["plzen", "krakow"])
def test_examples_are_added_once_and_say_that_they_are(region: str) -> None:
    content, town, told = read_region(region), new_town(), list[str]()
    first = load_organisations(content, progress=told.append)
    assert load_organisations(content, progress=told.append) == first
    assert [one.town for one in first] == [town, None, None]
    assert Organisation.objects.filter(is_example=True).count() == len(EXAMPLES[content.profile.country])
    assert told == ["3 organisations, invented"] * 2
