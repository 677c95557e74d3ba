"""Showing how far a long command is: a bar on a terminal, a line at every tenth elsewhere."""

from __future__ import annotations

from time import monotonic
from typing import TextIO

_WIDTH = 40
_TENTHS = 10
# Work that ends sooner needs no progress (seconds).
_PATIENCE = 2.0


class Bar:
    """Call it with what is done and how much there is; `close` ends the line."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self._is_terminal = stream.isatty()
        self._shown = -1
        self._began = monotonic()

    def __call__(self, done: int, total: int) -> None:
        """Show the share, when it has changed enough to be worth it."""
        if monotonic() - self._began < _PATIENCE:
            return
        share = done / total if total else 1.0
        step = int(share * (_WIDTH if self._is_terminal else _TENTHS))
        if step == self._shown:
            return
        if step < self._shown:
            self.close()
        self._shown = step
        if self._is_terminal:
            self.stream.write(f"\r[{'#' * step}{'.' * (_WIDTH - step)}] {share:4.0%}")
            self.stream.flush()
        elif step:
            self.stream.write(f"{share:.0%}\n")

    def close(self) -> None:
        """End the bar, so that what follows begins on a line of its own."""
        if self._is_terminal and self._shown >= 0:
            self.stream.write("\n")
        self._shown = -1
