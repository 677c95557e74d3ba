"""Tests read the words that readers get: catalogues are compiled before the first test."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.translation.reloader import translation_file_changed

from portal.catalogues import compile_catalogues

if TYPE_CHECKING:
    import pytest

LOCALE = Path(__file__).resolve().parents[2] / "locale"


def pytest_configure(config: pytest.Config) -> None:
    """Compile in the first process only, before the others start, and let Django forget what it has read."""
    if not hasattr(config, "workerinput") and compile_catalogues(LOCALE):
        translation_file_changed(None, LOCALE / "django.mo")
