"""A mail server that keeps what it is given, and can go away and come back."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from email import message_from_bytes
from io import RawIOBase

ANSWERS = {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class MailServer:
    """Listens on ``port`` of this machine while it is ``open``; ``numbers`` are the Message-IDs of what it took."""

    def __init__(self) -> None:
        self.numbers: list[str] = []
        self.port = 0
        self._socket: socket.socket | None = None

    def open(self) -> None:
        """Listen, on the same port as before."""
        self._socket = socket.create_server(("127.0.0.1", self.port))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, args=(self._socket,), daemon=True).start()

    def close(self) -> None:
        """Go away; conversations that run are finished."""
        if self._socket:
            self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _listen(self, server: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client, _address = server.accept()
                threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        with client, client.makefile("rwb", buffering=0) as line, suppress(OSError):
            line.write(b"220 ready\r\n")
            while words := line.readline():
                command = words[:4].upper()
                line.write(ANSWERS.get(command, b"250 well\r\n"))
                if command == b"DATA":
                    self._take(line)
                elif command == b"QUIT":
                    return

    def _take(self, line: RawIOBase) -> None:
        text = b""
        while not text.endswith(b"\r\n.\r\n"):
            more = line.readline()
            if not more:
                return
            text += more
        # Taken from here on, whether or not the sender hears of it.
        self.numbers.append(message_from_bytes(text)["Message-ID"])
        line.write(b"250 taken\r\n")
