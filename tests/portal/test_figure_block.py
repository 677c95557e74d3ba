"""Figures on pages: shown with their sources, kept by translations, not taken away while they stand there."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.models import Locale
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.operations import translate_object

from portal.figure_block import FigureBlock
from portal.queries.figures import pages_with_figure
from reports.domain.figures import correct_observation
from reports.domain.figures_metrics import check_change, check_unused
from reports.models import Metric, Observation
from tests.factories import trees
from tests.factories.figures import krakow_interventions

if TYPE_CHECKING:
    from django.test import Client

    from portal.models import NewsPage
    from region.models import RegionProfile, User

pytestmark = pytest.mark.django_db
KEY = "interventions-by-camera"
BODY = [("paragraph", "<p>Text.</p>"), ("figure", {"figure": KEY})]


@pytest.fixture
def news(county: RegionProfile) -> NewsPage:
    """A Czech piece of news with a figure, in a site of two languages."""
    krakow_interventions()
    return trees.news(trees.trees("cs", "pl")["cs"], title="Zpráva", body=BODY)


def test_a_page_shows_the_figure_as_it_stands_now(news: NewsPage, client: Client) -> None:
    url = news.get_url()
    page = client.get(url).content.decode()
    assert "o\u00a013–18\u00a0%" in page or "13–18" in page
    assert f"/figures/{KEY}/" in page or KEY in page
    assert "7\u00a0500" in page
    value = krakow_value()
    correct_observation(observation=value, reasons={"en": "x"}, by=None, value=Decimal(7501))
    assert "7\u00a0501" in client.get(url).content.decode()


def krakow_value() -> Any:
    """The value of 2023 by the city's page."""
    return Observation.objects.get(source__key="city-page", period_from="2023-01-01")


def test_a_figure_that_is_hidden_leaves_no_trace(news: NewsPage, client: Client) -> None:
    metric = Metric.objects.get()
    metric.is_published = False
    metric.save()
    page = client.get(news.get_url())
    assert page.status_code == 200
    assert "<figure" not in page.content.decode()


def test_a_translation_keeps_the_figure(news: NewsPage, administrator: User) -> None:
    locale = Locale.objects.get(language_code="pl")
    translate_object(news, [locale], user=administrator)
    Translation.objects.get(source=TranslationSource.objects.get_for_instance(news)).save_target(user=administrator)
    polish: Any = news.get_translation(locale)
    assert [block.value["figure"] for block in polish.specific.body if block.block_type == "figure"] == [KEY]


def test_pages_and_drafts_with_a_figure_are_named(news: NewsPage) -> None:
    assert [link.title for link in pages_with_figure(KEY)] == ["Zpráva"]
    assert list(pages_with_figure("interventions")) == []
    news.body = [("paragraph", "<p>Jen text.</p>")]
    news.save_revision().publish()
    assert list(pages_with_figure(KEY)) == []
    news.body = BODY
    news.save_revision()
    assert [link.title for link in pages_with_figure(KEY)] == ["Zpráva (draft)"]


def test_a_figure_on_a_page_is_neither_deleted_nor_hidden(news: NewsPage) -> None:
    metric = Metric.objects.get()
    with pytest.raises(ValidationError, match="Zpráva"):
        check_unused(metric=metric)
    metric.is_published = False
    with pytest.raises(ValidationError, match="Zpráva"):
        check_change(metric=metric, was_key=KEY, was_published=True)


def test_only_published_figures_are_offered(county: RegionProfile) -> None:
    krakow_interventions()
    block = FigureBlock()
    assert block.clean(block.to_python({"figure": KEY}))["figure"] == KEY
    with pytest.raises(ValidationError):
        block.clean(block.to_python({"figure": "nothing"}))
