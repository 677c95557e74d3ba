"""Every column of every installed model is classified, and nothing is classified that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.utils.translation import override

from region.personal_data import Kind, ModelData, Way, column_words, declared

if TYPE_CHECKING:
    from django.db.models import Model

# Copies of pages and pictures for the editors' search: one model of each database, its rows follow their things.
SEARCH_INDEX = "wagtailsearch"


def columns(model: type[Model]) -> set[str]:
    """Names of the columns and of the many-to-many relations that a model itself has."""
    return {one.name for one in [*model._meta.local_fields, *model._meta.local_many_to_many]}


def models() -> dict[str, type[Model]]:
    return {model._meta.label: model for model in apps.get_models() if model._meta.app_label != SEARCH_INDEX}


def test_every_column_is_classified() -> None:
    register = declared()
    missing = {
        f"{label}.{name}"
        for label, model in models().items()
        for name in columns(model) - set(register[label].fields if label in register else {})
    }
    assert sorted(missing) == [], "classify them: docs/develop/personal-data.md"


def test_nothing_is_classified_that_does_not_exist() -> None:
    known = models()
    stale = {
        f"{label}.{name}"
        for label, data in declared().items()
        for name in set(data.fields) - (columns(known[label]) if label in known else set())
    }
    assert sorted(stale) == []


@pytest.mark.parametrize("one", declared().values(), ids=list(declared()))
def test_classification_makes_sense(one: ModelData) -> None:
    personal = [rule for rule in one.fields.values() if rule.kind in {Kind.PERSONAL, Kind.SPECIAL}]
    assert all(rule.way is not Way.NOTHING for rule in personal), "a personal column says how it is emptied"
    assert all(rule.ground for rule in personal if rule.way is Way.KEEP), "what is kept has its ground"
    assert not one.is_emptied or one.find or one.mentions, "rows whose columns are emptied can be found for a person"


@pytest.mark.parametrize("label", sorted(declared()))
@pytest.mark.parametrize("language", ["en", "cs", "pl"])
def test_columns_of_a_model_have_different_words(label: str, language: str) -> None:
    """The copy for the person is keyed by them: of two alike one would be missing."""
    data = declared()[label]
    with override(language):
        words = [str(column_words(data, name)) for name in data.fields if data.fields[name].kind is not Kind.SECRET]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []
