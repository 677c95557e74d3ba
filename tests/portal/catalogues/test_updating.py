from __future__ import annotations

from typing import TYPE_CHECKING

import polib
import pytest

from portal.catalogues.extraction import Message
from portal.catalogues.updating import Update, bound, catalogue_path, is_translated, update_catalogue

if TYPE_CHECKING:
    from pathlib import Path

TOWN = Message("%(n)s town", "%(n)s towns", files=frozenset({"b.py", "a.py"}))
STATE = Message("member", context="town", files=frozenset({"a.py"}), comments=frozenset({"of the programme"}))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return catalogue_path(tmp_path, "cs")


def _update(path: Path, *messages: Message) -> Update:
    return update_catalogue(path, language="cs", messages={message.key: message for message in messages})


def test_update_without_catalogue_writes_empty_entries(path: Path) -> None:
    assert _update(path, TOWN, STATE) == Update(added=["%(n)s town", "member"], removed=[], untranslated=2)
    text = path.read_text(encoding="utf-8")
    assert text[text.index("#: a.py") :] == (
        "#: a.py b.py\n"
        "#, python-format\n"
        'msgid "%(n)s town"\n'
        'msgid_plural "%(n)s towns"\n'
        'msgstr[0] ""\n'
        'msgstr[1] ""\n'
        'msgstr[2] ""\n'
        'msgstr[3] ""\n'
        "\n"
        "#. of the programme\n"
        "#: a.py\n"
        'msgctxt "town"\n'
        'msgid "member"\n'
        'msgstr ""\n'
    )


def test_update_keeps_words_and_drops_what_is_not_spoken(path: Path) -> None:
    _update(path, TOWN, STATE)
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue.find("member").msgstr = "člen"
    catalogue.save()
    assert _update(path, STATE) == Update(added=[], removed=["%(n)s town"], untranslated=0)
    assert [entry.msgstr for entry in polib.pofile(str(path))] == ["člen"]


def test_update_twice_changes_nothing(path: Path) -> None:
    _update(path, TOWN, STATE)
    first = path.read_bytes()
    _update(path, STATE, TOWN)
    assert path.read_bytes() == first


def test_update_drops_guesses(path: Path) -> None:
    _update(path, STATE)
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue[0].msgstr = "úd"
    catalogue[0].flags.append("fuzzy")
    catalogue.save()
    _update(path, STATE)
    assert [(entry.msgstr, entry.flags) for entry in polib.pofile(str(path))] == [("", [])]


def test_update_of_message_that_gained_a_plural_drops_the_words(path: Path) -> None:
    _update(path, Message("town"))
    catalogue = polib.pofile(str(path), wrapwidth=0)
    catalogue[0].msgstr = "město"
    catalogue.save()
    _update(path, Message("town", "towns"))
    assert dict(polib.pofile(str(path))[0].msgstr_plural) == {0: "", 1: "", 2: "", 3: ""}


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (polib.POEntry(msgid="a", msgstr="á"), True),
        (polib.POEntry(msgid="a", msgstr=""), False),
        (polib.POEntry(msgid="a", msgstr="á", flags=["fuzzy"]), False),
        (polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "á", 1: "é"}), True),
        (polib.POEntry(msgid="a", msgid_plural="b", msgstr_plural={0: "á", 1: ""}), False),
        (polib.POEntry(msgid="a", msgid_plural="b"), False),
    ],
)
def test_entry_is_translated_when_every_form_has_words(entry: polib.POEntry, expected: bool) -> None:
    assert is_translated(entry) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("kdo odpovídá v obci", "kdo odpovídá v\u00a0obci"),
        ("V okrese i v kraji", "V\u00a0okrese i\u00a0v\u00a0kraji"),
        ("a <a href='x'>", "a <a href='x'>"),
        ("strana A (mapa)", "strana A (mapa)"),
        (" a ", " a "),
        ("ve městě", "ve městě"),
        ("z „mapy“", "z\u00a0„mapy“"),
        ("%(email)s čeká na kód", "%(email)s čeká na kód"),
    ],
)
def test_word_of_one_letter_does_not_end_a_line(text: str, expected: str) -> None:
    assert bound(text) == expected


def test_counted_number_does_not_end_a_line() -> None:
    assert bound("%(n)s obcí z %(all)s", counted=True) == "%(n)s\u00a0obcí z\u00a0%(all)s"
