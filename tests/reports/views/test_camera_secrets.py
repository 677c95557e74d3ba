"""Everything anybody can open, in three languages and every format, searched for what is not public."""

from __future__ import annotations

import re
from collections import deque
from html import unescape
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile, is_zipfile

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from region.clock import today
from reports.publication import FIELD_CLASS, Level, may_see
from tests.factories.camera_secrets import (
    AZIMUTH,
    HIDDEN,
    OPEN,
    RANGE,
    ROUGH_LAT,
    ROUGH_LON,
    VIEW,
    mark,
    register,
    texts_of,
)
from tests.factories.places import square, town

if TYPE_CHECKING:
    from portal.domain.site import Pages
    from reports.models import CameraPoint

pytestmark = pytest.mark.django_db
# Rooms behind a door, and what is the same for every site.
_ELSEWHERE = re.compile(r"^/(?:accounts|office|my|admin|static|media|design)\b|^/(?:cs|pl|en)/(?:accounts|office|my)/")
_ADDRESS = re.compile(r'(?:href|src|action|content)="(?:http://testserver)?(/[^"#]*)|<loc>https?://[^/]+(/[^<]*)</loc>')
_SEEDS = ("/sitemap.xml", "/robots.txt")
_NAMED = ("figures", "cameras", "camera-points", "cameras-pdf", "corrections-feed", "corrections-atom")


@pytest.fixture
def points(site: Pages, monkeypatch: pytest.MonkeyPatch) -> dict[str, CameraPoint]:
    """The register of two systems; what would be a PDF is the page that it is printed from."""
    for module in ("reports.views.camera_products", "reports.views.camera_dashboard", "region.views.sheet"):
        monkeypatch.setattr(f"{module}.pdf_of", lambda html, **_style: html.encode())
    return register(town=town(slug="here", name="Here", boundary=square(13.3, 49.7)))


def _seeds(language: str) -> list[str]:
    with override(language):
        named = [reverse(f"reports:{name}") for name in _NAMED]
        others = [
            reverse("region:town", args=["here"]),
            reverse("region:map-data"),
            *(f"{reverse('portal:search')}?q={word}" for word in ("hidden", "open")),
            *(f"{named[2]}?day=2024-06-01&stage={stage}" for stage in ("active", "planned", "proposed")),
        ]
    return [f"/{language}/", *_SEEDS, *named, *others]


def _text(body: bytes) -> str:
    """What stands in an answer, whatever its format."""
    if is_zipfile(BytesIO(body)):
        with ZipFile(BytesIO(body)) as parts:
            body = b"\n".join(parts.read(name) for name in parts.namelist())
    return unescape(body.decode("utf-8", "replace"))


def _everything(language: str) -> dict[str, str]:
    """Each address of this language that a reader can come to, with what it answers."""
    client, found = Client(), dict[str, str]()
    waiting, seen = deque(_seeds(language)), set[str]()
    while waiting:
        address = waiting.popleft()
        if address in seen or _ELSEWHERE.match(address) or re.match(rf"/(?!{language}\b)(?:cs|pl|en)/", address):
            continue
        seen.add(address)
        answer = client.get(address)
        if answer.status_code == 200:
            found[address] = _text(answer.getvalue() if answer.streaming else answer.content)
            waiting.extend(one or other for one, other in _ADDRESS.findall(found[address]))
    return found


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
def test_nothing_that_is_not_public_is_told_anywhere(language: str, points: dict[str, CameraPoint]) -> None:
    pages = _everything(language)
    needles = {
        HIDDEN,
        *(str(number) for number in (AZIMUTH, VIEW, RANGE)),
        *(str(number).replace(".", ",") for number in (AZIMUTH, VIEW, RANGE)),
        str(ROUGH_LON)[:8],
        str(ROUGH_LAT)[:8],
        *(point.code.lower() for name, point in points.items() if name not in {"active", "rough", "coming"}),
        *_keys(),
    }
    told = {(needle, address) for address, text in pages.items() for needle in needles if needle in text.lower()}
    assert told == set()
    # It looked where something could have been told.
    found = {word for text in pages.values() for word in re.findall(rf"{OPEN}\w+", text)}
    assert _open_marks(language) - found == set()
    formats = {address.split("?")[0].rsplit(".", 1)[-1] for address in pages if "." in address.rsplit("/", 1)[-1]}
    assert formats >= {"csv", "xlsx", "json", "svg", "geojson", "osm", "pdf", "xml", "rss", "atom"}
    printed = {address.rsplit("/", 1)[-1] for address in pages if address.endswith(".pdf")}
    assert printed >= {"sign.pdf", f"{today().year}.pdf"}
    assert len(pages) > 100


def _keys() -> set[str]:
    """Internal keys of every record of the register."""
    return {
        str(key)
        for name in FIELD_CLASS
        for key in apps.get_model("reports", name)._default_manager.values_list("pk", flat=True)
    }


def _open_marks(language: str) -> set[str]:
    """Marks in texts that are public, in the language of the reader."""
    others = tuple(f"_{other}" for other in {"cs", "pl", "en"} - {language})
    return {
        mark(OPEN, model, field)
        for model in (apps.get_model("reports", name) for name in FIELD_CLASS)
        for field in texts_of(model)
        if field.name not in {"code", "slug"}
        if may_see(model, field.name, Level.PUBLIC) and not field.name.endswith(others)
    }
