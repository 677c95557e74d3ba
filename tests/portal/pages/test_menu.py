"""What stands in the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup

from reports.models import Metric
from tests.factories.figures import new_metric

if TYPE_CHECKING:
    from django.test import Client

    from portal.domain.site import Pages


def menu_of(client: Client, language: str) -> list[tuple[str, str]]:
    """Words and addresses of the menu of the home page."""
    shown = BeautifulSoup(client.get(f"/{language}/").content, "html.parser")
    return [(tag.get_text(), str(tag["href"])) for tag in shown.select("nav.nav a")]


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_figures_are_the_last_entry_once_there_are_any(site: Pages, client: Client, language: str) -> None:
    metric = new_metric(is_published=False)
    before = menu_of(client, language)
    assert len(before) == 4
    Metric.objects.filter(pk=metric.pk).update(is_published=True)
    *pages, figures = menu_of(client, language)
    assert pages == before
    assert client.get(figures[1]).status_code == 200
