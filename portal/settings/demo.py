"""The demo: loopback only, plain HTTP, files under ``var/``."""

from __future__ import annotations

from portal.settings.base import *
from portal.settings.base import LOGGING, REGION_KEY, SECURITY_LOG, VAR_DIR
from portal.settings.environment import env

DEBUG = env.bool("DEBUG", False)
# Trying out is quick without; SECOND_FACTOR_REQUIRED=1 ./run demo shows how it is in a real installation.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", False)
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# Passkeys want HTTPS; on one's own machine browsers make an exception for the name localhost.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

# The terminal is for reading: who came in and who was refused stands in a file beside the database.
if not SECURITY_LOG:
    _FILE = {
        "class": "logging.handlers.WatchedFileHandler",
        "filename": VAR_DIR / f"{REGION_KEY}.security.log",
        "delay": True,
        "formatter": "security",
    }
    LOGGING = {**LOGGING, "handlers": {**LOGGING["handlers"], "security": _FILE}}
