from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.utils.translation import override

from region import memory
from region.drawing.map import MapDrawing
from region.models import RegionProfile, Town
from region.queries.maps import districts_map, region_map
from region.queries.profile import forget_profile
from region.stamp import FileStamp
from tests.factories.places import district, square, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


@pytest.fixture
def stamp(county: RegionProfile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStamp:
    made = FileStamp(tmp_path / "stamp")
    monkeypatch.setattr(memory, "shared_stamp", lambda: made)
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    return made


def drawn() -> MapDrawing | None:
    return region_map(on=TODAY, urls={slug: f"/{slug}/" for slug in ("stribro", "susice", "nova")})


@pytest.fixture
def outline(county: RegionProfile) -> None:
    county.boundary = square(12, 48, 3)
    county.save()
    forget_profile()


def test_region_map_links_plates_and_areas_without_one(stamp: FileStamp, outline: None) -> None:
    town(name="Stříbro", slug="stribro", boundary=square(13, 49), lon=13.05, lat=49.05)
    town(name="Sušice", slug="susice", member_since=date(2011, 1, 1), boundary=square(13.5, 49), lon=None, lat=None)
    drawing = drawn()
    assert drawing is not None
    assert [(area.url, area.tone) for area in drawing.areas] == [("", "land"), ("", "city"), ("/susice/", "city")]
    assert [(point.number, point.url, point.tone) for point in drawing.points] == [("1", "/stribro/", "amber")]


def test_region_map_without_an_outline_numbers_its_areas(stamp: FileStamp) -> None:
    town(name="Stříbro", slug="stribro", boundary=square(13, 49))
    drawing = drawn()
    assert drawing is not None
    assert [(area.url, area.tone) for area in drawing.areas] == [("/stribro/", "city")]
    assert [(point.number, point.name) for point in drawing.points] == [("1", "Stříbro")]


def test_region_map_has_the_outline_of_the_region(stamp: FileStamp, outline: None) -> None:
    drawing = drawn()
    assert drawing is not None
    assert [(area.url, area.tone) for area in drawing.areas] == [("", "land")]


def test_region_map_of_nothing_is_none(stamp: FileStamp) -> None:
    town(slug="stribro")
    assert drawn() is None


def test_region_map_is_kept_until_the_content_changes(stamp: FileStamp) -> None:
    town(slug="stribro", boundary=square(13, 49))
    first = drawn()
    Town.objects.all().delete()
    assert drawn() == first
    stamp.bump()
    assert drawn() is None
    town(slug="nova", boundary=square(13, 49))
    assert drawn() is None


def test_region_map_is_kept_for_each_language(stamp: FileStamp) -> None:
    town(slug="stribro", boundary=square(13, 49))
    drawn()
    Town.objects.all().delete()
    with override("cs"):
        assert drawn() is None


def test_region_map_is_drawn_each_time_when_the_stamp_cannot_be_read(
    county: RegionProfile, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Silent:
        def read(self) -> None:
            return None

    monkeypatch.setattr(memory, "shared_stamp", Silent)
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    assert drawn() is None
    town(slug="stribro", boundary=square(13, 49))
    assert drawn() is not None


def test_town_map_numbers_its_districts(stamp: FileStamp) -> None:
    place = town(slug="stribro")
    district(town=place, code="2", name="Jih", boundary=square(13, 49))
    district(town=place, code="1", name="Sever", boundary=square(13, 49.1))
    drawing = districts_map(town_id=place.pk, urls={"1": "/1/", "2": "/2/"}, selected="2")
    assert drawing is not None
    assert [(area.title, area.url, area.tone) for area in drawing.areas] == [
        ("District 1: Sever", "/1/", "land"),
        ("District 2: Jih", "/2/", "on"),
    ]
    assert [(point.number, point.name) for point in drawing.points] == [("1", "Sever"), ("2", "")]


def test_town_map_without_boundaries_is_none(stamp: FileStamp) -> None:
    place = town(slug="stribro")
    district(town=place)
    assert districts_map(town_id=place.pk, urls={}) is None
