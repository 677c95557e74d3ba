"""Skeletons of the legal pages by country and language, for the operator to fill in."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from region.queries.profile import current_profile

LEGAL_PAGES = ("accessibility", "privacy")
_FOLDER = Path(__file__).parent / "legal_texts"
_BLANK_LINE = re.compile(r"\n\s*\n")


def legal_fields(key: str, language: str) -> dict[str, object]:
    """Fields of a legal page that the skeleton fills; none for pages of other kinds."""
    if key not in LEGAL_PAGES:
        return {}
    return {"body": legal_body(key, country=current_profile().country, language=language)}


def legal_body(key: str, *, country: str, language: str) -> list[tuple[str, object]]:
    """Body of the page ``accessibility`` or ``privacy`` as blocks; what has to be filled in stands in square brackets.

    Sources: Czech act 99/2019 Sb., Polish act of 4 April 2019 on digital accessibility; GDPR article 13.
    Raises FileNotFoundError for a country or language without a text.
    """
    text = (_FOLDER / f"{country.lower()}.{key}.{language}.txt").read_text(encoding="utf-8")
    return [_block(chunk) for chunk in _BLANK_LINE.split(text.strip())]


def _block(chunk: str) -> tuple[str, object]:
    lines = chunk.strip().splitlines()
    if lines[0].startswith("## "):
        return "heading", {"text": lines[0].removeprefix("## "), "level": "h2"}
    if lines[0].startswith("- "):
        items = "".join(f"<li>{escape(line.removeprefix('- '), quote=False)}</li>" for line in lines)
        return "paragraph", f"<ul>{items}</ul>"
    return "paragraph", f"<p>{escape(' '.join(lines), quote=False)}</p>"
