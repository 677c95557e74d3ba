from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.catalogues.extraction import Message, as_code, collect_messages, messages_of, with_inner_calls

if TYPE_CHECKING:
    from pathlib import Path


def _template(text: str) -> list[Message]:
    return list(messages_of(as_code(text, "x.html"), "x.html"))


def _said(*words: str, comments: frozenset[str] = frozenset()) -> Message:
    context, singular, plural = words
    return Message(singular, plural, context, frozenset({"x.html"}), comments)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% translate "Towns" %}', _said("", "Towns", "")),
        ('{% translate "member" context "town" as word %}', _said("town", "member", "")),
        ('{% button label=_("Send") %}', _said("", "Send", "")),
        ('{{ _("Send")|upper }}', _said("", "Send", "")),
        ("{% blocktranslate trimmed %}\n  Two\n  lines\n{% endblocktranslate %}", _said("", "Two lines", "")),
        (
            "{% blocktranslate count n=towns|length %}{{ n }} town{% plural %}{{ n }} towns{% endblocktranslate %}",
            _said("", "%(n)s town", "%(n)s towns"),
        ),
        (
            '{% blocktranslate count n=n context "map" %}one{% plural %}many{% endblocktranslate %}',
            _said("map", "one", "many"),
        ),
        (
            '{# Translators: a verb #}\n<p>{% translate "Post" %}</p>',
            _said("", "Post", "", comments=frozenset({"a verb"})),
        ),
    ],
)
def test_template_message_is_found(text: str, expected: Message) -> None:
    assert _template(text) == [expected]


def test_template_with_uneven_indent_is_read() -> None:
    text = "<div>\n        <p>\n   it's {% translate 'One' %}\n </p>\n     {% translate 'Two' %} (\n</div>"
    assert [message.singular for message in _template(text)] == ["One", "Two"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('_("Towns")', _said("", "Towns", "")),
        ('gettext_lazy("To" "wns")', _said("", "Towns", "")),
        ('ngettext("%d town", "%d towns", n)', _said("", "%d town", "%d towns")),
        ('pgettext_lazy("kind", "town")', _said("kind", "town", "")),
        ('npgettext("kind", "%d town", "%d towns", n)', _said("kind", "%d town", "%d towns")),
    ],
)
def test_python_message_is_found(code: str, expected: Message) -> None:
    assert list(messages_of(code, "x.html")) == [expected]


def test_message_inside_an_f_string_is_found() -> None:
    code = with_inner_calls("""text = f"{number(3)} {pgettext('people', 'inh.')} {name}\"""")
    assert {message.key for message in messages_of(code, "x.py")} == {("people", "inh.")}


def test_messages_of_packages_and_templates_are_joined(tmp_path: Path) -> None:
    for package in ("region", "projects", "surveys", "counselling", "reports", "portal", "templates"):
        (tmp_path / package).mkdir()
    (tmp_path / "region" / "enums.py").write_text('_("town")', encoding="utf-8")
    (tmp_path / "templates" / "a.html").write_text('{% translate "town" %}', encoding="utf-8")
    (tmp_path / "region" / "migrations").mkdir()
    (tmp_path / "region" / "migrations" / "0001_initial.py").write_text('_("old")', encoding="utf-8")
    assert collect_messages(tmp_path) == {
        ("", "town"): Message("town", files=frozenset({"region/enums.py", "templates/a.html"}))
    }


def test_message_with_two_plurals_is_refused() -> None:
    with pytest.raises(ValueError, match="two plurals"):
        Message("town", "towns").joined(Message("town", "municipalities"))


def test_message_with_one_plural_keeps_it() -> None:
    assert Message("town").joined(Message("town", "towns")) == Message("town", "towns")
