"""Finished pages for readers who are not signed in: the first middleware, one look into this process's memory.

A page is kept under the content stamp read before it was rendered (``region.stamp``), so a publish in any process
voids it everywhere at once, and a page rendered while something was being published is never served afterwards.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotModified
from django.utils.cache import get_max_age, patch_vary_headers
from wagtail.models import Site

from portal.middleware.page_store import PageStore, StoredPage
from region.queries.profile import forget_profile
from region.stamp import shared_stamp

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from region.stamp import Stamp

# Readers ask again each time (one short 304), so that a publish is seen at once.
BROWSER_RULE = "public, max-age=0, must-revalidate"
# Pages hold things that end by themselves (alerts, today's date): no page is older than this, in seconds.
LONGEST_LIFE = 300
# What a stored page may differ by: cookies are looked at below, HTMX requests and codings are told apart.
KNOWN_VARIATIONS = {"cookie", "accept-encoding", "hx-request"}
_FORBIDDEN_RULES = re.compile(r"private|no-store|no-cache")
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_SMALLEST_PACKED = 200


class Key(NamedTuple):
    """What a stored page depends on."""

    stamp: str
    scheme: str
    host: str
    path: str
    query: str


class PageCacheMiddleware:
    """Serves and keeps public pages; everything about a signed-in person passes by untouched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase], stamp: Stamp | None = None) -> None:
        megabytes = settings.PAGE_CACHE_MB
        if not megabytes:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.stamp = stamp or shared_stamp()
        self._seen: str | None = None
        self._personal = {settings.SESSION_COOKIE_NAME, "messages"}
        # Addresses with a query are without number: they may only push out each other.
        self.pages = PageStore(int(megabytes * 0.75 * 1024 * 1024))
        self.variants = PageStore(int(megabytes * 0.25 * 1024 * 1024))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        stamp = self.stamp.read()
        if stamp != self._seen:
            self._forget_copies(stamp)
        if stamp is None or not is_public_read(request) or self._is_personal(request):
            return self.get_response(request)
        key = key_of(request, stamp)
        store = self.variants if key.query else self.pages
        page = store.get(key)
        if page is not None:
            return respond(page, request)
        response = self.get_response(request)
        if request.method == "HEAD" or not may_be_kept(request, response):
            return response
        page = finished(response)
        store.put(key, page)
        return respond(page, request)

    def _is_personal(self, request: HttpRequest) -> bool:
        """Whether a session or a message waiting for this reader comes with the request."""
        return bool(request.META.get("HTTP_COOKIE")) and not self._personal.isdisjoint(request.COOKIES)

    def _forget_copies(self, stamp: str | None) -> None:
        """Drop what this process remembers beside pages; only then may the new stamp count as seen."""
        Site.clear_site_root_paths_cache()
        forget_profile()
        self._seen = stamp


def is_public_read(request: HttpRequest) -> bool:
    """Whether the request asks to read a page as anybody would."""
    meta = request.META
    if request.method not in ("GET", "HEAD") or "HTTP_AUTHORIZATION" in meta or "HTTP_HX_REQUEST" in meta:
        return False
    # Wagtail's previews come through here as dummy requests for the address of the live page.
    return not request.path_info.startswith(settings.PAGE_CACHE_SKIP_PREFIXES) and not getattr(
        request, "is_dummy", False
    )


def key_of(request: HttpRequest, stamp: str) -> Key:
    """Key of the page that the request asks for."""
    meta = request.META
    return Key(stamp, request.scheme or "", meta.get("HTTP_HOST", ""), request.path, meta.get("QUERY_STRING", ""))


def may_be_kept(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the response is the same for every anonymous reader."""
    rule = response.get("Cache-Control", "")
    if response.status_code != 200 or response.streaming or response.cookies or _FORBIDDEN_RULES.search(rule):
        return False
    if "Content-Encoding" in response or not _varies_as_known(response) or get_max_age(response) == 0:
        return False
    # A form's token belongs to one reader; Django marks the request when a template asked for it.
    if "CSRF_COOKIE_NEEDS_UPDATE" in request.META or getattr(request, "is_preview", False):
        return False
    user = getattr(request, "user", None)
    return user is None or not user.is_authenticated


def _varies_as_known(response: HttpResponseBase) -> bool:
    names = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return names <= KNOWN_VARIATIONS


def finished(response: HttpResponseBase) -> StoredPage:
    """The response as it is kept: with entity tag, rules for browsers, and both codings of the body."""
    assert isinstance(response, HttpResponse)  # noqa: S101 - streaming responses were refused before
    body = response.content
    own_life = get_max_age(response)
    patch_vary_headers(response, ("Accept-Encoding", "Cookie", "HX-Request"))
    response.headers.setdefault("Cache-Control", BROWSER_RULE)
    etag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {**{name: value for name, value in response.items() if name != "Content-Length"}, "ETag": etag}
    # A fixed time in the gzip header: the same page has the same bytes in every process.
    packed = gzip.compress(body, 6, mtime=0) if len(body) >= _SMALLEST_PACKED else b""
    return StoredPage(headers, etag, body, packed, min(LONGEST_LIFE, own_life or LONGEST_LIFE))


def respond(page: StoredPage, request: HttpRequest) -> HttpResponse:
    """Response with the stored page: 304 when the reader has it, compressed when the reader can take that."""
    meta = request.META
    if page.etag in meta.get("HTTP_IF_NONE_MATCH", ""):
        return HttpResponseNotModified(headers=page.headers)
    is_packed = bool(page.packed) and _GZIP.search(meta.get("HTTP_ACCEPT_ENCODING", "")) is not None
    body = page.packed if is_packed else page.plain
    answer = HttpResponse(b"" if request.method == "HEAD" else body, headers=page.headers)
    answer["Content-Length"] = str(len(body))
    if is_packed:
        answer["Content-Encoding"] = "gzip"
    return answer
