"""Pages translated by wagtail-localize."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation, TranslationSource
from wagtail_localize.operations import translate_object

from portal.blocks import TableBlock
from portal.models import NewsPage, ProgrammePage
from tests.factories import places, trees
from tests.factories.pages import topic as new_topic

if TYPE_CHECKING:
    from region.models import RegionProfile, User

TABLE = {
    "columns": [{"type": "text", "heading": "Rok"}, {"type": "number", "heading": "Počet"}],
    "rows": [{"values": ["první", "4"]}],
    "caption": "Projekty",
}


def table() -> Any:
    """A table with words and a number."""
    block = TableBlock()
    block.set_name("table")
    return block.to_python(TABLE)


@pytest.fixture
def news(county: RegionProfile) -> NewsPage:
    """A Czech piece of news with a table, in a site of two languages."""
    site = trees.trees("cs", "pl")
    body = [("paragraph", "<p>Text zprávy.</p>"), ("table", table())]
    return trees.news(site["cs"], title="Zpráva", body=body, towns=[places.town()], topics=[new_topic()])


def translated(page: NewsPage, words: dict[str, str], by: User) -> NewsPage:
    """The Polish page after a translator has put in ``words``."""
    locale = Locale.objects.get(language_code="pl")
    translate_object(page, [locale], user=by)
    source = TranslationSource.objects.get_for_instance(page)
    for segment in source.stringsegment_set.select_related("string", "context"):
        if segment.string.data in words:
            StringTranslation.objects.create(
                translation_of=segment.string, locale=locale, context=segment.context, data=words[segment.string.data]
            )
    Translation.objects.get(source=source).save_target(user=by)
    found: NewsPage = page.get_translation(locale)
    return found


def test_translated_news_has_the_translators_words_and_keeps_the_rest(news: NewsPage, administrator: User) -> None:
    words = {
        "Zpráva": "Wiadomość",
        "Text zprávy.": "Treść.",
        "Rok": "Rok PL",
        "první": "pierwszy",
        "Projekty": "Projekty PL",
    }
    page = translated(news, words, administrator)
    found = page.body[1].value
    assert (page.title, page.date) == ("Wiadomość", date(2026, 3, 1))
    assert "Treść." in page.body[0].value.source
    assert (found.caption, [column["heading"] for column in found.columns]) == ("Projekty PL", ["Rok PL", "Počet"])
    assert [row["values"] for row in found.row_data] == [["pierwszy", "4"]]


def test_translated_news_is_about_the_same_towns_and_topics(news: NewsPage, administrator: User) -> None:
    page = translated(news, {}, administrator)
    assert list(page.towns.all()) == list(news.towns.all())
    assert list(page.topics.all()) == list(news.topics.all())
    assert page.towns.count() == page.topics.count() == 1


def test_milestones_keep_their_dates_in_translation(county: RegionProfile, administrator: User) -> None:
    site = trees.trees("cs", "pl")
    value = {"date": date(2010, 7, 1), "precision": "day", "heading": "Začátek", "text": "", "source": ""}
    page = trees.add(site["cs"]["home"], ProgrammePage, slug="dalsi", milestones=[("milestone", value)])
    translate_object(page, [Locale.objects.get(language_code="pl")], user=administrator)
    milestone = page.get_translation(Locale.objects.get(language_code="pl")).milestones[0].value
    assert (milestone["date"], milestone["heading"]) == (date(2010, 7, 1), "Začátek")
