"""Files of the project, for the tests that read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AREAS = ("portal", "reports", "projects", "surveys", "counselling", "region")
BESIDE = {".venv", ".git", "var", "__pycache__", ".mypy_cache", ".ruff_cache", ".hypothesis", "node_modules"}
TEXTS = {".py", ".html", ".txt", ".xml", ".css", ".js", ".md", ".toml", ".lock", ".po", ".svg", ".json", ".csv", ""}


@cache
def python_files(*folders: str) -> list[Path]:
    """Python files of ``folders``, without migrations."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def text_files() -> list[Path]:
    """Every text file of the project."""
    found = [path for path in ROOT.rglob("*") if path.is_file() and not BESIDE & set(path.relative_to(ROOT).parts)]
    return sorted(path for path in found if path.suffix in TEXTS and path.name != ".env")


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def short(path: Path) -> str:
    """Path from the project's folder, for messages."""
    return path.relative_to(ROOT).as_posix()
