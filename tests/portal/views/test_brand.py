"""The stylesheet of a region's own colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from portal.views.brand import brand_styles
from region.models import RegionProfile
from region.queries.profile import forget_profile

if TYPE_CHECKING:
    from django.test import Client


def test_brand_styles_of_the_default_colour() -> None:
    assert brand_styles("#14513f") == (
        ":root{--brand:#14513f;--deep:#054131;--link:#14513f;--c1:#14513f;--stroke:#14513f}"
        "@media (prefers-color-scheme:dark){"
        ":root{--brand:#14513f;--deep:#012d21;--link:#92cdb6;--c1:#79b39d;--stroke:#79b39d}}\n"
    )


@pytest.mark.django_db
def test_brand_css_follows_the_profile(client: Client) -> None:
    RegionProfile.objects.update_or_create(pk=1, defaults={"brand_colour": "#0055a4"})
    forget_profile()
    response = client.get("/brand.css")
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert response.headers["Cache-Control"] == "public, max-age=2592000"
    assert response.content.decode() == brand_styles("#0055a4")
