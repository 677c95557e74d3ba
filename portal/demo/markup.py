"""The little markup of the demo texts: paragraphs, `## ` headings, `- ` lists and `**strong**` words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from html import escape

from django.utils.text import slugify
from wagtail.coreutils import string_to_ascii

LONGEST_SLUG = 60
_BLANK_LINE = re.compile(r"\n\s*\n")
_STRONG = re.compile(r"\*\*(.+?)\*\*")


class BlockKind(Enum):
    """What a block of text is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading or paragraph (a single line) or one list (a line for each item); `**` marks are kept."""

    kind: BlockKind
    lines: tuple[str, ...]

    def __html__(self) -> str:
        """The block for templates, which escape everything that does not offer its own HTML."""
        return block_html(self)


def blocks(markup: str) -> tuple[Block, ...]:
    """Split `markup` into blocks; chunks are separated by blank lines, a heading stands on its own line."""
    return tuple(block for chunk in _BLANK_LINE.split(markup.strip()) if chunk.strip() for block in _of_chunk(chunk))


def slug(title: str) -> str:
    """Return the part of an address that a title makes: plain letters and whole words, at most 60 letters."""
    words = slugify(string_to_ascii(title)).split("-")
    while len("-".join(words)) > LONGEST_SLUG:
        words.pop()
    return "-".join(words)


def to_html(markup: str) -> str:
    """Return `markup` as HTML with h2, p, ul, li and strong only; everything else in the text is escaped."""
    return "\n".join(block_html(block) for block in blocks(markup))


def to_plain(markup: str) -> str:
    """Return `markup` as plain text, a line for each heading, paragraph and list item."""
    return "\n".join(line.replace("**", "") for block in blocks(markup) for line in block.lines)


def _of_chunk(chunk: str) -> Iterator[Block]:
    lines = [line.strip() for line in chunk.strip().splitlines()]
    if lines[0].startswith("## "):
        yield Block(BlockKind.HEADING, (lines[0][3:].strip(),))
        lines = lines[1:]
    if lines and all(line.startswith("- ") for line in lines):
        yield Block(BlockKind.LIST, tuple(line[2:].strip() for line in lines))
    elif lines:
        yield Block(BlockKind.PARAGRAPH, (" ".join(lines),))


def block_html(block: Block) -> str:
    """Return one block as HTML."""
    parts = [_inline_html(line) for line in block.lines]
    if block.kind is BlockKind.HEADING:
        return f"<h2>{parts[0]}</h2>"
    if block.kind is BlockKind.PARAGRAPH:
        return f"<p>{parts[0]}</p>"
    return "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>"


def _inline_html(line: str) -> str:
    return _STRONG.sub(r"<strong>\1</strong>", escape(line, quote=False))
