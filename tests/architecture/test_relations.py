"""Relations point downwards or sideways inside one area; import-linter cannot see those written as strings."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models

LAYERS = {"region": 0, "projects": 1, "surveys": 1, "counselling": 1, "reports": 2, "portal": 3}


def may_point(source: str, target: str) -> bool:
    """Whether a model of one app may relate to a model of another."""
    if source == target or not {source, target} <= set(LAYERS):
        return True
    return LAYERS[target] < LAYERS[source]


def targets(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    """Relations that ``model`` itself declares (with the tables between, for many to many)."""
    found: list[tuple[str, type[models.Model]]] = []
    for field in [*model._meta.local_fields, *model._meta.local_many_to_many]:
        remote: Any = getattr(field, "remote_field", None)
        if remote is None or isinstance(field, GenericForeignKey):
            continue
        found.append((field.name, remote.model))
        if getattr(remote, "through", None) is not None:
            found.append((field.name, remote.through))
    parents = [(f"parent {parent.__name__}", parent) for parent in model._meta.parents]
    return found + parents


def test_relations_point_downwards() -> None:
    upward = [
        f"{model._meta.label}.{name} → {target._meta.label}"
        for model in apps.get_models(include_auto_created=True)
        for name, target in targets(model)
        if not may_point(model._meta.app_label, target._meta.app_label)
    ]
    assert upward == []


def test_relations_of_a_known_model_are_seen() -> None:
    assert [(name, model._meta.label) for name, model in targets(apps.get_model("region", "SecurityDistrict"))] == [
        ("town", "region.Town")
    ]


def test_layers_know_every_area() -> None:
    areas = {
        config.label for config in apps.get_app_configs() if config.name == config.label and "." not in config.name
    }
    assert set(LAYERS) <= areas


def test_upward_and_sideward_relations_are_refused() -> None:
    pairs = [("region", "portal"), ("projects", "surveys"), ("reports", "portal")]
    assert [may_point(*pair) for pair in pairs] == [False] * 3


def test_downward_and_foreign_relations_are_allowed() -> None:
    pairs = [("portal", "region"), ("reports", "projects"), ("region", "region"), ("region", "wagtailimages")]
    assert [may_point(*pair) for pair in pairs] == [True] * 4
