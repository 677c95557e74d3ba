"""A real installation: HTTPS only, hosts and secret from the environment."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *
from portal.settings.base import SECRET_KEY, env

if not SECRET_KEY:
    message = "SECRET_KEY is missing: set it in the environment or in .env (50 random characters or more)."
    raise ImproperlyConfigured(message)

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("TRUST_PROXY", False) else None
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
