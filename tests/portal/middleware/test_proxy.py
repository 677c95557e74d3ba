"""The reader's address behind a proxy."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpResponse
from django.test import RequestFactory

from portal.middleware.proxy import ProxyMiddleware


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("10.0.0.1, 203.0.113.7", "203.0.113.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "127.0.0.1"),
        ("unknown", "127.0.0.1"),
        ("203.0.113.7, <script>", "127.0.0.1"),
    ],
)
def test_last_address_told_by_the_proxy_counts(settings: Any, told: str, address: str) -> None:
    settings.TRUST_PROXY = True
    request = RequestFactory().get("/", headers={"x-forwarded-for": told})
    ProxyMiddleware(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == address


def test_nobody_is_believed_without_a_proxy_of_ours() -> None:
    with pytest.raises(MiddlewareNotUsed):
        ProxyMiddleware(lambda _request: HttpResponse())
