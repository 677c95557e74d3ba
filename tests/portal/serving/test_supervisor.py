"""The supervisor on small programs of our own: restarts, clean ends, nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from portal.serving import supervisor as module
from portal.serving.processes import Service
from portal.serving.supervisor import Child, Supervisor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent.parent.parent
ENOUGH = 15.0

# Like a web server with a worker: has a child, writes both process ids, ends the child when asked to end.
PARENT = """
import os, signal, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
def end(*_):
    child.kill()
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
with open(sys.argv[1], "a") as file:
    file.write(f"{os.getpid()} {child.pid}\\n")
time.sleep(60)
"""
STUBBORN = """
import pathlib, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).write_text("deaf")
time.sleep(60)
"""
# A supervisor in a process of its own, so that it can be sent signals.
HOST = """
import sys
from portal.serving.processes import Service
from portal.serving.supervisor import Supervisor
services = [Service("program", [sys.executable, "-c", sys.argv[1], sys.argv[2]], patience=float(sys.argv[3]))]
sys.exit(Supervisor(services, url="http://127.0.0.1:9/", on_ready=print).run())
"""


def wait_for(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ENOUGH
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie, ended but not yet collected, does not)."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except OSError:
        return False
    return state.rsplit(")", 1)[1].split()[0] != "Z"


def pids(book: Path) -> list[list[int]]:
    lines = book.read_text(encoding="utf-8").splitlines() if book.exists() else []
    return [[int(word) for word in line.split()] for line in lines]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "pids"


@pytest.fixture
def host(book: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start a supervisor of one program; whatever a failing test leaves is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(program: str = PARENT, patience: float = 5.0) -> subprocess.Popen[str]:
        words = [sys.executable, "-c", HOST, program, str(book), str(patience)]
        process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        started.append(process)
        wait_for(book.exists)
        wait_for(lambda: bool(book.read_text(encoding="utf-8")))
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_signal_ends_everything(host: Callable[..., subprocess.Popen[str]], book: Path, number: int) -> None:
    process = host()
    [family] = pids(book)
    process.send_signal(number)
    output, _ = process.communicate(timeout=ENOUGH)
    assert process.returncode == 0
    assert output == "\nStopping …\nStopped.\n"
    assert [alive(pid) for pid in family] == [False, False]


def test_killed_child_is_started_again_without_orphans(host: Callable[..., subprocess.Popen[str]], book: Path) -> None:
    process = host()
    [[first, orphan]] = pids(book)
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: len(pids(book)) == 2)
    assert not alive(orphan)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=ENOUGH)
    assert output == "The program ended (Killed); starting it again in 1 s.\n\nStopping …\nStopped.\n"
    assert [alive(pid) for family in pids(book) for pid in family] == [False] * 4


def test_killed_supervisor_takes_its_children_along(host: Callable[..., subprocess.Popen[str]], book: Path) -> None:
    process = host()
    [family] = pids(book)
    process.kill()
    wait_for(lambda: [alive(pid) for pid in family] == [False, False])


def test_deaf_child_is_forced_after_its_patience(host: Callable[..., subprocess.Popen[str]]) -> None:
    process = host(STUBBORN, patience=0.5)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=ENOUGH)
    assert 0.5 <= time.monotonic() - began < 5.0


def test_second_signal_does_not_wait(host: Callable[..., subprocess.Popen[str]]) -> None:
    process = host(STUBBORN, patience=60.0)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=ENOUGH)
    assert process.returncode == 0


def test_pause_grows_and_is_forgotten_after_a_long_life(monkeypatch: pytest.MonkeyPatch) -> None:
    child = Child(Service("brief", [sys.executable, "-c", ""]))

    def pause() -> float:
        child.start()
        wait_for(lambda: child.died() == 0)
        return round(child.rest())

    assert [pause() for _ in range(6)] == [1, 2, 4, 8, 16, 30]
    monkeypatch.setattr(module, "SETTLED", -1.0)
    assert pause() == 1


def test_waiting_service_starts_after_the_first_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([None, None, 200])
    known = ("http://127.0.0.1:9/cs/", "https://bezpecny.example.org")
    monkeypatch.setattr(module, "answers", lambda *asked: next(answers) if asked == known else None)
    waiting = Service("waiting", [sys.executable, "-c", "import time; time.sleep(60)"], waits=True)
    seen: list[int] = []
    supervisor = Supervisor([waiting], url=known[0], address=known[1], on_ready=seen.append)
    [child] = supervisor.children
    states = []
    for _ in range(4):
        supervisor._beat()
        states.append(child.process is not None)
    child.signal_group(signal.SIGKILL)
    assert child.process is not None
    child.process.wait()
    assert (states, seen) == ([False, False, False, True], [200])
