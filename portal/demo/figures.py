"""Figures of a demo region with their documents, loaded as an operator loads them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

from portal.demo.reading import CONTENT
from reports.domain.figures_loading import load_figures

if TYPE_CHECKING:
    from collections.abc import Callable


def load_metrics(region: str, *, progress: Callable[[str], None]) -> None:
    """Load what documents say of the region; a second time nothing changes."""
    text = (CONTENT / region / "metrics.toml").read_text(encoding="utf-8")
    loaded = load_figures(facts=tomllib.loads(text, parse_float=Decimal), by=None)
    progress(f"figures: {loaded.changed} changed")
