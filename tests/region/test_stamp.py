"""The shared value that tells processes of a change."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import redis

from region import stamp
from region.stamp import FileStamp, RedisStamp


def test_file_stamp_differs_after_every_bump_however_fast(tmp_path: Path) -> None:
    shared = FileStamp(tmp_path / "content.stamp")
    values = [shared.read()]
    for _ in range(200):
        shared.bump()
        values.append(shared.read())
    assert len(set(values)) == 201


def test_file_stamp_is_seen_by_another_object(tmp_path: Path) -> None:
    one, other = FileStamp(tmp_path / "content.stamp"), FileStamp(tmp_path / "content.stamp")
    before = other.read()
    one.bump()
    assert other.read() == one.read() != before


def test_file_stamp_of_concurrent_processes_loses_no_bump(tmp_path: Path) -> None:
    path = tmp_path / "content.stamp"
    code = (
        "import sys; from pathlib import Path; from region.stamp import FileStamp\n"
        "shared = FileStamp(Path(sys.argv[1]))\n"
        "for _ in range(300): shared.bump()"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _ in range(2)]
    assert [process.wait() for process in running] == [0, 0]
    assert path.stat().st_size == 600


def test_file_stamp_makes_its_folder(tmp_path: Path) -> None:
    shared = FileStamp(tmp_path / "new" / "content.stamp")
    assert (shared.read(), shared.changed_at()) == ("0", None)
    shared.bump()
    assert shared.read() != "0"


def test_file_stamp_knows_when_it_changed(tmp_path: Path) -> None:
    shared = FileStamp(tmp_path / "content.stamp")
    shared.bump()
    changed = shared.changed_at()
    assert changed is not None
    assert abs(datetime.now(UTC) - changed) < timedelta(seconds=5)


class FakeRedis:
    """Answers like the client; ``broken`` makes it fail."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}
        self.broken = False
        self.asked = 0

    def get(self, key: str) -> bytes | None:
        self.asked += 1
        if self.broken:
            raise redis.ConnectionError
        return self.values.get(key)

    def set(self, key: str, value: str) -> None:
        if self.broken:
            raise redis.ConnectionError
        self.values[key] = value.encode()


@pytest.fixture
def fake_redis(monkeypatch: pytest.MonkeyPatch) -> FakeRedis:
    fake = FakeRedis()
    monkeypatch.setattr(redis.Redis, "from_url", lambda *_args, **_options: fake)
    return fake


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [1000.0]
    monkeypatch.setattr("region.stamp.time.monotonic", lambda: now[0])
    return now


def test_redis_stamp_changes_with_every_bump(fake_redis: FakeRedis, tmp_path: Path) -> None:
    shared = RedisStamp("redis://unused", tmp_path / "stamp")
    values = [shared.read()]
    for _ in range(50):
        shared.bump()
        values.append(shared.read())
    assert len(set(values)) == 51


def test_change_is_seen_at_once_on_the_same_machine(fake_redis: FakeRedis, tmp_path: Path, clock: list[float]) -> None:
    one, other = (RedisStamp("redis://unused", tmp_path / "stamp") for _ in range(2))
    before = other.read()
    one.bump()
    assert other.read() != before


def test_change_is_seen_soon_on_another_machine(fake_redis: FakeRedis, tmp_path: Path, clock: list[float]) -> None:
    here, there = RedisStamp("redis://unused", tmp_path / "here"), RedisStamp("redis://unused", tmp_path / "there")
    before = there.read()
    here.bump()
    assert there.read() == before
    clock[0] += stamp.REDIS_SECONDS
    assert there.read() != before


def test_redis_is_not_asked_at_every_request(fake_redis: FakeRedis, tmp_path: Path, clock: list[float]) -> None:
    shared = RedisStamp("redis://unused", tmp_path / "stamp")
    for _ in range(100):
        shared.read()
    assert fake_redis.asked == 1


def test_redis_stamp_knows_when_it_changed(fake_redis: FakeRedis, tmp_path: Path) -> None:
    shared = RedisStamp("redis://unused", tmp_path / "stamp")
    assert shared.changed_at() is None
    shared.bump()
    changed = shared.changed_at()
    assert changed is not None
    assert abs(datetime.now(UTC) - changed) < timedelta(seconds=5)


def test_redis_out_of_reach_is_an_unknown_stamp_and_left_alone_for_a_while(
    fake_redis: FakeRedis, tmp_path: Path, clock: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    fake_redis.broken = True
    shared = RedisStamp("redis://unused", tmp_path / "stamp")
    assert [shared.read(), shared.read(), shared.read()] == [None, None, None]
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    fake_redis.broken = False
    clock[0] += 5
    assert shared.read() is not None


def test_change_without_redis_is_still_seen_on_this_machine(fake_redis: FakeRedis, tmp_path: Path) -> None:
    shared = RedisStamp("redis://unused", tmp_path / "stamp")
    before = shared.read()
    fake_redis.broken = True
    with pytest.raises(redis.ConnectionError):
        shared.bump()
    fake_redis.broken = False
    assert shared.read() != before


@pytest.mark.parametrize(("url", "kind"), [("", FileStamp), ("redis://127.0.0.1:1/0", RedisStamp)])
def test_shared_stamp_follows_the_settings(settings: object, url: str, kind: type) -> None:
    settings.REDIS_URL = url
    stamp.shared_stamp.cache_clear()
    try:
        assert type(stamp.shared_stamp()) is kind
    finally:
        stamp.shared_stamp.cache_clear()
