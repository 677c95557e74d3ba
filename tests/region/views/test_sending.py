from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import RequestFactory

from portal.middleware.conflict import ConflictMiddleware
from region.domain.sent_forms import ForeignForm
from region.domain.transition import IllegalTransition
from region.models import Heartbeat
from region.views.sending import FIELD, sent_once
from tests.factories.accounts import new_user
from tests.region.domain.test_sent_forms import beat

pytestmark = pytest.mark.django_db


def post(user: Any, **values: str) -> HttpRequest:
    request = RequestFactory().post("/en/office/", values)
    request.user = user
    return request


def test_same_form_sent_twice_leads_to_the_same_page() -> None:
    request = post(new_user(), **{FIELD: str(uuid4())})
    answers = [sent_once(request, "beat", beat) for _ in range(2)]
    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/en/office/done/")] * 2
    assert Heartbeat.objects.count() == 1


@pytest.mark.parametrize("values", [{}, {FIELD: ""}, {FIELD: "7"}], ids=["no key", "empty", "not a key"])
def test_form_without_its_key_is_refused(values: dict[str, str]) -> None:
    with pytest.raises(ForeignForm):
        sent_once(post(new_user(), **values), "beat", beat)
    assert Heartbeat.objects.count() == 0


def test_form_of_nobody_is_refused() -> None:
    with pytest.raises(ForeignForm):
        sent_once(post(AnonymousUser(), **{FIELD: str(uuid4())}), "beat", beat)


def test_key_in_a_template_is_new_at_each_showing() -> None:
    shown = [engines["django"].from_string("{% form_key %}").render({}) for _ in range(2)]
    assert shown[0] != shown[1]
    assert shown[0].startswith('<input type="hidden" name="form_key" value="')


@pytest.mark.parametrize("error", [ForeignForm("no key"), IllegalTransition("gone")])
def test_refusals_of_the_kernel_are_a_page_of_their_own(rf: RequestFactory, error: Exception, county: Any) -> None:
    request = rf.post("/en/office/")
    request.user = AnonymousUser()
    answer = ConflictMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
    assert answer is not None
    assert answer.status_code == 409
    assert "Nothing was done." in answer.content.decode()


def test_other_errors_are_left_to_django(rf: RequestFactory) -> None:
    middleware = ConflictMiddleware(lambda _request: HttpResponse("all is well"))
    assert middleware.process_exception(rf.get("/"), ValueError()) is None
    assert middleware(rf.get("/")).content == b"all is well"
