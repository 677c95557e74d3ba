"""The little markup of the demo texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.demo.markup import Block, BlockKind, blocks, slug, to_html, to_plain

TEXT = """
First line
goes on with **strong** words & <signs>.

## A heading
- one
- two

Last.
"""


def test_blocks_of_every_kind() -> None:
    assert blocks(TEXT) == (
        Block(BlockKind.PARAGRAPH, ("First line goes on with **strong** words & <signs>.",)),
        Block(BlockKind.HEADING, ("A heading",)),
        Block(BlockKind.LIST, ("one", "two")),
        Block(BlockKind.PARAGRAPH, ("Last.",)),
    )


def test_html_escapes_everything_but_its_own_tags() -> None:
    assert to_html(TEXT) == (
        "<p>First line goes on with <strong>strong</strong> words &amp; &lt;signs&gt;.</p>\n"
        "<h2>A heading</h2>\n<ul><li>one</li><li>two</li></ul>\n<p>Last.</p>"
    )


def test_plain_text_keeps_only_words() -> None:
    assert to_plain(TEXT) == "First line goes on with strong words & <signs>.\nA heading\none\ntwo\nLast."


def test_blocks_of_empty_text() -> None:
    assert blocks("\n \n") == ()


@given(st.text())
def test_html_of_any_text_never_lets_a_foreign_tag_through(text: str) -> None:
    html = to_html(text)
    for tag in ("h2", "p", "ul", "li", "strong"):
        html = html.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert ("<" in html, ">" in html) == (False, False)


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Stříbro přidá kamery u\N{NO-BREAK SPACE}nádraží", "stribro-prida-kamery-u-nadrazi"),
        ("Łódź – zażółć gęślą jaźń", "lodz-zazolc-gesla-jazn"),
        ("a" * 30 + " " + "b" * 40, "a" * 30),
    ],
)
def test_slug_of_a_title(title: str, address: str) -> None:
    assert slug(title) == address
