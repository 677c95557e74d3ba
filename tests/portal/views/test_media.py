"""Addresses of pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.mark.parametrize("path", ["..%2f..%2fdatabase.sqlite3", "../manage.py", "nothing.webp"])
def test_path_out_of_the_folder_names_no_picture(client: Client, county: RegionProfile, path: str) -> None:
    assert client.get(f"/media/images/{path}").status_code == 404
