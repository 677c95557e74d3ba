"""All tables of this folder, joined."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from tests.permissions.rows import Row


def every_row() -> list[Row]:
    """Rows of ``table_<area>.py``, files by name."""
    stems = sorted(path.stem for path in Path(__file__).parent.glob("table_*.py"))
    return [row for stem in stems for row in import_module(f"tests.permissions.{stem}").ROWS]
