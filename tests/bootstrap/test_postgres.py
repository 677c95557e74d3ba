"""The throw-away cluster: answers while it is wanted, leaves nothing behind."""

from __future__ import annotations

import tempfile
from pathlib import Path

import psycopg
import pytest

from bootstrap.postgres import cluster
from bootstrap.system import postgres_folder

pytestmark = pytest.mark.skipif(postgres_folder() is None, reason="no PostgreSQL server is installed")


def folders() -> list[Path]:
    return list(Path(tempfile.gettempdir()).glob("safe-county-pg-*"))


def test_cluster_lives_as_long_as_its_block() -> None:
    before = folders()
    with cluster() as url, psycopg.connect(url) as connection:
        assert connection.execute("SHOW fsync").fetchone() == ("off",)
    assert folders() == before
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
