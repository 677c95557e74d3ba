"""The test suite: nothing outside the process, tasks run at once, fast password hashing."""

from __future__ import annotations

import tempfile
from pathlib import Path

from portal.settings.base import *  # noqa: F403 - a settings module extends the base by design
from portal.settings.base import STORAGES, WAGTAILSEARCH_BACKENDS

SECRET_KEY = "only-for-the-test-suite-" + "0123456789" * 4
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="safe-county-test-"))
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WAGTAILSEARCH_BACKENDS = WAGTAILSEARCH_BACKENDS
