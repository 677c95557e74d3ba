from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pytest

from portal.serving.ready import answers

if TYPE_CHECKING:
    from collections.abc import Iterator


class Teapot(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        asked = self.headers["Host"], self.headers["X-Forwarded-Proto"]
        if self.path == "/proxy/":
            self.send_response(200 if asked == ("bezpecny.example.org", "https") else 400)
        else:
            self.send_response(418 if self.path == "/tea/" else 404)
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    httpd = HTTPServer(("127.0.0.1", 0), Teapot)
    thread = threading.Thread(target=httpd.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def test_status_of_the_path_is_given(server: str) -> None:
    assert answers(f"{server}/tea/") == 418


def test_site_is_asked_by_its_own_address(server: str) -> None:
    assert answers(f"{server}/proxy/", "https://bezpecny.example.org") == 200
    assert answers(f"{server}/proxy/") == 400


def test_silence_gives_none() -> None:
    assert answers("http://127.0.0.1:9/") is None
