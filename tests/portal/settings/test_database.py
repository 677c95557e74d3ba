"""How the database is opened, and that writers do not get into each other's way."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="asks SQLite about itself")
WRITE = """
import sys, django
django.setup()
from django.db import connection, transaction
from django.contrib.sessions.models import Session
failed = 0
for _ in range(150):
    try:
        with transaction.atomic():
            row = Session.objects.get()
            row.session_data = str(int(row.session_data) + 1)
            row.save()
    except Exception as error:
        failed += 1
        print(error, file=sys.stderr)
sys.exit(failed > 0)
"""
PREPARE = """
import django
django.setup()
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
with connection.schema_editor() as editor:
    editor.create_model(Session)
Session.objects.create(session_key="shared", session_data="0", expire_date=timezone.now())
"""
READ = """
import django
django.setup()
from django.contrib.sessions.models import Session
print(Session.objects.get().session_data)
"""
PRAGMAS = """
import django
django.setup()
from django.db import connection
with connection.cursor() as cursor:
    for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
        cursor.execute(f"PRAGMA {name}")
        print(cursor.fetchone()[0])
print(connection.transaction_mode, connection.settings_dict["CONN_MAX_AGE"])
"""


def environment(folder: Path) -> dict[str, str]:
    """Settings of the demo with an embedded database of its own."""
    given = {
        "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
        "SAFE_COUNTY_VAR": str(folder),
        "SECRET_KEY": "for-one-test",
        "DATABASE_URL": "",
    }
    return {**os.environ, **given}


def run(code: str, folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_embedded_database_is_opened_as_measured(tmp_path: Path) -> None:
    # write-ahead log; 2 = FULL: what was acknowledged survives a power cut; foreign keys; 20 s of patience
    assert run(PRAGMAS, tmp_path).split() == ["wal", "2", "1", "20000", "IMMEDIATE", "600"]


def test_two_processes_that_read_then_write_never_find_the_database_locked(tmp_path: Path) -> None:
    run(PREPARE, tmp_path)
    command = [sys.executable, "-c", WRITE]
    writers = [
        subprocess.Popen(command, cwd=ROOT, env=environment(tmp_path), stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [writer.communicate()[1] for writer in writers]
    assert ([writer.returncode for writer in writers], [line for text in told for line in text.splitlines()]) == (
        [0, 0],
        [],
    )
    assert run(READ, tmp_path).strip() == "300"


@ON_SQLITE
def test_tests_run_with_the_same_settings() -> None:
    options = connection.settings_dict["OPTIONS"]
    assert (options["transaction_mode"], "synchronous=FULL" in options["init_command"]) == ("IMMEDIATE", True)
