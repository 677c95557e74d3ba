from __future__ import annotations

import math
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from region import memory
from region.models import RegionProfile, Town
from region.queries.profile import forget_profile
from tests.factories.places import district, square, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def changing_stamp(county: RegionProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    """A content stamp that stands still within a test and differs between tests."""

    class Stamp:
        value = str(id(monkeypatch))

        def read(self) -> str:
            return self.value

    monkeypatch.setattr(memory, "shared_stamp", Stamp)
    monkeypatch.setattr(memory, "in_transaction", lambda: False)


def read(client: Client, **question: str) -> Any:
    return client.get(reverse("region:map-data"), question)


def test_map_data_of_the_region_links_towns(client: Client, county: RegionProfile) -> None:
    county.boundary = square(12, 48, 3)
    county.tile_url = "https://tiles.example/{z}/{x}/{y}.png"
    county.save()
    forget_profile()
    town(name="Stříbro", slug="stribro", boundary=square(13, 49))
    town(name="Zbiroh", slug="zbiroh", lon=13.7, lat=49.8)
    town(name="Žihle", slug="zihle", lon=None, lat=None)
    data = read(client).json()
    assert [(one["geometry"]["type"], one["properties"]) for one in data["features"]] == [
        ("Polygon", {"name": "Stříbro", "number": "1", "url": reverse("region:town", args=["stribro"])}),
        ("Point", {"name": "Zbiroh", "number": "2", "url": reverse("region:town", args=["zbiroh"])}),
    ]
    assert (data["outline"]["type"], data["tiles"]) == ("Polygon", "https://tiles.example/{z}/{x}/{y}.png")


def test_map_data_of_a_town_links_districts(client: Client) -> None:
    place = town(slug="stribro")
    district(town=place, code="1", name="Sever", boundary=square(13, 49))
    data = read(client, town="stribro").json()
    assert [one["properties"] for one in data["features"]] == [
        {"name": "Sever", "number": "1", "url": reverse("region:district", args=["stribro", "1"])}
    ]
    assert data["outline"] is None


def test_map_data_is_simplified_and_rounded(client: Client) -> None:
    turns = [index * math.tau / 2000 for index in range(2000)]
    ring = [[13 + 0.1 * math.cos(turn), 49 + 0.1 * math.sin(turn)] for turn in turns]
    town(slug="kruh", boundary={"type": "Polygon", "coordinates": [[*ring, ring[0]]]})
    corners = read(client).json()["features"][0]["geometry"]["coordinates"][0]
    assert 20 < len(corners) < 200
    assert [corner for corner in corners if corner != [round(corner[0], 5), round(corner[1], 5)]] == []


def test_map_data_is_sent_once_to_a_browser_that_has_it(client: Client) -> None:
    town(slug="stribro", boundary=square(13, 49))
    first = read(client)
    tag = first["ETag"]
    again = client.get(reverse("region:map-data"), headers={"If-None-Match": tag})
    weak = client.get(reverse("region:map-data"), headers={"If-None-Match": f"W/{tag}"})
    assert (first["Cache-Control"], again.status_code, again.content, weak.status_code) == (
        "public, max-age=300",
        304,
        b"",
        304,
    )


def test_map_data_is_kept_under_the_stamp(client: Client) -> None:
    town(slug="stribro", boundary=square(13, 49))
    first = read(client).content
    Town.objects.all().delete()
    assert read(client).content == first


@pytest.mark.parametrize("slug", ["neni", "'", "%", "x" * 10_000, "\x00"])
def test_map_data_of_an_unknown_town_is_not_found(slug: str, client: Client) -> None:
    assert read(client, town=slug).status_code == 404
