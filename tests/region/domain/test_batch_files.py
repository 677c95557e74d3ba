"""Files of imports: what goes when, and that what was confirmed is what was shown."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from region.domain.batches import KEPT, apply_batch, check_batch, correct_batch, forget_old_files, undo_batch
from region.domain.documents import ORPHAN_AFTER, remove_document, remove_orphans
from region.messages import Problem
from region.models import ImportBatch, PrivateDocument, RegionProfile
from region.tables.reading import Options
from tests.factories.batches import applied, at_once, checked, uploaded

pytestmark = pytest.mark.django_db
TOWNS = "kód;název;telefon\n1;Stod;377 1\n2;Planá;377 2\n3;;377 3\n"


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


def stored(settings: Any) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_ROOT).rglob("*") if path.is_file()]


def test_dry_run_made_anew_removes_the_rejected_rows_of_the_one_before() -> None:
    batch = checked("towns", TOWNS)
    first = batch.rejected_file
    assert first is not None
    batch = check_batch(batch=batch, by=batch.created_by, later=at_once)
    first.refresh_from_db()
    assert (first.removed_at is not None, batch.rejected_file is not None) == (True, True)
    correct_batch(batch=batch, reading=Options(), values={}, by=batch.created_by)
    rejected = PrivateDocument.objects.filter(name__endswith="rejected.csv")
    assert (rejected.count(), rejected.filter(removed_at=None).count()) == (2, 0)


def test_confirmation_of_an_older_dry_run_is_refused() -> None:
    seen = checked("towns", TOWNS)
    row = ImportBatch.objects.get()
    row.report = {**row.report, "added_count": 1}
    row.save()
    with pytest.raises(Problem, match="Somebody was faster"):
        apply_batch(batch=seen, skip_rejected=True, by=seen.created_by, later=at_once)


def test_files_of_old_imports_go_and_counts_stay(settings: Any) -> None:
    now = timezone.now()
    old, young = applied("towns", TOWNS), uploaded("towns", TOWNS)
    ImportBatch.objects.filter(pk=old.pk).update(created_at=now - KEPT - timedelta(days=1))
    assert [forget_old_files(now=now), forget_old_files(now=now)] == [1, 0]
    old.refresh_from_db()
    assert (old.status, old.report["added_count"], old.journal, old.rejected_file) == ("applied", 2, None, None)
    assert [value for value in old.report.values() if not isinstance(value, int)] == []
    assert list(PrivateDocument.objects.filter(removed_at=None).values_list("pk", flat=True)) == [young.file_id]
    old = undo_batch(batch=old, by=old.created_by, later=at_once)
    assert (old.status, old.error[:40]) == ("applied", "What this import changed is no longer kn")


def test_import_that_never_ended_is_dropped_with_its_files() -> None:
    batch = uploaded("towns", TOWNS)
    ImportBatch.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))
    forget_old_files(now=timezone.now())
    batch.refresh_from_db()
    assert batch.status == "dropped"


def test_import_that_somebody_has_just_had_worked_on_keeps_its_files(monkeypatch: pytest.MonkeyPatch) -> None:
    uploaded("towns", TOWNS), uploaded("towns", TOWNS)
    ImportBatch.objects.update(created_at=timezone.now() - KEPT - timedelta(days=1))

    def remove_and_begin(**what: Any) -> None:
        remove_document(**what)
        ImportBatch.objects.exclude(file=what["document"]).update(status="checking")

    monkeypatch.setattr("region.domain.batches.remove_document", remove_and_begin)
    assert forget_old_files(now=timezone.now()) == 1
    at_work = ImportBatch.objects.get(status="checking")
    assert list(PrivateDocument.objects.filter(removed_at=None)) == [at_work.file]


def test_bytes_without_a_row_go_once_they_are_old(settings: Any) -> None:
    # The store outlives each test's database: what earlier ones left there has no rows either.
    before = set(stored(settings))
    kept = uploaded("towns", TOWNS)
    with pytest.raises(Problem):
        uploaded("towns", b"\n\n\n")
    with transaction.atomic():
        uploaded("towns", TOWNS)
        transaction.set_rollback(True)
    hour = timezone.now().replace(minute=0)
    assert remove_orphans(now=hour) == 0
    fresh = set(stored(settings)) - before
    assert len(fresh) == 2
    later = hour + ORPHAN_AFTER + timedelta(hours=2)
    assert remove_orphans(now=later.replace(minute=1)) == 0
    assert [remove_orphans(now=later) > 0, remove_orphans(now=later)] == [True, 0]
    assert [str(path).endswith(kept.file.stored_as) for path in fresh if path.exists()] == [True]
