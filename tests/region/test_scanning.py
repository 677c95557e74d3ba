from __future__ import annotations

import socket
from pathlib import Path

import pytest

from region.scanning import ScannerDown, Verdict, scan
from tests.region.scanner import scanner


def test_clean_stream() -> None:
    with scanner(b"stream: OK\0") as clamd:
        assert scan([b"first", b"second"], address=clamd.address) == Verdict()
    assert clamd.received == [b"first", b"second"]


def test_virus_is_named(tmp_path: Path) -> None:
    with scanner(b"stream: Eicar-Test-Signature FOUND\0", path=tmp_path / "clamd") as clamd:
        assert scan([b"x"], address=clamd.address) == Verdict("Eicar-Test-Signature")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (b"INSTREAM size limit exceeded. ERROR\0", "INSTREAM size limit exceeded"),
        (b"", "answered: nothing"),
        (b"stream: O", "answered: stream: O"),
    ],
)
def test_answer_that_cannot_be_trusted_is_an_error(answer: bytes, words: str) -> None:
    with scanner(answer) as clamd, pytest.raises(ScannerDown, match=words):
        scan([b"x"], address=clamd.address)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.socket", "odd"])
def test_scanner_that_is_not_there(address: str) -> None:
    with pytest.raises(ScannerDown):
        scan([b"x"], address=address)


def test_scanner_that_says_nothing_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(ScannerDown):
        scan([b"x"], address=f"127.0.0.1:{server.getsockname()[1]}", seconds=0.2)
