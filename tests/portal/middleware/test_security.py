"""Headers that limit what a browser may do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings as project
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import path

from portal.middleware.security import PERMISSIONS, PolicyMiddleware, ReaderSafetyMiddleware, tile_source
from tests.factories.profiles import czech_county

if TYPE_CHECKING:
    from django.http import HttpRequest


def show(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>page</p>")


def break_down(_request: HttpRequest) -> HttpResponse:
    secret = "postgres://user:password@database"
    raise RuntimeError(secret)


urlpatterns = [path("cs/", show), path("admin/", show), path("cs/broken/", break_down)]


@pytest.fixture
def pages(settings: Any, county: Any) -> Client:
    """A reader of a site with two plain pages."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


def policy(response: Any) -> dict[str, set[str]]:
    """Directives of the response's policy."""
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {part[0]: set(part[1:]) for part in parts}


def test_public_page_may_use_nothing_inline_and_nothing_foreign(pages: Client) -> None:
    assert policy(pages.get("/cs/")) == {
        "default-src": {"'none'"},
        "script-src": {"'self'"},
        "style-src": {"'self'"},
        "img-src": {"'self'", "data:"},
        "font-src": {"'self'"},
        "connect-src": {"'self'"},
        "manifest-src": {"'self'"},
        "media-src": {"'self'"},
        "base-uri": {"'none'"},
        "form-action": {"'self'"},
        "frame-ancestors": {"'none'"},
    }


def test_map_tiles_of_the_region_are_allowed_as_pictures(pages: Client) -> None:
    czech_county(tile_url="https://{s}.tiles.example:8443/{z}/{x}/{y}.png")
    found = policy(pages.get("/cs/"))
    assert found["img-src"] == {"'self'", "data:", "https://*.tiles.example:8443"}
    assert found["connect-src"] == {"'self'"}


def test_editors_pages_may_use_inline_scripts_and_frames(pages: Client) -> None:
    found = policy(pages.get("/admin/"))
    assert (found["script-src"], found["frame-src"]) == ({"'self'", "'unsafe-inline'"}, {"'self'"})
    assert found["frame-ancestors"] == {"'self'"}
    assert (found["default-src"], found["base-uri"]) == ({"'none'"}, {"'none'"})


def test_preview_may_stand_in_a_frame_of_our_own(county: Any) -> None:
    request = RequestFactory().get("/cs/")
    request.is_dummy = True
    assert policy(PolicyMiddleware(lambda _request: HttpResponse())(request))["frame-ancestors"] == {"'self'"}


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("", ""),
        ("https://tile.example/{z}/{x}/{y}.png", "https://tile.example"),
        ("https://{s}.tile.example/{z}/{x}/{y}.png", "https://*.tile.example"),
        ("https://tile.example:8080/{z}", "https://tile.example:8080"),
        ("http://tile.example/{z}", ""),
        ("https://a; script-src */{z}", ""),
        ("https://user@tile.example/{z}", ""),
        ("javascript:alert(1)", ""),
    ],
)
def test_tile_source_is_one_plain_host(address: str, source: str) -> None:
    assert tile_source(address) == source


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Permissions-Policy", PERMISSIONS),
        ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ],
)
def test_every_page_carries_the_header(pages: Client, name: str, value: str) -> None:
    assert (pages.get("/cs/")[name], pages.get("/admin/")[name]) == (value, value)


def test_anonymous_reader_gets_no_cookie(pages: Client) -> None:
    assert dict(pages.get("/cs/").cookies) == {}


def test_answer_for_a_signed_in_person_is_kept_nowhere(pages: Client, editor: Any) -> None:
    assert "Cache-Control" not in pages.get("/cs/")
    pages.force_login(editor)
    assert pages.get("/cs/")["Cache-Control"] == "private, no-store"


def test_public_answer_stays_public_for_a_signed_in_person(editor: Any) -> None:
    request = RequestFactory().get("/admin/sprite/")
    request.user = editor
    view = ReaderSafetyMiddleware(lambda _request: HttpResponse(headers={"Cache-Control": "public, max-age=60"}))
    assert view(request)["Cache-Control"] == "public, max-age=60"


def test_error_page_tells_nothing_of_the_error(pages: Client) -> None:
    response = pages.get("/cs/broken/")
    body = response.content.decode()
    assert (response.status_code, "postgres" in body, "RuntimeError" in body, "Traceback" in body) == (
        500, False, False, False,
    )  # fmt: skip


def test_page_cache_is_the_first_middleware() -> None:
    assert project.MIDDLEWARE[0] == "portal.middleware.page_cache.PageCacheMiddleware"
