"""The rules themselves: a fault planted in an entry is found, a good entry has none."""

from __future__ import annotations

import polib
import pytest

from portal.catalogues.extraction import Message
from tests.translations.faults import faults_of_entry, faults_of_message


def _plural(*forms: str) -> polib.POEntry:
    return polib.POEntry(msgid="%(n)s town", msgid_plural="%(n)s towns", msgstr_plural=dict(enumerate(forms)))


def _pair(source: str, text: str) -> polib.POEntry:
    return polib.POEntry(msgid=source, msgstr=text)


@pytest.mark.parametrize(
    "entry",
    [
        _pair("Towns", "Obce"),
        _pair("Send to %(name)s.", "Odeslat: %(name)s."),
        _pair(" and ", " a "),
        _pair("Say “yes”", "Řekněte „ano“"),
        _pair('See <a href="%(url)s">the rules</a>.', 'Viz <a href="%(url)s">pravidla</a>.'),
        _pair("Loading…", "Načítáme…"),
        _plural("%(n)s obec", "%(n)s obce", "%(n)s obce", "%(n)s obcí"),
    ],
)
def test_good_entry_has_no_fault(entry: polib.POEntry) -> None:
    assert faults_of_entry(entry, "cs") == []


def test_form_for_one_may_speak_without_its_number_as_english_does() -> None:
    forms = {0: "jedna obec", 1: "%(n)s obce", 2: "%(n)s obce", 3: "%(n)s obcí"}
    entry = polib.POEntry(msgid="one town", msgid_plural="%(n)s towns", msgstr_plural=forms)
    assert faults_of_entry(entry, "cs") == []


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        (_pair("Towns", ""), "'Towns': is not translated"),
        (_pair("Towns", "Obce!"), "'Towns': shouts: no exclamation marks"),
        (_pair("Wait…", "Čekejte..."), "'Wait…': has three dots for …"),
        (_pair("A town", "Ta  obec"), "'A town': has two spaces in a row"),
        (_pair("“a”", "“a”"), "'“a”': has other quotation marks than „ “"),
        (_pair("“a”", '"a"'), "'“a”': has other quotation marks than „ “"),
        (_pair("“a”", "„a"), "'“a”': has other quotation marks than „ “"),
        (_pair("%(a)s b", "%(b)s b"), "'%(a)s b': has other placeholders: '%(b)s b'"),
        (_pair("{z} b", "b"), "'{z} b': has other placeholders: 'b'"),
        (_pair("<b>a</b>", "a"), "'<b>a</b>': has other tags: 'a'"),
        (_pair(" and ", "a"), "' and ': begins or ends with other spaces: 'a'"),
        (_pair("Towns", "Obce "), "'Towns': begins or ends with other spaces: 'Obce '"),
        (_pair("Done.", "Hotovo"), "'Done.': ends otherwise: 'Hotovo'"),
        (_pair("Why", "Proč?"), "'Why': ends otherwise: 'Proč?'"),
        (_plural("%(n)s a", "%(n)s b", "%(n)s c"), "'%(n)s town': has 3 plural forms, 4 are needed"),
        (_plural("%(n)s a", "", "%(n)s c", "%(n)s d"), "'%(n)s town': is not translated"),
        (_plural("%(n)s a", "b", "%(n)s c", "%(n)s d"), "'%(n)s town': has other placeholders: 'b'"),
        (
            polib.POEntry(msgctxt="part of an address", msgid="sent/", msgstr="odesláno/"),
            "'sent/': is no part of an address: 'odesláno/'",
        ),
        (polib.POEntry(msgid="a", msgstr="b", flags=["fuzzy"]), "'a': is only a guess (fuzzy)"),
    ],
)
def test_fault_is_found(entry: polib.POEntry, fault: str) -> None:
    faults = faults_of_entry(entry, "cs")
    assert [found for found in faults if found == fault] == [fault]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Done!", "shouts: no exclamation marks"),
        ("Wait...", "has three dots for …"),
        ('A "town"', "has other quotation marks than “ ”"),
    ],
)
def test_fault_of_english_message_is_found(text: str, fault: str) -> None:
    assert faults_of_message(Message(text)) == [f"{text!r}: {fault}"]


def test_good_english_message_has_no_fault() -> None:
    assert faults_of_message(Message("%(n)s “town”", "%(n)s “towns”")) == []
