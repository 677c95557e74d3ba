"""To the region's identity provider and back; when it does not answer, a plain page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING

from allauth.socialaccount.providers.openid_connect import views as library
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from requests import RequestException

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


@never_cache
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider."""
    return _answered(request, library.login, provider_id)


@never_cache
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take in who comes back."""
    return _answered(request, library.callback, provider_id)


def _answered(request: HttpRequest, view: Callable[..., HttpResponse], provider_id: str) -> HttpResponse:
    try:
        return view(request, provider_id=provider_id)
    except (RequestException, KeyError) as error:  # not there, or it does not say where its parts are
        logger.warning("The identity provider does not answer: %s", type(error).__name__)
        return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.SERVICE_UNAVAILABLE)
