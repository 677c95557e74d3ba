"""The developers' page of the register draws the states as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from region.states import States
from reports.states.cameras import POINT
from reports.states.remote_access import ACCESS

PAGE = Path(__file__).parents[2] / "docs" / "develop" / "cameras.md"


@pytest.mark.parametrize("states", [POINT, ACCESS], ids=["points", "accesses"])
def test_page_draws_the_states_as_they_are(states: States) -> None:
    assert f"```mermaid\n{states.diagram()}```\n" in PAGE.read_text(encoding="utf-8")
