"""A real installation: HTTPS only, hosts and secret from the environment."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *
from portal.settings.base import CONTENT_SECURITY_POLICY, LOGGING, SECOND_FACTOR_REQUIRED, SECRET_KEY, STORAGES
from portal.settings.environment import env

if not SECRET_KEY:
    message = "SECRET_KEY is missing: set it in the environment or in .env (50 random characters or more)."
    raise ImproperlyConfigured(message)

if not SECOND_FACTOR_REQUIRED:
    message = "SECOND_FACTOR_REQUIRED=0 is for the demo only: staff of a real installation sign in with two factors."
    raise ImproperlyConfigured(message)

# --- HTTPS ----------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", 31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", True)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS
# Only behind a proxy that always sets this header itself: otherwise anybody could claim to come by HTTPS.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None

# --- Cookies: tied to this very host, HTTPS only ---------------------------------------------------------------------
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
LANGUAGE_COOKIE_SECURE = True

# --- Log: one JSON object a line -------------------------------------------------------------------------------------
LOGGING = {**LOGGING, "formatters": {**LOGGING["formatters"], "line": {"()": "portal.logs.JsonLine"}}}

# --- Files in S3-compatible storage (./run extra s3) -----------------------------------------------------------------
if S3_BUCKET := env.str("S3_BUCKET", ""):
    S3_PUBLIC_HOST = env.str("S3_PUBLIC_HOST", "")
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": S3_BUCKET,
                "endpoint_url": env.str("S3_ENDPOINT_URL", "") or None,
                "region_name": env.str("S3_REGION", "") or None,
                "custom_domain": S3_PUBLIC_HOST or None,
                # Without a public host every picture's address is signed and ends by itself.
                "querystring_auth": not S3_PUBLIC_HOST,
                "file_overwrite": False,
                "default_acl": None,
            },
        },
    }
    # Never the bucket of pictures, which may be public. Without one of their own, private files stay in the folder.
    if S3_PRIVATE_BUCKET := env.str("S3_PRIVATE_BUCKET", ""):
        _options = {**STORAGES["default"]["OPTIONS"], "bucket_name": S3_PRIVATE_BUCKET, "custom_domain": None}
        STORAGES["private"] = {**STORAGES["default"], "OPTIONS": {**_options, "querystring_auth": True}}
    _PICTURES = f"https://{S3_PUBLIC_HOST}" if S3_PUBLIC_HOST else env.str("S3_ENDPOINT_URL", "https://*.amazonaws.com")
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"].append(_PICTURES)
    ADMIN_CONTENT_SECURITY_POLICY["img-src"].append(_PICTURES)
