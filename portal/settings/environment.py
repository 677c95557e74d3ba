"""The environment, which the other settings are read from."""

from __future__ import annotations

from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# Each variable may be given as NAME, or as NAME_FILE with the path of a file that holds the value.
env = environ.FileAwareEnv()
env.read_env(str(BASE_DIR / ".env"))
