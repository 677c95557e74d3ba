"""What every way of running shares. What an operator may change comes from the environment (table in the README)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy

from portal.settings import environment
from portal.settings.environment import env
from portal.settings.signing_in import *
from portal.settings.signing_in import OIDC_ORIGIN

BASE_DIR: Path = environment.BASE_DIR

# One folder holds everything that is written at run time: database, uploads, collected static files.
VAR_DIR = Path(env.str("SAFE_COUNTY_VAR", str(BASE_DIR / "var")))
# The demo keeps one database and one media folder per demo region.
REGION_KEY = env.str("SAFE_COUNTY_REGION", "region")

SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = False
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Whether a proxy of ours stands in front and always sets X-Forwarded-For and X-Forwarded-Proto itself.
TRUST_PROXY = env.bool("TRUST_PROXY", False)
BASE_URL = env.str("BASE_URL", "http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "portal",
    "reports",
    "projects",
    "surveys",
    "counselling",
    "region",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_filters",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    # First, so that a stored page costs one look-up: everything below has already left its mark on it.
    "portal.middleware.page_cache.PageCacheMiddleware",
    "portal.middleware.proxy.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.security.ReaderSafetyMiddleware",
    "portal.middleware.refusals.RefusalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "portal.middleware.region_time.RegionTimeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.session_age.SessionAgeMiddleware",
    "portal.middleware.doors.DoorMiddleware",
    "portal.middleware.second_factor.SecondFactorMiddleware",
    "portal.middleware.editor_rights.EditorRightsMiddleware",
    "portal.middleware.editor_language.EditorLanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "portal.middleware.security.PolicyMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.middleware.conflict.ConflictMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "portal.context.site",
            ],
            # What our templates use without a {% load %}; areas below `portal` reach it this way, never by import.
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wagtail.templatetags.wagtailcore_tags",
                "wagtail.images.templatetags.wagtailimages_tags",
                "portal.templatetags.words",
                "portal.templatetags.components",
            ],
        },
    },
]

# --- Data -----------------------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", "") or f"sqlite:///{VAR_DIR / REGION_KEY}.sqlite3")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers work beside a writer; IMMEDIATE takes the lock at BEGIN, which removes "database is locked";
    # synchronous=FULL keeps every acknowledged commit through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 600)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    # Limits and codes must be counted for all processes together, so never a memory of each process's own.
    else {
        "BACKEND": "region.shared_cache.SharedCache",
        "LOCATION": "portal_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What is read on every page and must not be taken apart and put together each time; never changed by its readers.
    "objects": {
        "BACKEND": "region.object_cache.ObjectCache",
        "LOCATION": "objects",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
    # Finished PDF sheets and shapes of the movable map: few and large.
    "files": {
        "BACKEND": "region.object_cache.ObjectCache",
        "LOCATION": "files",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
    # Renditions never change under their key, so each process may keep its own copy.
    "renditions": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "renditions",
        "TIMEOUT": 600,
        "OPTIONS": {"MAX_ENTRIES": 3000},
    },
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Finished public pages in each process's memory; 0 switches it off. The file tells the processes of a change
# (with REDIS_URL a key in Redis does).
PAGE_CACHE_MB = env.int("PAGE_CACHE_MB", 32)
PAGE_CACHE_SKIP_PREFIXES = ("/admin/", "/static/", "/media/", "/documents/")
CONTENT_STAMP_FILE = VAR_DIR / f"{REGION_KEY}.stamp"

MEDIA_ROOT = VAR_DIR / "media" / REGION_KEY
MEDIA_URL = "/media/"
# Files that only some may read: streamed by a view that asks who wants them, never under the address of media.
PRIVATE_ROOT = VAR_DIR / "private" / REGION_KEY
# Of a larger upload nothing is written to disk; single forms ask for less.
LARGEST_UPLOAD = env.int("UPLOAD_MAX_MB", 30) * 1_000_000
FILE_UPLOAD_HANDLERS = [
    "region.upload_handler.CappedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# The virus scanner clamd: path of its socket, or host:port. While it is set and does not answer, no file is taken.
CLAMD_SOCKET = env.str("CLAMD_SOCKET", "")
STATIC_ROOT = VAR_DIR / "static"
STATIC_URL = "/static/"


def _package_folder(package: str, folder: str) -> Path:
    """Folder inside an installed package, found without importing the package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:  # pragma: no cover - the lock file installs it
        message = f"{package} is not installed"
        raise ImportError(message)
    return Path(spec.origin).parent / folder


