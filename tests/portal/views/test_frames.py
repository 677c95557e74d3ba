"""Frames that no page of this portal's own fills yet, and the page of a refusal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.template import engines
from django.views.defaults import permission_denied

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.test import RequestFactory

    from portal.domain.site import Pages


@pytest.fixture
def request_of_reader(rf: RequestFactory, site: Pages) -> HttpRequest:
    return rf.get("/en/")


@pytest.mark.parametrize(("frame", "robots"), [("base_my.html", ["noindex"]), ("base_office.html", ["noindex"])])
def test_frame_of_signed_in_people_is_not_for_search_engines(
    request_of_reader: HttpRequest, frame: str, robots: list[str]
) -> None:
    template = engines["django"].from_string(
        f'{{% extends "{frame}" %}}{{% block content %}}<h1>Here</h1>{{% endblock %}}'
    )
    page = BeautifulSoup(template.render({}, request_of_reader), "html.parser")
    assert [tag["content"] for tag in page.select('meta[name="robots"]')] == robots
    assert [tag.get_text() for tag in page.select("main h1")] == ["Here"]


def test_refusal_says_why_and_leads_home(request_of_reader: HttpRequest) -> None:
    response = permission_denied(request_of_reader, PermissionDenied())
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 403
    assert [tag.get_text() for tag in page.select("main h1")] == ["You may not open this page"]
    assert [tag["href"] for tag in page.select("main a.btn")] == ["/en/"]
