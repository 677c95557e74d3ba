"""One line for each step, with its seconds."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent


class Stop(Exception):
    """Ends the command with one clear sentence and exit code 1."""


def say(text: str = "") -> None:
    print(text, flush=True)


@contextmanager
def step(label: str) -> Iterator[None]:
    """Print ``label`` when the work begins and its seconds when it has ended well."""
    started = time.monotonic()
    alive = sys.stdout.isatty()
    if alive:
        print(f"  {label} …", end="", flush=True)
    yield
    line = f"  {label:<58}{time.monotonic() - started:7.1f} s"
    say(f"\r{line}" if alive else line)
