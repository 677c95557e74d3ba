"""Long words get places where a line may end, and nothing else changes."""

from __future__ import annotations

import pytest
from django.utils.safestring import SafeString

from portal.templatetags.parts_office import breakable


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("Jana Nová, jana@example.org", "Jana Nová, jana@example.org"),
        ("lenka.reader@example.org", "lenka<wbr>.reader@<wbr>example<wbr>.org"),
        ("obce_plzenskeho_kraje.csv 2026", "obce_<wbr>plzenskeho_<wbr>kraje<wbr>.csv 2026"),
        ("0123456789abcdef01234567", "0123456789abcdef0123<wbr>4567"),
        ("nejneobhospodarovavatelnejsi", "nejneobhospodarovava<wbr>telnejsi"),
        ("<b>aaaaaaaaaaaaaaaa&bbbb</b>", "&lt;b&gt;aaaaaaaaaaaaaaaa&amp;<wbr>bbbb&lt;/<wbr>b&gt;"),
    ],
)
def test_long_words_may_be_broken(text: str, shown: str) -> None:
    assert breakable(text) == shown


def test_what_is_markup_already_stays() -> None:
    assert breakable(SafeString("<b>aaaaaaaaaaaaaaaaaaaaaaaa</b>")) == "<b>aaaaaaaaaaaaaaaaaaaaaaaa</b>"
