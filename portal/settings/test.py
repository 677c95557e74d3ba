"""The test suite: nothing outside the process, tasks run at once, fast password hashing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portal.settings.base import *
from portal.settings.base import CACHES, LOGGING, STORAGES

SECRET_KEY = "only-for-the-test-suite-" + "0123456789" * 4
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_CACHE_MB = 0
# Tests sign people in by a stroke of the pen; those of the rule itself switch it on.
SECOND_FACTOR_REQUIRED = False
CACHES = {**CACHES, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
CONTENT_STAMP_FILE = Path(tempfile.mkdtemp(prefix="safe-county-stamp-")) / "content.stamp"
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-static-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-test-"))
LOGGING = {**LOGGING, "handlers": {**LOGGING["handlers"], "security": {"class": "logging.NullHandler"}}}
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PRIVATE_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-private-"))
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    "private": {**STORAGES["private"], "OPTIONS": {**STORAGES["private"]["OPTIONS"], "location": PRIVATE_ROOT}},
}
