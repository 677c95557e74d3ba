"""From .po to .mo, without gettext and without Django: called at set-up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from pathlib import Path


def compile_catalogues(locale_dir: Path) -> int:
    """Compile every catalogue under ``locale_dir`` that changed since it was compiled; return how many were.

    A catalogue that cannot be read raises ``OSError`` with its place; the compiled file that stood there stays.
    """
    waiting = [
        source
        for source in sorted(locale_dir.rglob("LC_MESSAGES/*.po"))
        if _is_older(source.with_suffix(".mo"), source)
    ]
    for source in waiting:
        _compile(source)
    return len(waiting)


def _is_older(compiled: Path, source: Path) -> bool:
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    """Write beside and rename, so that a process that starts just now never reads half a file."""
    draft = source.with_suffix(f".{os.getpid()}.new")
    try:
        polib.pofile(str(source), encoding="utf-8").save_as_mofile(str(draft))
        draft.replace(source.with_suffix(".mo"))
    finally:
        draft.unlink(missing_ok=True)
