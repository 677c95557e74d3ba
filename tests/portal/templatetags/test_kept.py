"""Small components are rendered once for the same arguments, and never mixed up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.safestring import SafeString

from portal.templatetags import kept

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    kept._rendered.cache_clear()
    yield
    kept._rendered.cache_clear()


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


def test_same_arguments_are_rendered_once() -> None:
    first, second = (render("{% heading text level=2 %}", text="Town") for _ in range(2))
    assert (first, kept._rendered.cache_info().misses) == (second, 1)


def test_text_known_to_be_safe_never_lends_its_result_to_other_text() -> None:
    safe = render("{% heading text level=2 %}", text=SafeString("<b>bold</b>"))
    plain = render("{% heading text level=2 %}", text="<b>bold</b>")
    assert ("<b>" in safe, "<b>" in plain, "&lt;b&gt;" in plain) == (True, False, True)


def test_every_language_has_its_own_result() -> None:
    found = []
    for language in ("cs", "en"):
        with translation.override(language):
            found.append(render("{% demo_mark %}"))
    assert found == ['<span class="demo">příklad</span>\n', '<span class="demo">example</span>\n']


def test_lists_may_be_arguments() -> None:
    source = '{% person name="Jana" role="police" hours=hours %}'
    found = [render(source, hours=[[day, "15:00", "17:00"]]) for day in (0, 1, 0)]
    assert (found[0] == found[2], found[0] == found[1]) == (True, False)


def test_unknown_argument_is_an_error() -> None:
    with pytest.raises(TemplateSyntaxError):
        render('{% heading "Town" level=2 colour="red" %}')


def test_number_of_kept_results_is_bounded() -> None:
    assert kept._rendered.cache_info().maxsize == 4_000
