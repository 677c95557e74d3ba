"""The demo: loopback only, plain HTTP, files under ``var/``."""

from __future__ import annotations

from portal.settings.base import *
from portal.settings.base import env

DEBUG = env.bool("DEBUG", False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
