"""Which messages our own code and templates speak. Needs Babel, which a running site does not have."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGES = ("region", "projects", "surveys", "counselling", "reports", "portal")
TEMPLATES = "templates"
COMMENT_TAGS = ("Translators:", "Translators")
# Which arguments are the message (and "c" its context), by the names of Django's functions.
_ONE, _PLURAL, _CONTEXT, _CONTEXT_PLURAL = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS: dict[str, Any] = {
    "_": _ONE,
    "gettext": _ONE,
    "gettext_lazy": _ONE,
    "gettext_noop": _ONE,
    "ngettext": _PLURAL,
    "ngettext_lazy": _PLURAL,
    "pgettext": _CONTEXT,
    "pgettext_lazy": _CONTEXT,
    "npgettext": _CONTEXT_PLURAL,
    "npgettext_lazy": _CONTEXT_PLURAL,
}
# What stands between markers of a template is blanked out to these letters.
_BLANKED = re.compile(r"^[XSP\s]*$")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Message:
    """One message in English with the files that speak it and the remarks for its translator."""

    singular: str
    plural: str = ""
    context: str = ""
    files: frozenset[str] = frozenset()
    comments: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """What tells messages apart."""
        return self.context, self.singular

    def joined(self, other: Message) -> Message:
        """The same message spoken at one more place; ``ValueError`` when its plural differs."""
        if self.plural and other.plural and self.plural != other.plural:
            raise ValueError(f"{self.singular!r} has two plurals: {self.plural!r} and {other.plural!r}")
        return replace(
            self,
            plural=self.plural or other.plural,
            files=self.files | other.files,
            comments=self.comments | other.comments,
        )


def collect_messages(root: Path) -> dict[Key, Message]:
    """Every message of our packages and templates under the project's folder ``root``.

    ``ValueError`` when one message has two plurals.
    """
    found: dict[Key, Message] = {}
    for path in _sources(root):
        for message in _spoken(path, path.relative_to(root).as_posix()):
            known = found.get(message.key)
            found[message.key] = known.joined(message) if known else message
    return found


def _sources(root: Path) -> Iterator[Path]:
    """Python files of our packages, without migrations, and all templates."""
    for package in PACKAGES:
        yield from (path for path in sorted((root / package).rglob("*.py")) if "migrations" not in path.parts)
    yield from (path for path in sorted((root / TEMPLATES).rglob("*")) if path.is_file())


def _spoken(path: Path, name: str) -> Iterator[Message]:
    source = path.read_text(encoding="utf-8")
    code = with_inner_calls(source) if path.suffix == ".py" else as_code(source, name)
    yield from messages_of(code, name)


def with_inner_calls(source: str) -> str:
    """Python code with the messages inside its f-strings said once more at the end: Babel sees such a string whole."""
    strings = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    spoken = [ast.unparse(call) for call in calls if isinstance(call.func, ast.Name) and call.func.id in KEYWORDS]
    return "\n".join([source, *spoken])


def as_code(template: str, name: str) -> str:
    """A template as the calls of gettext that it stands for, one a line."""
    lines = [line.strip() for line in templatize(template, origin=name).splitlines()]
    return "\n".join("" if _BLANKED.match(line) else line for line in lines)


def messages_of(code: str, name: str) -> Iterator[Message]:
    """Messages spoken by Python code from the file ``name``."""
    from babel.messages.extract import extract

    file = BytesIO(code.encode())
    for _line, words, comments, context in extract("python", file, KEYWORDS, COMMENT_TAGS, strip_comment_tags=True):
        singular, plural = (words, "") if isinstance(words, str) else (words[0], words[1])
        remark = frozenset({" ".join(comments).strip()} - {""})
        yield Message(singular, plural, context or "", frozenset({name}), remark)
