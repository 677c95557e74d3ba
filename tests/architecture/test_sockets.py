"""Tests reach this machine only."""

from __future__ import annotations

import socket

import pytest
from pytest_socket import SocketConnectBlockedError

# RFC 5737: an address that belongs to nobody.
NOBODY = ("192.0.2.1", 80)


def test_foreign_address_is_refused() -> None:
    # Warnings are errors here, and the guard warns before it refuses: either one ends the attempt.
    refusal = (SocketConnectBlockedError, UserWarning)
    with socket.socket() as connection, pytest.raises(refusal, match=r'host "192\.0\.2\.1"'):
        connection.connect(NOBODY)


def test_loopback_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
