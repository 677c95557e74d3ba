"""What the project's files must not say: foreign hosts, this machine, unescaped markup, inline script and style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.architecture.sources import AREAS, ROOT, python_files, short, text_files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

# Hosts that name a vocabulary and are never asked for anything.
VOCABULARIES = {"schema.org", "www.w3.org", "ogp.me", "www.sitemaps.org"}
HOST = re.compile(r"""(?:https?:)?//([\w-]+(?:\.[\w-]+)+)""")
MARKUP = re.compile(r"\bmark_safe\b|\|\s*safe\b|\|\s*safeseq\b|{%-?\s*autoescape\s+off|\bSafeString\(|\.html_safe\b")
INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*type="application/ld\+json")|<style\b|\sstyle="|\son[a-z]+="|javascript:""",
    re.IGNORECASE,
)
# Spelt in pieces, so that this file does not find itself. Folders of the machine that the project was written on.
MACHINE = re.compile("|".join(["/wo" + "rk/", "/ro" + "ot/", "/ho" + r"me/\w", r"\.library" + "/", "shared" + "/data"]))
ADDRESSES = re.compile(r"--(?:extra-)?index-url|--find-links|https?://", re.IGNORECASE)
# The samples of real data may lie beside the project; the script that runs the checks looks for them there.
NEIGHBOUR = ".ci/run"


def foreign_hosts(text: str) -> list[str]:
    """Hosts that ``text`` names, but for vocabularies."""
    return [host for host in HOST.findall(text) if host not in VOCABULARIES]


def found_in(paths: Iterable[Path], pattern: re.Pattern[str]) -> list[str]:
    """Places where the pattern stands, as file: words."""
    return [f"{short(path)}: {hit.group()}" for path in paths for hit in pattern.finditer(_read(path))]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _faces() -> list[Path]:
    """What a browser gets: templates, style sheets, scripts, drawings."""
    static = [path for area in AREAS for path in (ROOT / area / "static").rglob("*")]
    faces = [*(ROOT / "templates").rglob("*"), *static]
    return sorted(path for path in faces if path.suffix in {".html", ".xml", ".txt", ".css", ".js", ".svg"})


def test_pages_name_no_foreign_host() -> None:
    found = [f"{short(path)}: {host}" for path in _faces() for host in foreign_hosts(_read(path))]
    assert found == []


@pytest.mark.parametrize(
    ("text", "hosts"),
    [
        ('<img src="https://cdn.example.net/a.png">', ["cdn.example.net"]),
        ("@import url(//fonts.example.net/x.css)", ["fonts.example.net"]),
        ('<svg xmlns="http://www.w3.org/2000/svg">', []),
        ("// a comment of a script", []),
    ],
)
def test_foreign_host_is_found(text: str, hosts: list[str]) -> None:
    assert foreign_hosts(text) == hosts


def test_no_text_skips_escaping() -> None:
    templates = sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())
    assert found_in([*python_files(*AREAS), *templates], MARKUP) == []


@pytest.mark.parametrize(
    "text",
    ["mark_safe(x)", "{{ x|safe }}", "{{ x | safe }}", "{% autoescape off %}", "SafeString(x)", "{{ x|safeseq }}"],
)
def test_skipped_escaping_is_found(text: str) -> None:
    assert MARKUP.search(text)


def test_templates_hold_no_inline_script_or_style() -> None:
    # Sheets for printing become PDF files: no browser, no policy.
    templates = [path for path in _faces() if path.suffix == ".html" and "print" not in path.parts]
    assert found_in(templates, INLINE) == []


@pytest.mark.parametrize(
    "text",
    ["<script>x</script>", "<style>", '<p style="x">', '<a onclick="x">', '<a href="javascript:x">', "<script nonce>"],
)
def test_inline_script_or_style_is_found(text: str) -> None:
    assert INLINE.search(text)


@pytest.mark.parametrize("text", ['<script src="/a.js"></script>', '<script type="application/ld+json">', "<p>on"])
def test_script_file_and_data_are_allowed(text: str) -> None:
    assert INLINE.search(text) is None


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    paths = [path for path in text_files() if short(path) != NEIGHBOUR]
    assert found_in(paths, MACHINE) == []


def test_lock_files_name_no_registry() -> None:
    locks = sorted(ROOT.glob("requirements*.lock"))
    assert [short(path) for path in locks][:2] == ["requirements-dev.lock", "requirements-geo.lock"]
    assert found_in(locks, ADDRESSES) == []
