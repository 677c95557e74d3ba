"""Bringing the catalogues of translators up to what the code speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from portal.catalogues.extraction import Key, Message

# The rules of Django's own catalogues: with any other, Django would keep ours apart from them.
PLURAL_FORMS = {
    "cs": (
        "nplurals=4; plural=(n == 1 && n % 1 == 0) ? 0 : (n >= 2 && n <= 4 && n % 1 == 0) ? 1: (n % 1 != 0 ) ? 2 : 3;"
    ),
    "pl": (
        "nplurals=4; plural=(n==1 ? 0 : (n%10>=2 && n%10<=4) && (n%100<12 || n%100>14) ? 1 : n!=1 && "
        "(n%10>=0 && n%10<=1) || (n%10>=5 && n%10<=9) || (n%100>=12 && n%100<=14) ? 2 : 3);"
    ),
}
FORMS = 4
# A word of one letter does not end a line; neither does a number before what it counts.
_ONE_LETTER = re.compile(r"(?<![\w%<)\u00a0-])([aioukszvwAIOUKSZVW]) (?=[\w%„])")
_COUNTED = re.compile(r"(%\(\w+\)s|%[sd]) (?=\w)")
NAMED = re.compile(r"%\(\w+\)[-#0 +]*\d*(?:\.\d+)?[a-z]|%[sd]")


@dataclass(frozen=True, slots=True)
class Update:
    """What an update changed and what waits for a translator."""

    added: list[str]
    removed: list[str]
    untranslated: int


def catalogue_path(locale_dir: Path, language: str) -> Path:
    """Where the catalogue of our own messages lies."""
    return locale_dir / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> Key:
    """What tells entries apart."""
    return entry.msgctxt or "", entry.msgid


def is_translated(entry: polib.POEntry) -> bool:
    """Whether every form of the entry has words and none is a guess."""
    forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
    return all(forms) and bool(forms) and not entry.fuzzy


def update_catalogue(path: Path, *, language: str, messages: Mapping[Key, Message]) -> Update:
    """Rewrite the catalogue at ``path``: new messages come empty, those no longer spoken go, words of the rest stay.

    Entries are sorted and carry file names without line numbers, so that a change of code moves no other line.
    """
    known = {key_of(entry): entry for entry in polib.pofile(str(path), encoding="utf-8")} if path.exists() else {}
    made = polib.POFile(wrapwidth=0, encoding="utf-8")
    made.header = f"Safe County, {language}: written by ./run manage messages, translated by hand."
    made.metadata = {
        "Project-Id-Version": "Safe County",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURAL_FORMS[language],
    }
    for key in sorted(messages, key=lambda key: (key[1], key[0])):
        made.append(_entry(messages[key], known.get(key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{made}".rstrip() + "\n", encoding="utf-8")
    return Update(
        added=sorted(message.singular for key, message in messages.items() if key not in known),
        removed=sorted(entry.msgid for key, entry in known.items() if key not in messages),
        untranslated=sum(not is_translated(entry) for entry in made),
    )


def bound(text: str, *, counted: bool = False) -> str:
    """``text`` with non-breaking spaces after words of one letter and, in ``counted`` forms, after numbers."""
    text = _ONE_LETTER.sub("\\1\u00a0", text)
    return _COUNTED.sub("\\1\u00a0", text) if counted else text


def _entry(message: Message, known: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(
        msgid=message.singular,
        msgctxt=message.context or None,
        msgid_plural=message.plural,
        occurrences=[(name, "") for name in sorted(message.files)],
        comment="\n".join(sorted(message.comments)),
        flags=["python-format"] if NAMED.search(message.singular) else [],
    )
    kept = known if known is not None and known.msgid_plural == message.plural and not known.fuzzy else None
    if message.plural:
        words = kept.msgstr_plural if kept else {}
        entry.msgstr_plural = {form: bound(words.get(form, ""), counted=True) for form in range(FORMS)}
    elif kept:
        entry.msgstr = bound(kept.msgstr)
    return entry
