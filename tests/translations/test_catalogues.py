"""Every message has its words in Czech and Polish, and they are written as the house writes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import django
import polib
import pytest
import wagtail
import wagtail_localize

from portal.catalogues.extraction import Key, Message, collect_messages
from portal.catalogues.updating import catalogue_path, key_of
from tests.translations.faults import faults_of_entry, faults_of_message

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "locale"
LANGUAGES = ["cs", "pl"]
# Words for the editors' screens that Wagtail itself lacks (its own messages, our translation).
WAGTAIL = LOCALE / "wagtail"
DOMAINS = ["django", "djangojs"]


@cache
def _messages() -> dict[Key, Message]:
    return collect_messages(ROOT)


@cache
def _catalogue(path: Path) -> polib.POFile:
    return polib.pofile(str(path), encoding="utf-8", wrapwidth=0)


def _own(language: str) -> polib.POFile:
    return _catalogue(catalogue_path(LOCALE, language))


def _foreign(language: str, domain: str) -> polib.POFile:
    return _catalogue(catalogue_path(WAGTAIL, language).with_name(f"{domain}.po"))


@cache
def _wagtail_messages(domain: str) -> set[Key]:
    """Messages of the editors' screens, from the catalogues that come with Wagtail; ``djangojs`` is for its scripts."""
    folders = [Path(module.__file__ or "").parent for module in (wagtail, wagtail_localize)]
    return {
        key_of(entry)
        for folder in folders
        for path in folder.rglob(f"locale/en/LC_MESSAGES/{domain}.po")
        for entry in polib.pofile(str(path))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_holds_just_what_the_code_speaks(language: str) -> None:
    spoken = {key: message.plural for key, message in _messages().items()}
    written = {key_of(entry): entry.msgid_plural for entry in _own(language)}
    waiting = sorted(spoken.items() - written.items())
    idle = sorted(written.items() - spoken.items())
    assert (waiting, idle) == ([], []), "./run manage messages brings the catalogues up to date"


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_words_have_no_fault(language: str) -> None:
    assert [fault for entry in _own(language) for fault in faults_of_entry(entry, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogue_plural_rule_is_that_of_django(language: str) -> None:
    theirs = Path(django.__file__).parent / "conf" / "locale" / language / "LC_MESSAGES" / "django.po"
    rule = _catalogue(theirs).metadata["Plural-Forms"]
    ours = [_own(language), *(_foreign(language, domain) for domain in DOMAINS)]
    assert [catalogue.metadata["Plural-Forms"] for catalogue in ours] == [rule] * 3


def test_english_messages_have_no_fault() -> None:
    assert [fault for message in _messages().values() for fault in faults_of_message(message)] == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wagtail_words_have_no_fault(language: str, domain: str) -> None:
    assert [fault for entry in _foreign(language, domain) for fault in faults_of_entry(entry, language)] == []


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_wagtail_words_answer_messages_of_wagtail(language: str, domain: str) -> None:
    assert sorted({key_of(entry) for entry in _foreign(language, domain)} - _wagtail_messages(domain)) == []


def test_locale_folder_is_no_package() -> None:
    assert list(LOCALE.rglob("*.py")) == []
