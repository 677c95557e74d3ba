"""What is acknowledged stays, whatever is killed; nothing happens twice."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Any

from django.db import connection

from bootstrap.postgres import _free_port
from tests.region.faults.house import Cluster, House, house, until

SECONDS_OF_LOAD = 8.0


class Load(threading.Thread):
    """Asks the application for one act after another; keeps the keys of those that were acknowledged."""

    def __init__(self, number: int, port: int) -> None:
        super().__init__(daemon=True)
        self.number, self.port = number, port
        self.acknowledged: list[str] = []
        self.refused = 0
        self.ended = threading.Event()

    def run(self) -> None:
        asked = 0
        while not self.ended.wait(0.1):
            asked += 1
            key = f"{self.number}-{asked}"
            if ask(self.port, key):
                self.acknowledged.append(key)
            else:
                self.refused += 1


def ask(port: int, key: str) -> bool:
    """Whether the act of a key was acknowledged."""
    line = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("POST", f"/{key}")
        return line.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def strike(place: House, cluster: Cluster | None, web: str) -> None:
    """Everything that can go wrong, one after the other, while work goes on."""
    blows: list[Callable[[], None]] = [
        lambda: place.kill("worker"),
        lambda: place.kill_child(web),
        lambda: place.kill("tick"),
        place.mail.close,
        place.mail.open,
    ]
    if cluster:
        blows.insert(2, cluster.strike)
    for blow in blows:
        time.sleep(SECONDS_OF_LOAD / len(blows))
        blow()


def test_killed_processes_and_a_restarted_database_lose_nothing_and_repeat_nothing() -> None:
    with house(connection.vendor) as (place, cluster):
        web = f"web {_free_port()}"
        for name in ("worker", "tick", web):
            place.start(name)
        port = int(web.split()[1])
        until(lambda: ask(port, "first"))
        loads = [Load(number, port) for number in range(2)]
        for load in loads:
            load.start()
        until(place.began.exists)
        strike(place, cluster, web)
        time.sleep(1)
        until(lambda: ask(port, "last"))
        for load in loads:
            load.ended.set()
            load.join()
        acknowledged = {"first", "last"}.union(*(load.acknowledged for load in loads))
        judge(place, place.ask("told_at_rest()"), acknowledged)


def judge(place: House, told: dict[str, Any], acknowledged: set[str]) -> None:
    """Nothing acknowledged is missing; nothing went out, or was counted, twice; what is uncertain is seen."""
    taken = Counter(place.mail.numbers)
    sent = {key for key, status in told["mail"].items() if status == "sent"}
    doubtful = {key for key, status in told["mail"].items() if status != "sent"}
    arrived = {key for key, number in told["numbers"].items() if f"<{number}@localhost>" in taken}
    assert len(acknowledged) > 20, place.log()[-3000:]
    assert acknowledged - set(told["mail"]) == set()
    assert [number for number, times in taken.items() if times > 1] == []
    assert sent - arrived == set()
    assert len(doubtful) <= 3, doubtful
    assert {key: told["counts"].get(key) for key in acknowledged} == dict.fromkeys(acknowledged, 1)
    assert {row["status"] for row in told["tasks"]} == {"SUCCESSFUL"}
    # The worker was killed in the middle of this one, after its effect: it ran again, and counted once.
    slow = [row["runs"] for row in told["tasks"] if row["key"] == ["slow"]]
    assert (slow, told["counts"]["slow"]) == ([2], 1)
