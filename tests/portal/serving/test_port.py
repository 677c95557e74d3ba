from __future__ import annotations

import socket

from portal.serving.port import is_free, taken


def test_port_is_taken_while_somebody_listens() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert not is_free(port)
    assert is_free(port)


def test_impossible_port_is_not_free() -> None:
    assert not is_free(70_000)


def test_sentence_names_the_port_and_a_way_out() -> None:
    assert taken(8000) == "Port 8000 is taken by another program. Stop it, or choose another: PORT=8001 ./run demo"
