"""Finished pages for anonymous readers: who gets one, what is kept, and that a change is seen everywhere at once."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse, HttpResponseNotFound, HttpResponseRedirect, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.views.decorators.cache import cache_control, never_cache

from portal.middleware.page_cache import BROWSER_RULE, PageCacheMiddleware
from region.models import User
from region.stamp import FileStamp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

LONG = "žluťoučký kůň " * 50


class Site:
    """A view that counts how often it was asked, and middleware in front of it as one process would have."""

    def __init__(self, stamp: FileStamp, view: Callable[[HttpRequest], HttpResponseBase] | None = None) -> None:
        self.asked = 0
        self.view = view or (lambda request: HttpResponse(f"{LONG} {self.asked} {request.get_full_path()}"))
        self.cache = PageCacheMiddleware(self._answer, stamp)
        self.requests = RequestFactory()

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        self.asked += 1
        return self.view(request)

    def get(self, path: str = "/cs/", **headers: Any) -> Any:
        return self.cache(self.requests.get(path, headers=headers))

    def send(self, request: HttpRequest) -> Any:
        return self.cache(request)


@pytest.fixture(autouse=True)
def switched_on(settings: Any) -> None:
    settings.PAGE_CACHE_MB = 4


@pytest.fixture
def stamp(tmp_path: Path) -> FileStamp:
    return FileStamp(tmp_path / "content.stamp")


@pytest.fixture
def site(stamp: FileStamp) -> Site:
    return Site(stamp)


def test_second_reader_gets_the_kept_page(site: Site) -> None:
    first, second = site.get(), site.get()
    assert (site.asked, first.content) == (1, second.content)
    assert dict(first.items()) == dict(second.items())


def test_kept_page_tells_browsers_to_ask_again(site: Site) -> None:
    answer = site.get()
    assert (answer["Cache-Control"], answer["Vary"]) == (BROWSER_RULE, "Accept-Encoding, Cookie, HX-Request")


def test_switched_off_middleware_takes_itself_out(settings: Any, stamp: FileStamp) -> None:
    settings.PAGE_CACHE_MB = 0
    with pytest.raises(MiddlewareNotUsed):
        Site(stamp)


# --- What tells pages apart -------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "other",
    [
        {"path": "/pl/"},
        {"path": "/cs/?q=a"},
        {"path": "/cs/", "host": "localhost"},
    ],
)
def test_another_address_is_another_page(site: Site, other: dict[str, str]) -> None:
    site.get()
    site.get(**other)
    assert site.asked == 2


def test_https_and_http_are_two_pages(site: Site) -> None:
    site.get()
    site.send(site.requests.get("/cs/", secure=True))
    assert site.asked == 2


def test_each_order_of_the_query_gets_its_own_page(site: Site) -> None:
    bodies = {site.get("/cs/?a=1&b=2").content.split()[-1], site.get("/cs/?b=2&a=1").content.split()[-1]}
    assert (bodies, site.asked) == ({b"/cs/?a=1&b=2", b"/cs/?b=2&a=1"}, 2)


def test_htmx_request_neither_gets_nor_leaves_a_page(site: Site) -> None:
    site.view = lambda request: HttpResponse("part" if request.headers.get("HX-Request") else "whole")
    answers = [site.get(hx_request="true"), site.get(), site.get(hx_request="true"), site.get()]
    assert [answer.content for answer in answers] == [b"part", b"whole", b"part", b"whole"]
    assert site.asked == 3


def test_pages_with_queries_push_out_each_other_only(settings: Any, stamp: FileStamp) -> None:
    settings.PAGE_CACHE_MB = 1
    site = Site(stamp)
    site.get()
    for number in range(400):
        site.get(f"/cs/?junk={number}")
    assert site.cache.variants.size <= 256 * 1024
    site.get()
    assert site.asked == 401


# --- Methods and codings ----------------------------------------------------------------------------------------------
def test_head_is_answered_from_the_page_without_a_body(site: Site) -> None:
    page = site.get()
    head = site.send(site.requests.head("/cs/"))
    assert (site.asked, head.content, head["Content-Length"]) == (1, b"", page["Content-Length"])
    assert head["ETag"] == page["ETag"]


def test_head_leaves_nothing_behind(site: Site) -> None:
    site.view = lambda request: HttpResponse("" if request.method == "HEAD" else "whole")
    site.send(site.requests.head("/cs/"))
    assert (site.get().content, site.asked) == (b"whole", 2)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_writing_methods_pass_by(site: Site, method: str) -> None:
    site.get()
    site.send(getattr(site.requests, method)("/cs/"))
    assert (site.asked, len(site.cache.pages)) == (2, 1)


@pytest.mark.parametrize("accepted", ["gzip", "gzip, deflate, br", "br;q=1.0, gzip;q=0.8", "gzip;q=0.05"])
def test_reader_who_takes_gzip_gets_it(site: Site, accepted: str) -> None:
    plain = site.get().content
    packed = site.get(accept_encoding=accepted)
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain)
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain)


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_reader_who_does_not_take_gzip_gets_plain_text(site: Site, accepted: str) -> None:
    answer = site.get(accept_encoding=accepted)
    assert ("Content-Encoding" in answer, answer.content.decode()[:5]) == (False, "žluťo")


def test_short_page_is_not_compressed(site: Site) -> None:
    site.view = lambda _request: HttpResponse("short")
    assert "Content-Encoding" not in site.get(accept_encoding="gzip")


def test_reader_who_has_the_page_gets_304(site: Site) -> None:
    etag = site.get()["ETag"]
    answer = site.get(if_none_match=f'"other", {etag}')
    assert (answer.status_code, answer.content, answer["ETag"], answer["Cache-Control"]) == (
        304,
        b"",
        etag,
        BROWSER_RULE,
    )
    assert "Content-Type" not in answer


def test_reader_with_an_older_page_gets_the_new_one(site: Site, stamp: FileStamp) -> None:
    etag = site.get()["ETag"]
    stamp.bump()
    assert site.get(if_none_match=etag).status_code == 200


def test_unchanged_page_answers_304_after_a_change_elsewhere(site: Site, stamp: FileStamp) -> None:
    site.view = lambda _request: HttpResponse(LONG)
    etag = site.get()["ETag"]
    stamp.bump()
    assert (site.get(if_none_match=etag).status_code, site.asked) == (304, 2)


def test_own_headers_of_the_page_are_kept(site: Site) -> None:
    site.view = lambda _request: HttpResponse(LONG, content_type="text/calendar", headers={"X-Robots-Tag": "noindex"})
    site.get()
    answer = site.get()
    assert (answer["Content-Type"], answer["X-Robots-Tag"]) == ("text/calendar", "noindex")


# --- Time -------------------------------------------------------------------------------------------------------------
def test_no_page_lives_longer_than_five_minutes(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("portal.middleware.page_store.time.monotonic", lambda: now[0])
    site.view = cache_control(public=True, max_age=86_400)(lambda _request: HttpResponse(LONG))
    site.get()
    now[0] += 299
    site.get()
    assert site.asked == 1
    now[0] += 2
    site.get()
    assert site.asked == 2


def test_page_may_ask_for_a_shorter_life(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr("portal.middleware.page_store.time.monotonic", lambda: now[0])
    site.view = cache_control(public=True, max_age=20)(lambda _request: HttpResponse(LONG))
    assert site.get()["Cache-Control"] == "public, max-age=20"
    now[0] += 21
    site.get()
    assert site.asked == 2


# --- Processes --------------------------------------------------------------------------------------------------------
def test_change_in_one_process_is_seen_by_the_other(tmp_path: Path) -> None:
    path = tmp_path / "content.stamp"
    content = ["old"]
    view = lambda _request: HttpResponse(content[0])
    one, other = Site(FileStamp(path), view), Site(FileStamp(path), view)
    assert (one.get().content, other.get().content) == (b"old", b"old")
    content[0] = "new"
    FileStamp(path).bump()
    assert (one.get().content, other.get().content) == (b"new", b"new")


def test_change_while_a_page_is_rendered_never_leaves_the_old_one(site: Site, stamp: FileStamp) -> None:
    content = ["old"]

    def slow(_request: HttpRequest) -> HttpResponse:
        read = content[0]
        if read == "old":  # somebody publishes between our reading and our answer
            content[0] = "new"
            stamp.bump()
        return HttpResponse(read)

    site.view = slow
    assert [site.get().content, site.get().content, site.get().content] == [b"old", b"new", b"new"]


def test_unknown_stamp_means_nothing_is_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site.cache.stamp, "read", lambda: None)
    site.get()
    site.get()
    assert (site.asked, len(site.cache.pages)) == (2, 0)


# --- Signed-in people -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("cookie", ["sessionid", "messages"])
def test_reader_with_a_session_neither_gets_nor_leaves_a_page(site: Site, cookie: str) -> None:
    site.view = lambda request: HttpResponse("mine" if cookie in request.COOKIES else "public")
    answers = [site.get(cookie=f"{cookie}=x"), site.get(), site.get(cookie=f"{cookie}=x"), site.get()]
    assert [answer.content for answer in answers] == [b"mine", b"public", b"mine", b"public"]


def test_session_cookie_of_production_is_known_too(settings: Any, stamp: FileStamp) -> None:
    settings.SESSION_COOKIE_NAME = "__Host-session"
    site = Site(stamp)
    site.get()
    site.get(cookie="__Host-session=x")
    assert site.asked == 2


def test_cookies_of_others_do_not_matter(site: Site) -> None:
    site.get()
    site.get(cookie="_ga=GA1.2.3; csrftoken=abc")
    assert site.asked == 1


def test_authorization_header_passes_by(site: Site) -> None:
    site.get()
    site.get(authorization="Bearer x")
    assert (site.asked, len(site.cache.pages)) == (2, 1)


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/pages/3/", "/static/portal/site.css", "/media/a.jpg", "/documents/1/a.pdf"]
)
def test_other_doors_pass_by(site: Site, path: str) -> None:
    site.get(path)
    site.get(path)
    assert (site.asked, len(site.cache.pages)) == (2, 0)


def test_page_made_for_a_known_user_is_not_kept(site: Site) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.user = User(email="a@example.org")
        return HttpResponse("mine")

    site.view = view
    site.get()
    assert len(site.cache.pages) == 0


def test_page_made_for_nobody_is_kept(site: Site) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        request.user = AnonymousUser()
        return HttpResponse("public")

    site.view = view
    site.get()
    assert len(site.cache.pages) == 1


def test_preview_neither_gets_nor_leaves_a_page(site: Site) -> None:
    site.get()
    request = site.requests.get("/cs/")
    request.is_dummy = True
    site.send(request)
    assert site.asked == 2


# --- Answers that are not for everybody -------------------------------------------------------------------------------
def with_cookie(_request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("page")
    answer.set_cookie("a", "b")
    return answer


def with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def previewed(request: HttpRequest) -> HttpResponse:
    request.is_preview = True
    return HttpResponse("draft")


REFUSED: list[Callable[[HttpRequest], HttpResponseBase]] = [
    with_cookie,
    with_token,
    previewed,
    cache_control(private=True)(lambda _request: HttpResponse("page")),
    cache_control(no_store=True)(lambda _request: HttpResponse("page")),
    cache_control(max_age=0)(lambda _request: HttpResponse("page")),
    never_cache(lambda _request: HttpResponse("page")),
    lambda _request: StreamingHttpResponse([b"page"]),
    lambda _request: HttpResponseNotFound("nothing"),
    lambda _request: HttpResponseRedirect("/cs/"),
    lambda _request: HttpResponse("error", status=500),
    lambda _request: HttpResponse("made", status=201),
    lambda _request: HttpResponse("page", headers={"Vary": "Accept-Language"}),
    lambda _request: HttpResponse("page", headers={"Vary": "*"}),
    lambda _request: HttpResponse("page", headers={"Content-Encoding": "br"}),
]


@pytest.mark.parametrize("view", REFUSED)
def test_answer_that_is_not_for_everybody_is_not_kept(
    site: Site, view: Callable[[HttpRequest], HttpResponseBase]
) -> None:
    site.view = view
    first = site.get()
    site.get()
    assert (site.asked, len(site.cache.pages)) == (2, 0)
    assert ("ETag" in first, first.get("Cache-Control") == BROWSER_RULE) == (False, False)


def test_known_variations_do_not_hinder(site: Site) -> None:
    site.view = lambda _request: HttpResponse("page", headers={"Vary": "Cookie, accept-encoding"})
    site.get()
    assert site.get()["Vary"] == "Cookie, accept-encoding, HX-Request"
    assert site.asked == 1
