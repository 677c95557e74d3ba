"""Tags whose result depends on their arguments and the language alone: rendered once for the same arguments."""

from __future__ import annotations

from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from django.template.loader import render_to_string
from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.template import Library
    from django.utils.safestring import SafeString

# Some hundred characters each; the least recently used go first.
MOST = 4_000


def kept_tag(
    register: Library, template: str
) -> Callable[[Callable[..., dict[str, object]]], Callable[..., SafeString]]:
    """Register an inclusion tag that is rendered once for each language and set of arguments.

    The template sees only what the function gives. A page full of small components spends most of its time on them.
    """

    def decorate(function: Callable[..., dict[str, object]]) -> Callable[..., SafeString]:
        @register.simple_tag
        @wraps(function)
        def tag(*args: Any, **kwargs: Any) -> SafeString:
            shown = function(*args, **kwargs)
            return _rendered(template, get_language(), tuple(shown), *map(_fixed, shown.values()))

        return tag

    return decorate


# Typed: text known to be safe and the same text that is not must never share a result.
@lru_cache(maxsize=MOST, typed=True)
def _rendered(template: str, _language: str | None, names: tuple[str, ...], *values: Any) -> SafeString:
    return render_to_string(template, dict(zip(names, values, strict=True)))


def _fixed(value: Any) -> Any:
    """Rows of lists as tuples, so that they can be part of a key."""
    return tuple(_fixed(one) for one in value) if isinstance(value, list) else value
