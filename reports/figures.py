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
    `has_register` tells whether anything is published that it could count. `keeps_past`: the register knows how it
    stood on a past day; otherwise ``build`` is not asked about one.
    """

    key: str
    title: Text
    topic: str
    definition: Text
    build: Callable[[Asked], Chart | None]
    order: int = 100
    has_register: Callable[[], bool] = lambda: True
    keeps_past: bool = True

    def chart(self, asked: Asked) -> Chart | None:
        """What it shows; nothing of a past state that nobody knows."""
        return None if self.is_lost(asked) else self.build(asked)

    def is_lost(self, asked: Asked) -> bool:
        """Whether it is asked about a past state that is not kept."""
        return asked.as_of is not None and not self.keeps_past


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
