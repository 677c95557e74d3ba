"""Pages that refuse: a form without its token, a page behind a password; both in the site's own design."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from wagtail.models import PageViewRestriction

if TYPE_CHECKING:
    from tests.factories.pages import Pages


@pytest.mark.django_db
def test_post_without_token_is_refused_in_the_sites_design(site: Pages) -> None:
    response = Client(enforce_csrf_checks=True).post("/cs/")
    assert (response.status_code, response.templates[0].name) == (403, "403_csrf.html")


@pytest.mark.django_db
def test_page_behind_a_password_asks_in_the_sites_design(site: Pages, client: Client) -> None:
    page = site["about"]["cs"]
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="tajne")
    response = client.get(page.url)
    assert "portal/password_required.html" in [template.name for template in response.templates]
    again = client.post(response.context["action_url"], {"password": "spatne", "return_url": page.url})
    assert again.context["form"].errors["password"]
