"""Starts the services, starts again what dies, and stops everything it started."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

from portal.serving.leash import end_with_parent
from portal.serving.ready import answers

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

    from portal.serving.processes import Service

BEAT = 0.1
FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
# A child that has run this long was well: its next death is answered quickly again.
SETTLED = 60.0
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Child:
    """One service and the process that serves it now."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = FIRST_PAUSE
        self.due = 0.0

    def start(self) -> None:
        """Start the process in a group of its own, so that its own children can be found when it is gone."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.service.command, stdin=subprocess.DEVNULL, process_group=0, preexec_fn=end_with_parent
        )

    def died(self) -> int | None:
        """Exit code of a process that ended by itself, else None; what it left behind is ended too."""
        code = self.process.poll() if self.process else None
        if self.process and code is not None:
            self.signal_group(signal.SIGKILL)
            self.process = None
            self.pause = FIRST_PAUSE if time.monotonic() - self.started > SETTLED else self.pause
            self.due = time.monotonic() + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        return code

    def signal_group(self, number: int) -> None:
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except ProcessLookupError:
                return

    def rest(self) -> float:
        """Seconds until it may be started again."""
        return max(self.due - time.monotonic(), 0.0)

    def is_due(self) -> bool:
        return self.process is None and self.rest() == 0.0

    def ask_to_end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def ended(self, waited: float) -> bool:
        """Whether nothing is left to wait for: it has ended, or has had its ``waited`` seconds."""
        return self.process is None or self.process.poll() is not None or waited > self.service.patience


class Supervisor:
    """Keeps ``services`` running until a signal comes; ``on_ready`` is called once, at the first HTTP answer.

    ``url`` is what is asked on this machine, ``address`` the site's own (``url`` when empty).
    """

    def __init__(
        self, services: list[Service], *, url: str, on_ready: Callable[[int], None], address: str = ""
    ) -> None:
        self.children = [Child(service) for service in services]
        self.url = url
        self.address = address
        self.on_ready = on_ready
        self.ready = False
        self.stopping = 0

    def run(self) -> int:
        """Start and watch until SIGINT, SIGTERM or SIGHUP; give the exit code."""
        before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        try:
            while not self.stopping:
                self._beat()
                time.sleep(BEAT)
        finally:
            self._end_all()
            for number, handler in before.items():
                signal.signal(number, handler)
        return 0

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping += 1

    def _beat(self) -> None:
        for child in self.children:
            code = child.died()
            if code is not None:
                say(f"The {child.service.name} ended ({_words(code)}); starting it again in {child.rest():.0f} s.")
            if child.is_due() and (self.ready or not child.service.waits):
                child.start()
        if not self.ready:
            self._look()

    def _look(self) -> None:
        status = answers(self.url, self.address)
        if status is not None and not self.stopping:
            self.ready = True
            self.on_ready(status)

    def _end_all(self) -> None:
        """Ask every child to end, wait, then force; a second Ctrl-C does not wait."""
        say("\nStopping …")
        asked = self.stopping
        for child in self.children:
            child.ask_to_end()
        began = time.monotonic()
        while not all(child.ended(time.monotonic() - began) for child in self.children) and self.stopping == asked:
            time.sleep(BEAT)
        for child in self.children:
            child.signal_group(signal.SIGKILL)
            if child.process:
                child.process.wait()
        say("Stopped.")


def _words(code: int) -> str:
    return signal.strsignal(-code) or f"signal {-code}" if code < 0 else f"exit code {code}"


def say(text: str) -> None:
    print(text, file=sys.stdout, flush=True)
