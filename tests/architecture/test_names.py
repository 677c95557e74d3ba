"""Names of files and functions follow the house."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from portal.catalogues.extraction import KEYWORDS
from tests.architecture.sources import AREAS, ROOT, python_files, short, tree

if TYPE_CHECKING:
    from pathlib import Path

FORBIDDEN = {"utils", "helpers", "common", "managers", "services", "signals", "misc"}
# Functions of django.utils.translation that speak no message.
SILENT = {
    "activate", "check_for_language", "deactivate", "get_language", "get_language_from_request", "get_language_info",
    "get_supported_language_variant", "override", "template", "to_locale", "trans_real", "trim_whitespace",
}  # fmt: skip


def forbidden_names(paths: list[Path]) -> list[str]:
    """Files or folders with a name that says nothing."""
    return [short(path) for path in paths if FORBIDDEN & {path.stem, *path.relative_to(ROOT).parts[:-1]}]


def positional_acts(source: ast.Module) -> list[str]:
    """Functions done by somebody (they take ``by``) that take an argument by position."""
    acts = [node for node in ast.walk(source) if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]
    given = {node.name: [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)] for node in acts}
    keywords = {node.name: [argument.arg for argument in node.args.kwonlyargs] for node in acts}
    return [name for name, names in given.items() if names and "by" in [*names, *keywords[name]]]


def own_signals(source: ast.Module) -> list[int]:
    """Lines on which a signal is made."""
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call)]
    return [node.lineno for node in calls if getattr(node.func, "id", getattr(node.func, "attr", "")) == "Signal"]


def unknown_words(source: ast.Module) -> list[str]:
    """Names under which a module speaks messages that the extraction of messages does not know."""
    imports = [node for node in ast.walk(source) if isinstance(node, ast.ImportFrom)]
    names = [alias for node in imports if node.module == "django.utils.translation" for alias in node.names]
    return [alias.asname or alias.name for alias in names if alias.name not in SILENT and _is_unknown(alias)]


def _is_unknown(alias: ast.alias) -> bool:
    """Whether the name in use means other arguments to the extraction than the function has."""
    name = alias.asname or alias.name
    return name not in KEYWORDS or KEYWORDS[name] != KEYWORDS.get(alias.name)


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert forbidden_names(python_files(*AREAS, "tests", "bootstrap")) == []


def test_name_that_says_nothing_is_found() -> None:
    paths = [ROOT / "region" / "utils.py", ROOT / "portal" / "helpers" / "maps.py", ROOT / "region" / "towns.py"]
    assert forbidden_names(paths) == ["region/utils.py", "portal/helpers/maps.py"]


def test_acts_of_the_domain_take_keywords_only() -> None:
    paths = [path for path in python_files(*AREAS) if "domain" in path.parts or path.name == "domain.py"]
    found = [f"{short(path)}: {name}" for path in paths for name in positional_acts(tree(path))]
    assert found == []


def test_positional_argument_of_an_act_is_found() -> None:
    source = ast.parse("def open(call, *, by): ...\ndef move(by): ...\ndef close(*, call, by): ...\ndef sum(a): ...")
    assert positional_acts(source) == ["open", "move"]


def test_no_signals_of_our_own() -> None:
    found = [f"{short(path)}: {line}" for path in python_files(*AREAS) for line in own_signals(tree(path))]
    assert found == []


def test_own_signal_is_found() -> None:
    assert own_signals(ast.parse("town_saved = Signal()\nother = dispatch.Signal()\nreceiver(x)")) == [1, 2]


def test_messages_are_spoken_by_names_that_extraction_knows() -> None:
    found = [f"{short(path)}: {name}" for path in python_files(*AREAS) for name in unknown_words(tree(path))]
    assert found == []


def test_unknown_name_for_messages_is_found() -> None:
    source = ast.parse(
        "from django.utils.translation import gettext as t, pgettext as _, gettext_lazy as _, ngettext, override"
    )
    assert unknown_words(source) == ["t", "_"]
