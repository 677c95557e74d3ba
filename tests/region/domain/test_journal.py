"""The record of what a bulk write did: complete, exact, and believed only as far as it can be."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from region.domain.batches import undo_batch
from region.domain.documents import open_document
from region.domain.journal import read_journal, remembered, write_journal
from region.messages import Problem
from region.models import ImportBatch, Officer, RegionProfile, Town, User
from tests.factories.batches import applied, at_once, state_of
from tests.factories.people import officer
from tests.factories.places import town

pytestmark = pytest.mark.django_db
TOWNS = "kód;název;telefon\n1;Stod;377 1\n2;Planá;377 2\n"


def packed(path: Path, *rows: Any) -> Path:
    """A journal with these rows, whatever they are."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("journal.jsonl", "\n".join(json.dumps(row) for row in rows))
    return path


def test_journal_tells_what_was_added_changed_and_removed(tmp_path: Path) -> None:
    stays, changes, goes = town(code="1"), town(code="2", phone="1"), town(code="3")
    path = tmp_path / "journal.zip"
    with transaction.atomic(), remembered([Town, Officer]):
        Town.objects.filter(pk=changes.pk).update(phone="2")
        Town.objects.filter(pk=goes.pk).delete()
        comes = officer(code="P1")
        assert write_journal(path, [Town, Officer]) == 3
    found = {entry.key: (entry.before, entry.after) for entry in read_journal(path, [Town, Officer])}
    assert str(stays.pk) not in found
    before, after = found[str(changes.pk)]
    assert before is not None
    assert {**before, "phone": "2"} == after
    assert (found[str(goes.pk)][1], found[str(comes.pk)][0]) == (None, None)


@pytest.mark.parametrize(
    "forge",
    [
        lambda row: {**row, "t": "region.User"},
        lambda row: {**row, "t": 'x"; DROP TABLE region_town; --'},
        lambda row: {**row, "b": {**row["a"], 'name" = 1 --': "x"}},
        lambda row: {**row, "a": {"name": "x"}},
        lambda row: {"k": row["k"]},
        lambda row: [row],
        lambda _row: "text",
    ],
)
def test_journal_that_names_anything_else_is_not_read(forge: Any, tmp_path: Path) -> None:
    with transaction.atomic(), remembered([Town]):
        town(code="1")
        write_journal(tmp_path / "journal.zip", [Town])
    with zipfile.ZipFile(tmp_path / "journal.zip") as archive:
        row = json.loads(archive.read("journal.jsonl"))
    path = packed(tmp_path / "forged.zip", forge(row))
    with CaptureQueriesContext(connection) as queries, pytest.raises(Problem, match="can no longer be read"):
        list(read_journal(path, [Town]))
    assert len(queries) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_journal_that_is_no_archive_is_not_read(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "journal.zip"
    path.write_bytes(content)
    with pytest.raises(Problem, match="can no longer be read"):
        list(read_journal(path, [Town]))


def test_exchanged_journal_undoes_nothing(county: RegionProfile, tmp_path: Path) -> None:
    batch = applied("towns", TOWNS)
    state = state_of([Town, User])
    assert batch.journal is not None
    with open_document(document=batch.journal) as stored:
        kept = Path(str(stored.name))
    entries = list(read_journal(kept, [Town]))
    row = {
        "t": "region.Town",
        "k": entries[0].key,
        "b": {**(entries[0].after or {}), "name": "Jiné"},
        "a": entries[0].after,
    }
    packed(kept, row)
    batch = undo_batch(batch=ImportBatch.objects.get(), by=batch.created_by, later=at_once)
    assert (batch.status, batch.error) == (
        "applied",
        "The record of what this import changed is not as it was kept, so it cannot be undone.",
    )
    assert state_of([Town, User]) == state
