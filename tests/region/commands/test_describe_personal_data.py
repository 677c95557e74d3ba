"""The operators' table of personal data is the one that the classification gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command

from region.management.commands.describe_personal_data import BEGINNING, END, PATH, with_table
from tests.architecture.sources import ROOT


def test_table_in_the_manual_is_current() -> None:
    page = (ROOT / PATH).read_text(encoding="utf-8")
    assert with_table(page) == page, "run ./run manage describe_personal_data"


def test_command_writes_the_table(tmp_path: Path, settings: Any) -> None:
    settings.BASE_DIR = tmp_path
    path = tmp_path / PATH
    path.parent.mkdir(parents=True)
    path.write_text(f"# Page\n{BEGINNING}\nold\n{END}\nEnd\n")
    call_command("describe_personal_data")
    text = path.read_text()
    assert "\nold\n" not in text
    assert "| Users (`region.User`) | `email` | replaced by a made-up value |  |" in text
    assert text.endswith(f"{END}\nEnd\n")
