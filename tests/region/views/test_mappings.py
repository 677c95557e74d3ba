"""Kept ways of reading files: kept once, taken by themselves, chosen, renamed, deleted."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from region.models import AuditEvent, ImportBatch, RegionProfile, SavedMapping, Town, User
from tests.conftest import QueryCounter
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
HOME = "/en/office/imports/"
# Headings that no recognition knows.
FIRST = "Gebiet;Ort;Zahl 2020\n1;Stod;3 500\n2;Planá;5 300\n"
NEXT = "Zahl 2021;Gebiet;Ort\n3 600;1;Stod\n5 400;2;Planá\n"
COLUMNS = {"column-0": "code", "column-1": "name", "column-2": "inhabitants"}
VALUES = {"year": "", "source": "Statistical office", "kind": "town", "crs": ""}


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


@pytest.fixture
def coordinator(db: None) -> User:
    return with_role("coordinator")


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def upload(client: Client, text: str, name: str = "table.csv") -> ImportBatch:
    file = SimpleUploadedFile(name, text.encode())
    answer = client.post(f"{HOME}new/", {"importer": "towns", "file": file, "form_key": str(uuid4())})
    assert answer.status_code == 302
    return ImportBatch.objects.order_by("-created_at")[0]


def columns_of(batch: ImportBatch) -> str:
    return f"{HOME}{batch.pk}/columns/"


def kept(client: Client, name: str = "Yearly count") -> SavedMapping:
    """A way of reading kept while trying a file out."""
    batch = upload(client, FIRST)
    basics = {"encoding": "utf-8", "separator": ";", "header_row": "1"}
    data = {**basics, **COLUMNS, **VALUES, "keep_as": name, "do": "check"}
    answer = client.post(columns_of(batch), data, follow=True)
    assert "What would change" in text_of(answer)
    return SavedMapping.objects.get(name=" ".join(name.split()))


def test_way_of_reading_is_kept_by_headings_with_values(office: Client, coordinator: User) -> None:
    mapping = kept(office, "  Yearly   count ")
    assert mapping.importer == "towns"
    assert mapping.headings == ["gebiet", "ort", "zahl #"]
    assert mapping.reading["columns"] == {
        "code": ["gebiet", "Gebiet"],
        "name": ["ort", "Ort"],
        "inhabitants": ["zahl #", "Zahl 2020"],
    }
    assert mapping.values == {**VALUES}
    event = AuditEvent.objects.get(action="mapping.add")
    assert (event.actor_id, event.after["name"]) == (str(coordinator.pk), "Yearly count")


def test_next_file_with_the_same_headings_is_read_so_by_itself(office: Client) -> None:
    kept(office)
    batch = upload(office, NEXT)
    page = text_of(office.get(columns_of(batch)))
    assert "Read as “Yearly count”" in page
    assert 'value="Statistical office"' in page
    data = {"encoding": "utf-8", "separator": ";", "header_row": "1", **VALUES, "do": "check"}
    data |= {"column-0": "inhabitants", "column-1": "code", "column-2": "name"}
    office.post(columns_of(batch), data)
    batch.refresh_from_db()
    assert (batch.report["added_count"], batch.report["rejected_count"]) == (2, 0)
    office.post(f"{HOME}{batch.pk}/confirm/", follow=True)
    assert list(Town.objects.order_by("code").values_list("inhabitants", "inhabitants_year")) == [
        (3600, 2021),
        (5400, 2021),
    ]


def test_file_with_other_headings_is_not_read_so_by_itself(office: Client) -> None:
    kept(office)
    batch = upload(office, "kód;název;Gebiet\n1;Stod;x\n")
    assert "mapping" not in batch.options
    assert "Read as “" not in text_of(office.get(columns_of(batch)))


def test_chosen_way_says_what_the_file_lacks_and_can_be_left(office: Client) -> None:
    mapping = kept(office)
    batch = upload(office, "kód;Ort;x\n1;Stod;x\n")
    answer = office.post(columns_of(batch), {"do": "use", "mapping": str(mapping.pk)}, follow=True)
    page = text_of(answer)
    assert "Read as “Yearly count”, but the file lacks something of it" in page
    assert "Gebiet, Zahl 2020" in page
    batch.refresh_from_db()
    assert batch.options["reading"]["places"] == {"name": 1}
    page = text_of(office.post(columns_of(batch), {"do": "use", "mapping": ""}, follow=True))
    assert "Read as “" not in page
    batch.refresh_from_db()
    assert (batch.options["mapping"], batch.options["reading"]) == (None, {})


def test_same_name_again_replaces_the_way(office: Client) -> None:
    first = kept(office)
    SavedMapping.objects.update(headings=["another"])
    assert kept(office).pk == first.pk
    assert SavedMapping.objects.get().headings == ["gebiet", "ort", "zahl #"]
    assert AuditEvent.objects.filter(action="mapping.change").count() == 1


def test_renaming_and_deleting(office: Client) -> None:
    mapping = kept(office)
    other = SavedMapping.objects.create(importer="towns", name="Other", created_by=mapping.created_by)
    address = f"{HOME}mappings/{mapping.pk}/"
    page = text_of(office.get(address))
    assert "Gebiet" in page
    assert "register code" in page
    answer = office.post(address, {"name": "Other", "form_key": str(uuid4())})
    assert (answer.status_code, "has this name" in text_of(answer)) == (422, True)
    office.post(address, {"name": "  New  name ", "form_key": str(uuid4())})
    mapping.refresh_from_db()
    assert mapping.name == "New name"
    assert "Imports that were read so stay" in text_of(office.get(f"{address}delete/"))
    office.post(f"{address}delete/", {"form_key": str(uuid4())})
    assert list(SavedMapping.objects.all()) == [other]


def test_ways_of_other_fields_are_not_there(client: Client) -> None:
    mapping = SavedMapping.objects.create(importer="towns", name="Towns", created_by=with_role("coordinator"))
    client.force_login(with_role("camera_registrar"))
    assert "Towns" not in text_of(client.get(f"{HOME}mappings/"))
    assert client.get(f"{HOME}mappings/{mapping.pk}/").status_code == 404
    assert client.post(f"{HOME}mappings/{mapping.pk}/delete/").status_code == 404


def test_list_asks_the_same_for_one_and_three(office: Client, coordinator: User, count_queries: QueryCounter) -> None:
    def add(number: int) -> None:
        SavedMapping.objects.create(importer="towns", name=f"Way {number}", created_by=coordinator)

    add(1)
    office.get(f"{HOME}mappings/")
    with count_queries() as one:
        office.get(f"{HOME}mappings/")
    add(2)
    add(3)
    with count_queries() as three:
        office.get(f"{HOME}mappings/")
    assert len(one) == len(three)
