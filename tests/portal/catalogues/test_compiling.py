from __future__ import annotations

import gettext
import os
from typing import TYPE_CHECKING

import pytest

from portal.catalogues import compile_catalogues

if TYPE_CHECKING:
    from pathlib import Path

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "cs" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + 'msgid "town"\nmsgstr "město"\n', encoding="utf-8")
    return path


def _words(catalogue: Path, message: str) -> str:
    with catalogue.with_suffix(".mo").open("rb") as file:
        return gettext.GNUTranslations(file).gettext(message)


def test_compile_new_catalogue_gives_words(catalogue: Path, tmp_path: Path) -> None:
    assert compile_catalogues(tmp_path) == 1
    assert _words(catalogue, "town") == "město"


def test_compile_unchanged_catalogue_does_nothing(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    assert compile_catalogues(tmp_path) == 0


def test_compile_changed_catalogue_renews_words(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    catalogue.write_text(HEADER + 'msgid "town"\nmsgstr "obec"\n', encoding="utf-8")
    later = catalogue.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    os.utime(catalogue, ns=(later, later))
    assert compile_catalogues(tmp_path) == 1
    assert _words(catalogue, "town") == "obec"


def test_compile_finds_catalogues_in_deeper_folders(catalogue: Path, tmp_path: Path) -> None:
    deeper = tmp_path / "wagtail" / "pl" / "LC_MESSAGES"
    deeper.mkdir(parents=True)
    deeper.joinpath("django.po").write_bytes(catalogue.read_bytes())
    assert compile_catalogues(tmp_path) == 2


def test_compile_broken_catalogue_keeps_the_old_words(catalogue: Path, tmp_path: Path) -> None:
    compile_catalogues(tmp_path)
    catalogue.write_text('msgid "town\nmsgstr', encoding="utf-8")
    later = catalogue.with_suffix(".mo").stat().st_mtime_ns + 1_000_000
    os.utime(catalogue, ns=(later, later))
    with pytest.raises(OSError, match="Syntax error"):
        compile_catalogues(tmp_path)
    assert _words(catalogue, "town") == "město"
    assert sorted(path.name for path in catalogue.parent.iterdir()) == ["django.mo", "django.po"]
