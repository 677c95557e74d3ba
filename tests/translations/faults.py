"""What may be wrong with the words of one message, said in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polib

    from portal.catalogues.extraction import Message

FORMS = 4
# One short word whose full stop is its own: "mil."
ABBREVIATION = re.compile(r"\w{1,4}\.")
PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?\w[^>]*>")
FINAL = ".:?…"
ADDRESS = "part of an address"
SLUG = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)+")
# opening and closing quotation marks that a language does not have
FOREIGN_QUOTES = {"cs": '"”', "pl": '"“', "en": '"„'}
QUOTES = {"cs": ("„", "“"), "pl": ("„", "”"), "en": ("“", "”")}


def faults_of_message(message: Message) -> list[str]:
    """Faults of an English message."""
    texts = [message.singular, message.plural]
    return [f"{message.singular!r}: {fault}" for text in texts if text for fault in _faults_of_text(text, "en")]


def faults_of_entry(entry: polib.POEntry, language: str) -> list[str]:
    """Faults of a translated entry."""
    return [f"{entry.msgid!r}: {fault}" for fault in _faults_of_entry(entry, language)]


def _faults_of_entry(entry: polib.POEntry, language: str) -> Iterator[str]:
    if entry.fuzzy:
        yield "is only a guess (fuzzy)"
    pairs = list(_pairs(entry))
    if entry.msgid_plural and len(pairs) != FORMS:
        yield f"has {len(pairs)} plural forms, {FORMS} are needed"
    if entry.msgctxt == ADDRESS and not SLUG.fullmatch(entry.msgstr):
        yield f"is no part of an address: {entry.msgstr!r}"
    for source, text in pairs:
        if not text.strip():
            yield "is not translated"
            continue
        yield from _faults_of_text(text, language)
        yield from _differences(source, text)


def _pairs(entry: polib.POEntry) -> Iterator[tuple[str, str]]:
    """English and translated text side by side; the form for one may speak without its number, as English does."""
    if not entry.msgid_plural:
        yield entry.msgid, entry.msgstr
        return
    for form, text in sorted(entry.msgstr_plural.items()):
        alike = form == 0 and PLACEHOLDER.findall(entry.msgid) == PLACEHOLDER.findall(text)
        yield (entry.msgid if alike else entry.msgid_plural), text


def _faults_of_text(text: str, language: str) -> Iterator[str]:
    words = TAG.sub("", text)
    if "!" in words:
        yield "shouts: no exclamation marks"
    if "..." in words:
        yield "has three dots for …"
    if re.search(r"\S  +\S", words):
        yield "has two spaces in a row"
    opening, closing = QUOTES[language]
    if words.count(opening) != words.count(closing) or any(mark in words for mark in FOREIGN_QUOTES[language]):
        yield f"has other quotation marks than {opening} {closing}"


def _differences(source: str, text: str) -> Iterator[str]:
    if sorted(set(PLACEHOLDER.findall(source))) != sorted(set(PLACEHOLDER.findall(text))):
        yield f"has other placeholders: {text!r}"
    if sorted(TAG.findall(source)) != sorted(TAG.findall(text)):
        yield f"has other tags: {text!r}"
    if _edges(source) != _edges(text):
        yield f"begins or ends with other spaces: {text!r}"
    if _final(source) != _final(text) and not ABBREVIATION.fullmatch(text):
        yield f"ends otherwise: {text!r}"


def _edges(text: str) -> tuple[bool, bool]:
    return text[:1].isspace(), text[-1:].isspace()


def _final(text: str) -> str:
    """The mark that ends the sentence, if any."""
    last = TAG.sub("", text).rstrip()[-1:]
    return last if last in FINAL else ""
