"""PDF files that a worker makes: ordered once, kept for all, counted by address; pages say how far it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from region.domain import prepared
from region.domain.prepared import Order, kept_file, make_file, name_of, order_file
from region.pdf import PdfUnavailable
from region.tasks import prepare_file
from reports.models import CameraPoint
from tests.factories.cameras import camera_point
from tests.factories.places import town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("site")]


class Queue:
    """Takes tasks and lets them wait."""

    def __init__(self) -> None:
        self.waiting: list[tuple[str, ...]] = []

    def enqueue(self, *words: str) -> None:
        self.waiting.append(words)

    def work(self) -> None:
        for name, kind, about, language in self.waiting:
            make_file(name=name, kind=kind, about=about, language=language)
        self.waiting = []


@pytest.fixture
def queue(monkeypatch: pytest.MonkeyPatch) -> Queue:
    """A worker with its own time, and data that are committed."""
    made = Queue()
    monkeypatch.setattr("region.views.prepared.prepare_file", made)
    monkeypatch.setattr(prepared, "in_transaction", lambda: False)
    return made


@pytest.fixture(autouse=True)
def limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few enough to reach them."""
    monkeypatch.setattr(prepared, "MOST_OF_ONE", 3)
    monkeypatch.setattr(prepared, "MOST_OF_ALL", 5)


@pytest.fixture(autouse=True)
def point() -> CameraPoint:
    """A point in a town, for some years."""
    return camera_point(town=town(slug="mereno"), since=date(2015, 1, 1))


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was made into files."""
    seen: list[str] = []

    def pdf_of(html: str, **_style: Any) -> bytes:
        seen.append(html)
        return b"%PDF-" + str(len(seen)).encode()

    monkeypatch.setattr("reports.views.camera_dashboard.pdf_of", pdf_of)
    return seen


def reverse_en(name: str) -> str:
    with translation.override("en"):
        return reverse(name)


def asked(client: Client, query: str = "", language: str = "en", **more: Any) -> Any:
    with translation.override(language):
        return client.get(reverse("reports:cameras-pdf") + query, **more)


def test_reader_waits_on_a_page_and_then_gets_the_file(client: Client, queue: Queue, printed: list[str]) -> None:
    first = asked(client, "?town=mereno")
    text = first.content.decode()
    assert (first.status_code, first["Cache-Control"], first["Retry-After"]) == (202, "no-store", "10")
    assert "The PDF is being prepared" in text
    assert f'href="{reverse_en("reports:cameras-pdf")}?town=mereno"' in text
    assert f'href="{reverse_en("reports:cameras")}?town=mereno"' in text
    assert (asked(client, "?town=mereno").status_code, len(queue.waiting), printed) == (202, 1, [])
    queue.work()
    second = asked(client, "?town=mereno")
    assert (second.status_code, second.content, second["Content-Type"]) == (200, b"%PDF-1", "application/pdf")
    assert asked(Client(), "?town=mereno").content == b"%PDF-1"
    assert (len(printed), queue.waiting) == (1, [])


def test_each_language_and_each_filter_has_its_file(client: Client, queue: Queue, printed: list[str]) -> None:
    for language, query in (("en", ""), ("cs", ""), ("en", "?until=2025"), ("en", "")):
        asked(client, query, language)
    assert len({name for name, *_rest in queue.waiting}) == len(queue.waiting) == 3
    queue.work()
    assert ["Kamery" in html.partition("</h1>")[0] for html in printed] == [False, True, False]


def test_file_is_made_anew_after_a_change(
    client: Client, queue: Queue, printed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Changing:
        state = "1"

        def read(self) -> str:
            return self.state

    stamp = Changing()
    monkeypatch.setattr(prepared, "shared_stamp", lambda: stamp)
    asked(client)
    queue.work()
    assert asked(client).content == b"%PDF-1"
    stamp.state = "2"
    assert asked(client).status_code == 202
    queue.work()
    assert asked(client).content == b"%PDF-2"


def test_task_done_twice_makes_one_file(queue: Queue, printed: list[str]) -> None:
    name = name_of("cameras", "")
    for _time in range(2):
        prepare_file.func(name, "cameras", "", "en")
    assert (kept_file(name), len(printed)) == (b"%PDF-1", 1)


def test_where_the_library_is_missing(client: Client, queue: Queue, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_html: Any, **_style: Any) -> bytes:
        raise PdfUnavailable

    monkeypatch.setattr("reports.views.camera_dashboard.pdf_of", refuse)
    asked(client)
    queue.work()
    answer = asked(client)
    assert answer.status_code == 503
    assert "The PDF cannot be made here" in answer.content.decode()
    assert queue.waiting == []


def test_one_address_orders_so_many_different_files(client: Client, queue: Queue) -> None:
    assert [asked(client, f"?until={year}").status_code for year in (2016, 2017, 2018, 2019)] == [202, 202, 202, 429]
    refused = asked(client, "?until=2019")
    assert "Too many PDF files" in refused.content.decode()
    assert (refused["Cache-Control"], refused["Retry-After"]) == ("no-store", "3600")
    assert len(queue.waiting) == 3
    assert asked(client, "?until=2016").status_code == 202
    assert asked(client, "?until=2019", REMOTE_ADDR="203.0.113.7").status_code == 202


def test_all_addresses_together_order_so_many() -> None:
    found = [order_file(f"file-{n}", kind="k", about=str(n), address=f"203.0.113.{n}") for n in range(6)]
    assert found == [Order.TAKEN] * 5 + [Order.TOO_MANY]


def test_same_wish_after_a_change_is_no_new_one(client: Client) -> None:
    for number in range(6):
        assert order_file(f"file-{number}", kind="k", about="the same", address="203.0.113.7") is Order.TAKEN


def test_order_that_came_to_nothing_can_be_repeated(client: Client, queue: Queue) -> None:
    asked(client)
    (name, *_rest), queue.waiting = queue.waiting[0], []
    cache.delete(f"{name}:order")
    assert asked(client).status_code == 202
    assert len(queue.waiting) == 1
