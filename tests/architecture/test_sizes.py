"""The sizes the house holds: files, functions, classes, templates, dependencies, suppressions."""

from __future__ import annotations

import ast
import io
import re
import statistics
import tokenize
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
AREAS = ("portal", "reports", "projects", "surveys", "counselling", "region")
FOLDERS = (*AREAS, "bootstrap", "tests")

LONGEST_FILE = 400
LONGEST_TEMPLATE = 200
LONGEST_FUNCTION = 60
MEDIAN_FUNCTION = 7
NINTH_DECILE_FUNCTION = 22
MOST_METHODS = 15
MOST_SUPPRESSIONS = 10
MOST_DEPENDENCIES = 30

# Spelt in pieces, so that this file does not find itself.
MARKS = re.compile(rf"\b({'|'.join(first + rest for first, rest in [('TO', 'DO'), ('FIX', 'ME'), ('X', 'XX')])})\b")
SUPPRESSION = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no\s*(?:cover|branch)|nosec|ruff:\s*noqa|mypy:)")
# What may follow a suppression's own words is its reason: at least two words.
REASON = re.compile(r"(?:#|-|–|—)\s*\S+\s+\S+")


@cache
def sources(*folders: str) -> list[Path]:
    """Python files of ours, migrations aside (they are written by a program)."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]
    return sorted([*found, ROOT / "manage.py", ROOT / "run"])


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def too_long(paths: list[Path], most: int) -> dict[str, int]:
    lengths = {short(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: length for name, length in lengths.items() if length > most}


def length_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body, docstring aside: what a reader must follow."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 1


@cache
def functions(*folders: str) -> dict[str, int]:
    """Every function with the length of its body."""
    lengths = {}
    for path in sources(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lengths[f"{short(path)}:{node.lineno} {node.name}"] = length_of(node)
    return lengths


def classes(*folders: str) -> dict[str, int]:
    """Every class with the number of its methods."""
    methods = {}
    for path in sources(*folders):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                methods[f"{short(path)} {node.name}"] = sum(isinstance(item, ast.FunctionDef) for item in node.body)
    return methods


def comments(path: Path) -> list[tuple[int, str]]:
    """Line numbers and texts of the comments of ``path`` (not of strings that look like comments)."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return [(token.start[0], token.string) for token in tokens if token.type == tokenize.COMMENT]


@cache
def suppressions() -> dict[str, str]:
    """Place and text of every comment that silences a tool."""
    found: dict[str, str] = {}
    for path in sources(*FOLDERS):
        found |= {f"{short(path)}:{line}": text for line, text in comments(path) if SUPPRESSION.search(text)}
    return found


def runtime_dependencies() -> list[str]:
    """Lines of pyproject.toml that name a direct runtime dependency, with their comments."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    first = lines.index("dependencies = [") + 1
    return lines[first : lines.index("]", first)]


def test_files_are_short() -> None:
    assert too_long(sources(*FOLDERS), LONGEST_FILE) == {}


def test_templates_are_short() -> None:
    templates = [path for path in (ROOT / "templates").rglob("*") if path.is_file()]
    assert too_long(templates, LONGEST_TEMPLATE) == {}


def test_functions_are_short() -> None:
    assert {name: length for name, length in functions(*FOLDERS).items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("folders", [AREAS, FOLDERS], ids=["areas", "everything"])
def test_functions_are_mostly_very_short(folders: tuple[str, ...]) -> None:
    lengths = list(functions(*folders).values())
    assert statistics.median(lengths) <= MEDIAN_FUNCTION
    assert statistics.quantiles(lengths, n=10)[-1] <= NINTH_DECILE_FUNCTION


def test_classes_have_few_methods() -> None:
    assert {name: methods for name, methods in classes(*FOLDERS).items() if methods > MOST_METHODS} == {}


def test_nothing_is_left_for_later() -> None:
    folders = [*(ROOT / folder for folder in FOLDERS), ROOT / "templates", ROOT / "docs"]
    kinds = {".py", ".html", ".js", ".css", ".md", ".txt"}
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in kinds]
    assert [short(path) for path in files if MARKS.search(path.read_text(encoding="utf-8"))] == []


def test_suppressions_are_few() -> None:
    assert len(suppressions()) <= MOST_SUPPRESSIONS, "\n".join(suppressions())


def test_suppressions_give_their_reason() -> None:
    reasons = {place: SUPPRESSION.split(text)[-1] for place, text in suppressions().items()}
    assert [place for place, reason in reasons.items() if not REASON.search(reason)] == []


def test_dependencies_are_few() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert len(project["dependencies"]) <= MOST_DEPENDENCIES


def test_dependencies_say_what_they_are_for() -> None:
    assert [line for line in runtime_dependencies() if not re.search(r'",\s*# \S+ ?\S*', line)] == []
