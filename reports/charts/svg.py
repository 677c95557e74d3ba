"""Pieces of SVG as text: elements, numbers, and how wide a text will be. Pure: no Django."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

# Characters that XML cannot hold, whatever is written around them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Mean widths of sans-serif types in use, of the height of the type; on the generous side.
_NARROW, _WIDE, _USUAL, _DIGIT, _CAPITAL = 0.36, 0.94, 0.61, 0.63, 0.72
_NARROW_LETTERS = frozenset("iljtfrI.,:;'|!()[] \u00a0")
_WIDE_LETTERS = frozenset("mwMW%—≈≥")
BOLD = 1.12
Attribute = str | float | None


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is markup already; templates take it as it is, since every part of it went through `clean`."""

    text: str

    def __html__(self) -> str:
        """What a template shows."""
        return self.text


def clean(text: str) -> str:
    """Text that may stand in an element or in a quoted attribute."""
    return escape(_NOT_XML.sub("", text))


def plain(value: float) -> str:
    """A number with at most two decimals and nothing superfluous."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def percent(value: float) -> str:
    """A length in per cent of the drawing's width; nothing lies outside it."""
    return f"{plain(min(max(value, 0.0), 100.0))}%"


def element(name: str, content: str = "", /, **attributes: Attribute) -> str:
    """One element; `content` is markup already, attributes are escaped, those of None are left out.

    A trailing underscore is dropped (``class_``), others become hyphens.
    """
    shown = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{clean(value) if isinstance(value, str) else plain(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{shown}>{content}</{name}>" if content else f"<{name}{shown}/>"


def text(words: str, /, **attributes: Attribute) -> str:
    """A text of plain words."""
    return element("text", clean(words), **attributes)


def _letter(letter: str) -> float:
    if letter in _NARROW_LETTERS:
        return _NARROW
    if letter.isdigit():
        return _DIGIT
    if letter in _WIDE_LETTERS:
        return _WIDE
    return _CAPITAL if letter.isupper() else _USUAL


def text_width(words: str, size: float = 16, *, bold: bool = False) -> float:
    """About how many pixels a text takes."""
    return sum(map(_letter, words)) * size * (BOLD if bold else 1)


def cut(words: str, room: float, size: float = 16, *, bold: bool = False) -> str:
    """The text, or as much of it as fits into `room` pixels, with an ellipsis."""
    if text_width(words, size, bold=bold) <= room:
        return words
    kept = words
    while kept and text_width(f"{kept}…", size, bold=bold) > room:
        kept = kept[:-1]
    return f"{kept.rstrip(' ,.;:-')}…"


def wrapped(words: str, room: float, size: float = 16, *, bold: bool = False, most: int = 4) -> list[str]:
    """Lines that fit into `room` pixels each; a word too long for a line is cut, as is what passes `most` lines."""
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        elif word:
            lines.append(word)
    kept = [cut(line, room, size, bold=bold) for line in lines[:most]]
    if len(lines) > most:
        kept[-1] = f"{kept[-1].rstrip('…')}…"
    return kept
