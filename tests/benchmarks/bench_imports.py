"""Twenty thousand rows imported on screen: time, memory of the worker, and undoing to the exact state.

Each measurement runs in a process of its own, as a worker does. Rows a second are told against django-import-export
with its defaults (one save and one query a row) on the same machine, so that the machine's speed falls out.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROWS = 20_000
COMPARED_ROWS = 300
MOST_MEGABYTES = 300
LEAST_RATIO = 3.0
HEADER = ("kód", "název", "druh", "obyvatel", "rok", "zdroj", "lat", "lon", "telefon", "e-mail", "popis")


def rows() -> list[list[Any]]:
    """Towns in Czech words, with decimal commas."""
    return [
        [
            500_000 + number, f"Obec číslo {number}", "obec", f"{100 + number % 9000}", "2025", "Český stat. úřad",
            f"49,{5000 + number % 900}", f"13,{3000 + number % 900}", f"377 {number:06}", f"obec{number}@example.org",
            f"Krátký text o obci číslo {number}",
        ]
        for number in range(ROWS)
    ]  # fmt: skip


def write_files(folder: Path) -> dict[str, Path]:
    """The same table as XLSX and as cp1250 CSV."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Obce")
    for row in (HEADER, *rows()):
        sheet.append(list(row))
    found = {"xlsx": folder / "towns.xlsx", "csv": folder / "towns.csv"}
    book.save(found["xlsx"])
    lines = (";".join(map(str, row)) for row in (HEADER, *rows()))
    found["csv"].write_text("\n".join(lines), encoding="cp1250")
    return found


def measure(path: Path) -> dict[str, Any]:
    """Upload, dry run, write and undo one file in this process; gives seconds, memory and whether all is as before."""
    import django

    django.setup()
    from django.core.files import File

    from region.domain.batch_work import work_on
    from region.domain.batches import apply_batch, check_batch, start_batch, undo_batch
    from region.models import ImportBatch, Town
    from tests.factories.roles import with_role

    by = with_role("coordinator")
    Town.objects.create(code="500001", name="Stará obec", slug="stara-obec", phone="1")
    before = _digest(Town)
    with path.open("rb") as stream:
        upload: File[bytes] = File(stream, name=path.name)
        batch = start_batch(importer="towns", upload=upload, by=by)
    told: dict[str, Any] = {"base": _peak()}
    steps: dict[str, Callable[[], object]] = {
        "check": lambda: check_batch(batch=batch, by=by, later=_nobody),
        "write": lambda: apply_batch(batch=batch, skip_rejected=False, by=by, later=_nobody),
        "undo": lambda: undo_batch(batch=batch, by=by, later=_nobody),
    }
    for name, ask in steps.items():
        ask()
        started = time.perf_counter()
        work_on(batch.pk)
        told[name] = time.perf_counter() - started
        batch = ImportBatch.objects.get(pk=batch.pk)
        told[f"{name} peak"] = _peak()
    told["counts"] = [batch.report[f"{kind}_count"] for kind in ("added", "changed", "rejected")]
    told["status"], told["same"] = batch.status, _digest(Town) == before
    return told


def measure_defaults() -> float:
    """Rows a second of django-import-export as it comes, for the same columns."""
    import django

    django.setup()
    import tablib
    from import_export.resources import modelresource_factory

    from region.models import Town

    fields = ("code", "name", "slug", "kind", "phone", "email", "summary")
    resource = modelresource_factory(Town)()
    data = tablib.Dataset(headers=["id", *fields])
    for number in range(COMPARED_ROWS):
        data.append(["", str(number), f"Obec {number}", f"obec-{number}", "town", "377", "a@example.org", "Text"])
    started = time.perf_counter()
    result = resource.import_data(data, use_transactions=True, raise_errors=True)
    return len(result.rows) / (time.perf_counter() - started)


def _nobody(_batch_id: object) -> None:
    """Stand for the queue: this process is the worker."""


def _peak() -> float:
    """Most memory that this process has held so far, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _digest(model: Any) -> str:
    digest = hashlib.sha256()
    for row in model.objects.order_by("pk").values_list():
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _in_process(folder: Path, *arguments: str) -> Any:
    """Run one measurement in a new process on a database of its own."""
    variables = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        "SAFE_COUNTY_VAR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "SECRET_KEY": "only-for-measuring-" + "0123456789" * 4,
        "PYTHONPATH": str(ROOT),
    }
    script = [sys.executable, str(ROOT / "manage.py"), "migrate", "--verbosity", "0"]
    (folder / "bench.sqlite3").unlink(missing_ok=True)
    subprocess.run(script, check=True, env=variables, cwd=ROOT)
    command = [sys.executable, "-m", "tests.benchmarks.bench_imports", *arguments]
    done = subprocess.run(command, check=True, env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def run() -> bool:
    """Measure and print; whether everything held."""
    held = True
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as name:
        folder = Path(name)
        files = write_files(folder)
        plain = _in_process(folder, "defaults")
        for kind, path in files.items():
            told = _in_process(folder, str(path))
            rate = ROWS / told["write"]
            peak = max(told[f"{step} peak"] for step in ("check", "write", "undo"))
            held &= told["same"] and told["status"] == "undone" and peak <= MOST_MEGABYTES
            held &= rate / plain >= LEAST_RATIO
            print(
                f"{kind}: {ROWS} rows; dry run {told['check']:.1f} s, written {told['write']:.1f} s"
                f" ({rate:.0f} rows/s, {rate / plain:.1f} times the library's defaults), undone {told['undo']:.1f} s;"
                f" worker's peak {peak:.0f} MB (before the file {told['base']:.0f} MB); state as before: {told['same']}"
            )
    return held


if __name__ == "__main__":
    if len(sys.argv) == 1:
        sys.exit(0 if run() else 1)
    print(json.dumps(measure_defaults() if sys.argv[1] == "defaults" else measure(Path(sys.argv[1]))))
