"""Which process this is, so that another one can tell whether it still lives. The standard library only."""

from __future__ import annotations

import hashlib
import os
import socket
from functools import cache
from pathlib import Path
from uuid import uuid4

_PROC = Path("/proc")


@cache
def place() -> str:
    """A short name of this machine and of the container on it, new at every start of the machine; "" if unknown.

    Numbers of processes mean the same to two processes only if they share it.
    """
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        container = (_PROC / "self/ns/pid").readlink()
    except OSError:
        return ""
    return hashlib.sha256(f"{socket.gethostname()} {boot} {container}".encode()).hexdigest()[:12]


def _began(pid: int) -> str:
    """When the process began, in ticks of the kernel; "" when there is none. Its name may hold spaces and brackets."""
    try:
        state = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    fields = state.rpartition(")")[2].split()
    # A zombie has ended; only its parent has not looked yet.
    return "" if fields[0] == "Z" else fields[19]


def own_name() -> str:
    """A name of this process that no other has or will have: place, number, beginning."""
    began = _began(os.getpid())
    return f"{place()}-{os.getpid()}-{began}" if place() and began else f"-{os.getpid()}-{uuid4().hex[:12]}"


def lives(name: str) -> bool | None:
    """Whether the process of a name given by ``own_name`` still runs; None when that cannot be told from here."""
    where, _dash, rest = name.partition("-")
    number, _dash, began = rest.partition("-")
    if not where or where != place() or not number.isdigit():
        return None
    return _began(int(number)) == began


def number_of(name: str) -> str:
    """The number of the process in a name given by ``own_name``, as the operating system shows it."""
    return name.split("-")[1] if name.count("-") >= 2 else name
