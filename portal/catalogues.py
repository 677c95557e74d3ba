"""Translation catalogues: from the texts people edit (.po) to what gettext reads (.mo), without gettext installed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Iterable


def stale(catalogue: Path) -> bool:
    """Whether the compiled file beside ``catalogue`` is missing or older than it."""
    compiled = catalogue.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < catalogue.stat().st_mtime_ns


def compile_stale(folders: Iterable[str | Path]) -> list[Path]:
    """Compile every stale catalogue under ``folders``; give those that were compiled."""
    found = sorted(path for folder in folders for path in Path(folder).glob("*/LC_MESSAGES/*.po"))
    due = [path for path in found if stale(path)]
    for path in due:
        _compile(path)
    return due


def _compile(catalogue: Path) -> None:
    """Write the compiled file at once, so that a reader never meets half of it."""
    draft = catalogue.with_suffix(".mo.new")
    polib.pofile(str(catalogue), encoding="utf-8").save_as_mofile(str(draft))
    draft.replace(catalogue.with_suffix(".mo"))
