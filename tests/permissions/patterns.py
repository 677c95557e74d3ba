"""Every pattern of an address that the installation answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

ADMIN = "admin/"


@dataclass(frozen=True)
class Pattern:
    """A route with the language in front where it has one, and the name under which tables know it."""

    route: str
    name: str
    converters: tuple[str, ...]

    @property
    def is_admin(self) -> bool:
        """Whether it is one of Wagtail's editors' screens."""
        return self.route.startswith(ADMIN)


def every_pattern() -> list[Pattern]:
    """Patterns in the order in which they are tried; routes in English."""
    with translation.override("en"):
        return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, spaces: tuple[str, ...]) -> Iterator[Pattern]:
    for one in resolver.url_patterns:
        # Wagtail joins regular expressions; their signs of beginning and end say nothing inside a route.
        part = re.sub(r"^\^|\\Z$|\$$", "", str(one.pattern)).replace("\\.", ".")
        route = before + re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", part)
        if isinstance(one, URLPattern):
            name = ":".join((*spaces, one.name)) if one.name else f"route:{route}"
            yield Pattern(route, name, _converters(one))
        else:
            yield from _walk(one, route, (*spaces, one.namespace) if one.namespace else spaces)


def _converters(one: URLPattern) -> tuple[str, ...]:
    found: dict[str, Any] = getattr(one.pattern, "converters", {})
    return tuple(type(converter).__name__ for converter in found.values())
