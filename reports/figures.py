"""Figures that can be shown by their key: on their own page, on any page, in a file, embedded.

A published metric is a figure by itself (`reports.queries.figures`). What is counted from registers (cameras, events)
is registered here in ``apps.ready()`` with the function that makes its chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.asked import Asked

# A text, or one that is translated when shown.
Text = Any


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure made from a register. ``build`` gives None when there is nothing to show for what was asked.

    `topic` is the dashboard it belongs to: cameras, interventions. `definition` says what is counted and how.
    """

    key: str
    title: Text
    topic: str
    definition: Text
    build: Callable[[Asked], Chart | None]
    order: int = 100


_figures: dict[str, Figure] = {}


def register_figure(figure: Figure) -> None:
    """Have a figure under its key; a key registered again is replaced."""
    _figures[figure.key] = figure


def registered_figures(topic: str = "") -> tuple[Figure, ...]:
    """Figures made from registers in their order, of one topic or all."""
    chosen = (figure for figure in _figures.values() if not topic or figure.topic == topic)
    return tuple(sorted(chosen, key=lambda figure: (figure.order, figure.key)))


def registered_figure(key: str) -> Figure | None:
    """The figure of a key, or None."""
    return _figures.get(key)
