"""Addresses of one page of each kind in each language, read from the demo's own database."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LANGUAGES = ("cs", "pl", "en")
FINDER = {"cs": "kdo-odpovida", "pl": "kto-odpowiada", "en": "who-is-responsible"}
MESSAGE = {"cs": "zprava", "pl": "wiadomosc", "en": "message"}
SEARCH = {"cs": "hledat", "pl": "szukaj", "en": "search"}
# An address of the demo, and a word that finds something.
ADDRESS = "Husova 1, Domažlice"
WORD = "Domažlice"

_PAGES = """
    SELECT kind.model, locale.language_code, page.url_path, MIN(page.path)
    FROM wagtailcore_page AS page
    JOIN django_content_type AS kind ON kind.id = page.content_type_id
    JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id
    WHERE page.live AND page.depth > 1 AND kind.app_label = 'portal'
    GROUP BY kind.model, locale.language_code
"""


def pages(database: Path) -> dict[str, dict[str, str]]:
    """Paths by language and kind of page: the first live page of each in the tree."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        rows = connection.execute(_PAGES).fetchall()
    found: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for kind, language, url_path, _first in rows:
        inside = url_path.strip("/").split("/", 1)[1:]
        found[language][kind] = f"/{language}/{inside[0]}/" if inside else f"/{language}/"
    return found


def districts(database: Path) -> tuple[str, str]:
    """Slug of a town and code of its first district."""
    query = """
        SELECT town.slug, MIN(district.code) FROM region_securitydistrict AS district
        JOIN region_town AS town ON town.id = district.town_id GROUP BY town.slug ORDER BY town.slug
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        slug, code = connection.execute(query).fetchone()
    return slug, code


def assignment(database: Path) -> str:
    """Id of an assignment whose officer may be written to."""
    query = """
        SELECT assignment.id FROM region_officerassignment AS assignment
        JOIN region_officer AS officer ON officer.id = assignment.officer_id
        WHERE assignment.until IS NULL ORDER BY officer.email = '', assignment.id
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute(query).fetchone()
    text = str(found).replace("-", "")
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def page_id(database: Path, kind: str, language: str, title: str = "") -> int:
    """Id of the first page of a kind, live or not, with this title if one is given."""
    query = """
        SELECT page.id FROM wagtailcore_page AS page
        JOIN django_content_type AS kind ON kind.id = page.content_type_id
        JOIN wagtailcore_locale AS locale ON locale.id = page.locale_id
        WHERE kind.model = ? AND locale.language_code = ? AND ? IN ('', page.draft_title) ORDER BY page.path
    """
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute(query, (kind, language, title)).fetchone()
    return int(found)


def towns_of(database: Path) -> list[tuple[object, ...]]:
    """Every column of every town."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT * FROM region_town ORDER BY id").fetchall()
