"""The application of the fault tests for the web server."""

from __future__ import annotations

from importlib import import_module

import django

django.setup()
application = import_module("tests.region.faults.work").application
