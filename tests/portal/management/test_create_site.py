"""Setting up the site by command, and again after editors have worked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.management import call_command
from wagtail.models import Page

from portal.models import MaterialIndexPage, TownPage
from tests.factories.places import town as new_town

if TYPE_CHECKING:
    import pytest

    from region.models import RegionProfile


def test_site_set_up_again_after_editing_stays_as_it_is(
    county: RegionProfile, capsys: pytest.CaptureFixture[str]
) -> None:
    new_town(slug="stribro")
    call_command("create_site", languages=["cs", "pl"])
    for page in (MaterialIndexPage.objects.first(), TownPage.objects.first()):
        assert page is not None
        page.slug = "jinde"
        page.save()
    before = list(Page.objects.order_by("pk").values_list("pk", "url_path"))
    call_command("create_site", languages=["cs", "pl"])
    assert list(Page.objects.order_by("pk").values_list("pk", "url_path")) == before
    assert capsys.readouterr().out == "11 pages in cs, pl; 1 town pages.\n" * 2
