"""Whether an earlier start prepared what lies here now: found out without Django, so that the next start is quick."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent.parent
# What static files are collected from; with the rest, what everything prepared is made from.
STATIC = ("requirements.lock", "*/static/**/*")
SOURCES = (*STATIC, "*/migrations/*.py", "locale/*/LC_MESSAGES/*.po")


class Marks:
    """Marks of finished steps, kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> dict[str, str]:
        """All marks; none when the file is missing or damaged."""
        try:
            marks: dict[str, str] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return marks

    def get(self, name: str) -> str:
        return self.read().get(name, "")

    def set(self, name: str, value: str) -> None:
        draft = self.path.with_suffix(".new")
        draft.write_text(json.dumps({**self.read(), name: value}), encoding="utf-8")
        draft.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)


class Prepared:
    """What a finished preparation leaves in the folder ``var`` for its region."""

    def __init__(self, var: Path, region: str) -> None:
        self.database = var / f"{region}.sqlite3"
        self.accounts = var / f"{region}.accounts.txt"
        self.static = var / "static" / "staticfiles.json"
        self.marks = Marks(var / f"{region}.marks.json")
        self.static_marks = Marks(var / "static.marks.json")

    def is_fresh(self, address: str) -> bool:
        """Whether nothing has to be prepared for ``address`` (only for SQLite: a database server is asked itself)."""
        made = all(path.exists() for path in (self.database, self.accounts, self.static))
        return made and self.marks.get("address") == address and self.marks.get("prepared") == fingerprint(SOURCES)

    def static_is_fresh(self) -> bool:
        return self.static.exists() and self.static_marks.get("static") == fingerprint(STATIC)


def fingerprint(patterns: Sequence[str], root: Path = ROOT) -> str:
    """Digest of names, sizes and times of the files, and of whether a catalogue among them is compiled."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        if path.is_file():
            state = path.stat()
            compiled = path.suffix == ".po" and path.with_suffix(".mo").exists()
            digest.update(f"{path.relative_to(root)} {state.st_size} {state.st_mtime_ns} {compiled}\n".encode())
    return digest.hexdigest()
