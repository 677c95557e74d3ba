#!/usr/bin/env python3
"""Django's command line for this project (reach it with ``./run manage …``)."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command with the settings named in the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.demo")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
