"""The gathering of rendered templates (the run itself judges at its end: tests/plugins/templates.py)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import engines
from django.template.loader import render_to_string
from django.test.signals import template_rendered

from tests.plugins.templates import Gatherer, every_template

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def gatherer() -> Iterator[Gatherer]:
    made = Gatherer()
    yield made
    template_rendered.disconnect(made.remember)


def test_rendered_template_is_remembered(gatherer: Gatherer) -> None:
    render_to_string("components/demo_mark.html")
    assert gatherer.rendered == {"components/demo_mark.html"}
    assert set(gatherer.missing()) == every_template() - {"components/demo_mark.html"}


def test_rendered_part_of_a_template_is_remembered(gatherer: Gatherer) -> None:
    engines["django"].from_string('{% include "components/demo_mark.html" %}').render({})
    assert gatherer.rendered == {"components/demo_mark.html"}


def test_template_of_another_package_is_not_ours(gatherer: Gatherer) -> None:
    render_to_string("wagtailadmin/icons/home.svg")
    assert gatherer.rendered == set()
