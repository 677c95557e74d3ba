"""What a guide tells search engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.factories.pages import guide_page

if TYPE_CHECKING:
    from django.test import RequestFactory

    from portal.domain.site import Pages


def test_answer_for_search_engines_is_plain_text(site: Pages, rf: RequestFactory) -> None:
    answer = f'<p>Volejte <a linktype="page" id="{site["about"]["cs"].pk}">nás</a> &amp; hned.</p>'
    page = guide_page(site, words={"questions": [("question", {"question": "Co teď?", "answer": answer})]})["cs"]
    facts = page.machine_facts(rf.get("/")) or {}
    assert [one["acceptedAnswer"]["text"].strip() for one in facts["mainEntity"]] == ["Volejte nás & hned."]
