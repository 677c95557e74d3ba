"""The test suite: nothing outside the process, tasks run at once, fast password hashing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portal.settings.base import *
from portal.settings.base import STORAGES

SECRET_KEY = "only-for-the-test-suite-" + "0123456789" * 4
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PAGE_CACHE_MB = 0
CONTENT_STAMP_FILE = Path(tempfile.mkdtemp(prefix="safe-county-stamp-")) / "content.stamp"
STATIC_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-static-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-test-"))
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
