"""Asking clamd whether a stream of bytes carries a virus. Pure: no Django."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterable
from dataclasses import dataclass

SECONDS = 30.0


class ScannerDown(Exception):
    """The scanner does not answer, or not in a way that can be trusted."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said; ``virus`` is the name that it gives to what it found, empty for none."""

    virus: str = ""


def scan(chunks: Iterable[bytes], *, address: str, seconds: float = SECONDS) -> Verdict:
    """Send bytes to clamd (command INSTREAM) at ``address``: the path of a Unix socket, or host:port.

    Raises ScannerDown when it cannot be reached, breaks off, or answers an error (such as a file larger than its
    StreamMaxLength).
    """
    try:
        with _connected(address, seconds) as connection:
            connection.sendall(b"zINSTREAM\0")
            for chunk in chunks:
                connection.sendall(struct.pack("!I", len(chunk)) + chunk)
            connection.sendall(struct.pack("!I", 0))
            answer = _answer(connection)
    except (OSError, ValueError) as error:
        raise ScannerDown(f"{address}: {error}") from error
    return _verdict(answer)


def _connected(address: str, seconds: float) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=seconds)


def _answer(connection: socket.socket) -> str:
    """Everything up to the closing zero byte."""
    answer = b""
    while not answer.endswith(b"\0"):
        more = connection.recv(4096)
        if not more:
            break
        answer += more
    return answer.rstrip(b"\0").decode(errors="replace").strip()


def _verdict(answer: str) -> Verdict:
    """`stream: OK`, `stream: Eicar-Test-Signature FOUND`, or something else, which is an error."""
    if answer == "stream: OK":
        return Verdict()
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    raise ScannerDown(f"The scanner answered: {answer[:200] or 'nothing'}")
