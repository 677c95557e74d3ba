"""The gallery shows every component, in each language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from portal.templatetags import components
from portal.views.gallery import TAGS, usage

if TYPE_CHECKING:
    from django.test import Client

PARTS_OF_OTHERS = {"heading", "key_figure", "json_ld", "social_card", "brand_link", "office_frame", "form_key"}
STATIC = Path(settings.BASE_DIR) / "portal" / "static" / "portal"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["cs", "pl", "en"])
def test_gallery_in_each_language(client: Client, code: str) -> None:
    page = client.get(f"/design/?lang={code}").content.decode()
    assert re.findall(r'<html lang="(\w+)"', page) == [code]
    assert re.findall(r'lang="(\w+)" hreflang="\w+" aria-current="true"', page) == [code]


@pytest.mark.django_db
def test_gallery_in_an_unknown_language_speaks_the_usual_one(client: Client) -> None:
    page = client.get("/design/?lang=xx").content.decode()
    assert re.findall(r'<html lang="(\w+)"', page) == [settings.LANGUAGE_CODE]


@pytest.mark.django_db
def test_gallery_has_no_doubled_id(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', client.get("/design/").content.decode())
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["cs", "pl", "en"])
def test_gallery_shows_every_kind_of_chart(client: Client, code: str) -> None:
    page = client.get(f"/design/?charts=all&lang={code}").content.decode()
    assert page.count('<figure class="chart') == 15
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.django_db
def test_gallery_shows_a_printed_sheet(client: Client) -> None:
    assert client.get("/design/?sheet=1").content.decode().count('class="print-head"') == 1


def test_gallery_lists_every_component() -> None:
    assert set(TAGS) == set(components.register.tags) - PARTS_OF_OTHERS


def test_usage_shows_arguments_as_declared() -> None:
    assert usage("arrow_link") == "text, href=, direction='forward', lang='', about=''"
    assert usage("card").startswith("title='', href=''")


def test_public_stylesheet_stays_small() -> None:
    assert (STATIC / "site.css").stat().st_size <= 40 * 1024