# Leaflet's files only: the package's Django app would pull in GDAL and load tiles from a third party.
STATICFILES_DIRS = [("leaflet", _package_folder("leaflet", "static/leaflet"))]
PLOTLY_FOLDER = _package_folder("plotly", "package_data")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.static_files.PlotlyFinder",
]
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.SiteStaticFiles"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None, "file_permissions_mode": 0o600},
    },
}

# --- Words and times ------------------------------------------------------------------------------------------------
LANGUAGE_CODE = env.str("SAFE_COUNTY_LANGUAGE", "cs")
LANGUAGES = [("cs", "Čeština"), ("pl", "Polski"), ("en", "English")]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
# Our own words; then those that the editors' screens of Wagtail lack.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "wagtail"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False
# What a filter says that does not narrow a list.
FILTERS_EMPTY_CHOICE_LABEL = gettext_lazy("Any")
# Stored times are UTC. Readers and forms use the zone of the region's profile (portal.middleware.region_time); this
# one is for editors who have chosen none of their own in Wagtail, and for commands.
TIME_ZONE = env.str("SAFE_COUNTY_TIME_ZONE", "Europe/Prague")

# --- Browser-side safety --------------------------------------------------------------------------------------------
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Which sites may show our figures in a frame; everything else of ours stands in no frame at all.
FIGURES_FRAMED_BY: list[str] = env.list("FIGURES_FRAMED_BY", default=["*"])
# Public pages: nothing inline, nothing foreign (the middleware adds the region's map tiles, if it has any).
_OWN = ["'self'"]
_NONE = ["'none'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": _NONE,
        "script-src": _OWN,
        "style-src": _OWN,
        "img-src": [*_OWN, "data:"],
        "font-src": _OWN,
        "connect-src": _OWN,
        "manifest-src": _OWN,
        "media-src": _OWN,
        "base-uri": _NONE,
        # Signing in at the region's own identity provider leaves this site by a form.
        "form-action": [*_OWN, OIDC_ORIGIN] if OIDC_ORIGIN else _OWN,
        "frame-ancestors": _NONE,
    },
}
# What Wagtail's editor needs beyond that: forms with repeated parts and reports start by inline scripts without nonce,
# the text editor writes inline styles, previews stand in a frame, pictures are shown before they are uploaded.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": [*_OWN, "'unsafe-inline'"],
    "style-src": [*_OWN, "'unsafe-inline'"],
    "img-src": [*_OWN, "data:", "blob:"],
    "frame-src": _OWN,
    "frame-ancestors": _OWN,
}

# --- Log ------------------------------------------------------------------------------------------------------------
# Warnings and errors of every process to its own error stream; LOG_LEVEL=INFO tells of each task and tick too.
SECURITY_LOG = env.str("SECURITY_LOG", "")
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "security": {"()": "portal.logs.SecurityLine"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "level": env.str("LOG_LEVEL", "WARNING"),
        },
        # Who came in, was refused, took data out: JSON lines to a file of their own, or to the error stream too.
        "security": {
            "formatter": "security",
            **(
                {"class": "logging.handlers.WatchedFileHandler", "filename": SECURITY_LOG, "delay": True}
                if SECURITY_LOG
                else {"class": "logging.StreamHandler"}
            ),
        },
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    # A page that is not there is the reader's business; only errors of the server are worth a line.
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},
        "security": {"handlers": ["security"], "level": "INFO", "propagate": False},
    },
}

# --- Mail -----------------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "safe-county@localhost")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = "Safe County"
WAGTAIL_I18N_ENABLED = True
# Addresses of pages are plain letters, whatever the title.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
# One door: signing in, passwords, addresses and accounts are ours alone (portal.admin_urls).
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "portal/password_required.html"
WAGTAILADMIN_BASE_URL = BASE_URL
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("cs", "Čeština"), ("pl", "Polski"), ("en", "English")]
# What the system calls its own zone is none to a browser.
WAGTAIL_USER_TIME_ZONES = sorted(available_timezones() - {"localtime"})
# The editor's browser asks nobody outside: no update check, no avatars, no news banner.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "txt", "xlsx"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 15 * 1024 * 1024
WAGTAILIMAGES_FORMAT_CONVERSIONS = {"jpeg": "webp", "png": "webp", "webp": "webp", "avif": "webp"}
WAGTAILDOCS_SERVE_METHOD = "serve_view"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
WAGTAILLOCALIZE_DISABLE_ON_DELETE = False

SILENCED_SYSTEM_CHECKS: list[str] = []
