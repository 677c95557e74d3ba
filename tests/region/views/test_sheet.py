from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from region import memory
from region.models import RegionProfile
from region.pdf import PdfUnavailable
from region.views import sheet
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(county: RegionProfile) -> None:
    here = district(town=town(name="Stříbro", slug="stribro"), code="1", name="Sever")
    assignment(
        district=here, officer=officer(rank="", name="Jana Nová", email="tajna@policie.example", is_example=True)
    )
    assignment(town=here.town, role="town_hall", substitute=officer(rank="", name="Petr Zástup"))


def read(client: Client) -> Any:
    return client.get(reverse("region:town-sheet", args=["stribro"]))


def test_sheet_is_a_pdf_of_one_file(client: Client) -> None:
    response = read(client)
    assert (response.status_code, response["Content-Type"], response.content[:5]) == (200, "application/pdf", b"%PDF-")


def test_sheet_names_everybody_without_an_address_of_mail(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def keep(text: str, **_options: Any) -> bytes:
        seen.append(text)
        return b"%PDF-"

    monkeypatch.setattr(sheet, "pdf_of", keep)
    read(client)
    found = [word in seen[0] for word in ("Jana Nová", "Petr Zástup", "Sever", "an invented person", "112", "tajna@")]
    assert found == [True, True, True, True, True, False]


def test_sheet_is_made_once_for_its_content(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def make(text: str, **_options: Any) -> bytes:
        made.append(text)
        return b"%PDF-"

    monkeypatch.setattr(sheet, "pdf_of", make)
    read(client)
    read(client)
    assert len(made) == 2  # inside a transaction nothing may be kept
    monkeypatch.setattr(memory, "in_transaction", lambda: False)
    read(client)
    read(client)
    assert len(made) == 3


def test_sheet_without_the_systems_library_explains(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_text: str, **_options: Any) -> bytes:
        message = "cannot load library 'libgobject-2.0-0'"
        raise PdfUnavailable(message)

    monkeypatch.setattr(sheet, "pdf_of", missing)
    response = read(client)
    assert response.status_code == 503
    assert "The PDF cannot be made here" in response.content.decode()


def test_sheet_of_an_unknown_town_is_not_found(client: Client) -> None:
    assert client.get(reverse("region:town-sheet", args=["neni"])).status_code == 404


def test_sheet_without_people_says_so() -> None:
    text = render_to_string("print/town_sheet.html", {"town": {"name": "Stříbro"}, "groups": ()})
    assert "Nobody is entered for this day" in text
