"""Twenty thousand rows imported on screen: rows a second, memory of the worker, and undoing to the exact state.

Each file is worked on in a process of its own, as by a worker. Rows a second are told against django-import-export as
its manual recommends (rows written in bulk, records looked up once) and with its defaults, on the same machine and the
same columns, so that the machine's speed falls out. Every table is compared row by row after the undo, except what
tells of the import itself.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
ROWS = 20_000
COMPARED_ROWS = {"defaults": 300, "recommended": 4_000}
MOST_MEGABYTES = 300
LEAST_RATIO = 3.0
STEPS = ("look", "check", "write", "undo")
TOWNS = ("kód", "název", "druh", "obyvatel", "rok", "zdroj", "lat", "lon", "telefon", "e-mail", "popis")
PEOPLE = ("kód", "jméno", "hodnost", "organizace", "funkce", "obec", "od", "telefon", "e-mail", "hodiny")
ADDRESSES = ("obec", "ulice", "číslo", "lat", "lon")
# What tells of the import itself, or is made anew from what is compared.
_OWN = {
    "region.AuditEvent", "region.AuditSeal", "region.ImportBatch", "region.PrivateDocument",
    "django_tasks_database.DBTaskResult",
    "region.StreetWord", "region.AddressWord", "region.WordVariant", "portal.SearchEntry", "portal.SearchWord",
}  # fmt: skip


def town_rows() -> list[list[Any]]:
    """Towns in Czech words, with decimal commas."""
    return [
        [
            500_000 + number, f"Obec číslo {number}", "obec", f"{100 + number % 9000}", "2025", "Český stat. úřad",
            f"49,{5000 + number % 900}", f"13,{3000 + number % 900}", f"377 {number:06}", f"obec{number}@example.org",
            f"Krátký text o obci číslo {number}",
        ]
        for number in range(ROWS)
    ]  # fmt: skip


def people_rows() -> list[list[Any]]:
    """People with one assignment each, in the five hundred towns that are there."""
    return [
        [
            f"P{number}", f"Jan Příklad {number}", "por.", "Obvodní oddělení", "policista", 1 + number % 500,
            "1. 1. 2026", f"974 {number:06}", f"p{number}@example.org", "po 8-10, st 15-17",
        ]
        for number in range(ROWS)
    ]  # fmt: skip


def address_rows() -> list[list[Any]]:
    """Addresses in a thousand streets."""
    return [
        [f"Ves {number % 50}", f"Dlouhá {number % 1000}", number // 1000 + 1, f"49,{5000 + number % 900}", "13,4"]
        for number in range(ROWS)
    ]


FILES: dict[str, tuple[str, tuple[str, ...], Callable[[], list[list[Any]]]]] = {
    "towns.xlsx": ("towns", TOWNS, town_rows),
    "towns.csv": ("towns", TOWNS, town_rows),
    "people.xlsx": ("people", PEOPLE, people_rows),
    "people.csv": ("people", PEOPLE, people_rows),
    "addresses.csv": ("addresses", ADDRESSES, address_rows),
}


def write_file(path: Path) -> None:
    """A table as XLSX or as cp1250 CSV."""
    _importer, header, rows = FILES[path.name]
    if path.suffix == ".csv":
        lines = (";".join(map(str, row)) for row in (header, *rows()))
        path.write_text("\n".join(lines), encoding="cp1250")
        return
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("List1")
    for row in (header, *rows()):
        sheet.append(list(row))
    book.save(path)


def measure(path: Path) -> dict[str, Any]:
    """Upload, dry run, write and undo one file in this process; gives seconds, memory and whether all is as before."""
    import django

    django.setup()
    from django.core.files import File

    from region.domain import content
    from region.domain.batch_work import work_on
    from region.domain.batches import apply_batch, check_batch, receive_file, start_batch, undo_batch
    from region.models import ImportBatch

    by = _filled_region()
    before = _state()
    told: dict[str, Any] = {"base": _peak(), "after commit": 0.0}
    announce = content._announce

    def timed() -> None:
        started = time.perf_counter()
        announce()
        told["after commit"] = time.perf_counter() - started

    content._announce = timed
    with path.open("rb") as stream:
        upload: File[bytes] = File(stream, name=path.name)
        received = receive_file(importer=FILES[path.name][0], upload=upload, by=by)
        batch = start_batch(received=received, by=by)
    told["look peak"] = _peak()
    steps: dict[str, Callable[[], object]] = {
        "check": lambda: check_batch(batch=batch, by=by, later=_nobody),
        "write": lambda: apply_batch(batch=batch, skip_rejected=False, by=by, later=_nobody),
        "undo": lambda: undo_batch(batch=batch, by=by, later=_nobody),
    }
    for name, ask in steps.items():
        ask()
        told["after commit"] = 0.0
        started = time.perf_counter()
        work_on(batch.pk)
        told[f"{name} index"] = told["after commit"]
        told[name] = time.perf_counter() - started - told["after commit"]
        batch = ImportBatch.objects.get(pk=batch.pk)
        told[f"{name} peak"] = _peak()
        if name == "write":
            told["counts"] = [batch.report.get(f"{kind}_count") for kind in ("added", "changed", "rejected")]
            told["differs"] = len(_differing(before, _state()))
    told["status"], told["error"] = batch.status, batch.error
    told["tables"], told["other"] = len(before), _differing(before, _state())
    return told


def _filled_region() -> Any:
    """A county in which some of the file's rows are known already and differ; gives a coordinator."""
    from region.domain.address_index import rebuild
    from region.models import Address, Officer, OfficerAssignment, Street, Town
    from tests.factories.profiles import czech_county
    from tests.factories.roles import with_role

    czech_county()
    towns = [Town(code=str(number), name=f"Ves {number}", slug=f"ves-{number}") for number in range(1, 501)]
    Town.objects.bulk_create(towns)
    for number in range(0, 1000, 10):
        Town.objects.create(code=str(500_000 + number), name=f"Stará {number}", slug=f"stara-{number}", phone="1")
        person = Officer.objects.create(code=f"P{number}", name="Jan Starý", phone="1")
        OfficerAssignment.objects.create(
            officer=person, town=towns[number % 500], role="state_police", since="2026-01-01", until="2027-01-01"
        )
        street = Street.objects.create(place=f"Ves {number % 50}", name=f"Dlouhá {number}")
        Address.objects.create(street=street, number="1", lon=13.4, lat=49.9)
    rebuild()
    return with_role("coordinator")


def measure_library(way: str) -> float:
    """Rows a second of django-import-export for the columns of a town, ``way`` "defaults" or "recommended"."""
    import django

    django.setup()
    import tablib
    from import_export.instance_loaders import CachedInstanceLoader
    from import_export.resources import ModelResource

    from region.models import Town

    columns = ("code", "name", "slug", "kind", "inhabitants", "inhabitants_year", "inhabitants_source", "lat", "lon",
               "phone", "email", "summary")  # fmt: skip

    class Defaults(ModelResource):
        class Meta:
            model = Town
            fields = columns
            import_id_fields = ("code",)

    class Recommended(ModelResource):
        class Meta(Defaults.Meta):
            use_bulk = True
            batch_size = 1_000
            skip_diff = True
            instance_loader_class = CachedInstanceLoader

    count = COMPARED_ROWS[way]
    data = tablib.Dataset(headers=columns)
    for row in town_rows()[:count]:
        code, name, _kind, *counted, lat, lon, phone, email, text = map(str, row)
        data.append(
            [
                code,
                name,
                f"obec-{code}",
                "town",
                *counted,
                lat.replace(",", "."),
                lon.replace(",", "."),
                phone,
                email,
                text,
            ]
        )
    started = time.perf_counter()
    resource: Any = Defaults() if way == "defaults" else Recommended()
    result = resource.import_data(data, use_transactions=True, raise_errors=True)
    if Town.objects.count() != count:
        raise AssertionError(result.totals)
    return count / (time.perf_counter() - started)


def _nobody(_batch_id: object) -> None:
    """Stand for the queue: this process is the worker."""


def _peak() -> float:
    """Most memory that this process has held so far, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _state() -> dict[str, str]:
    """Every table in a few letters, all its rows and columns counting."""
    from django.apps import apps

    models = (model for model in apps.get_models() if model._meta.managed and not model._meta.proxy)
    return {
        model._meta.label: _digest(model._base_manager.order_by("pk").values_list().iterator())
        for model in models
        if model._meta.label not in _OWN
    }


def _digest(rows: Iterable[Any]) -> str:
    digest = hashlib.sha256()
    for row in rows:
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return [label for label in before if before[label] != after.get(label)]


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
    for old in folder.glob("bench.sqlite3*"):
        old.unlink()
    subprocess.run(script, check=True, env=variables, cwd=ROOT)
    command = [sys.executable, "-m", "tests.benchmarks.bench_imports", *arguments]
    done = subprocess.run(command, check=True, env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def _print(name: str, told: dict[str, Any], library: dict[str, float]) -> bool:
    """Say what was measured of one file; whether it held."""
    peak = max(told[f"{step} peak"] for step in STEPS)
    rates = {step: ROWS / told[step] for step in ("check", "write", "undo")}
    ratios = {way: rates["write"] / rate for way, rate in library.items()}
    print(
        f"{name}: {ROWS} rows, {told['counts']} added, changed, rejected; {told['differs']} tables changed by writing"
    )
    for step, words in (("check", "dry run"), ("write", "written"), ("undo", "undone")):
        print(
            f"  {words}: {told[step]:.1f} s ({rates[step]:.0f} rows/s), then {told[f'{step} index']:.1f} s for the"
            f" search index; peak {told[f'{step} peak']:.0f} MB"
        )
    print(f"  writing: {ratios['recommended']:.1f} times the library's bulk, {ratios['defaults']:.1f} its defaults")
    print(f"  memory: {peak:.0f} MB of {MOST_MEGABYTES}; {told['base']:.0f} MB before the file")
    print(
        f"  after the undo ({told['status']}): {told['tables']} tables compared, differing: {told['other'] or 'none'}"
    )
    is_exact = told["status"] == "undone" and not told["other"] and bool(told["differs"])
    return is_exact and peak <= MOST_MEGABYTES and ratios["defaults"] >= LEAST_RATIO


def run(names: Iterable[str]) -> bool:
    """Measure and print; whether everything held."""
    with tempfile.TemporaryDirectory(prefix="bench-imports-") as created:
        folder = Path(created)
        library = {way: _in_process(folder, way) for way in COMPARED_ROWS}
        print("the library:", ", ".join(f"{way} {rate:.0f} rows/s" for way, rate in library.items()), flush=True)
        held = []
        for name in names:
            write_file(folder / name)
            held.append(_print(name, _in_process(folder, str(folder / name)), library))
    return all(held)


def main(wanted: list[str]) -> int:
    """All files, or the named ones; in a process of its own, one measurement."""
    if wanted and wanted[0] in COMPARED_ROWS:
        print(json.dumps(measure_library(wanted[0])))
        return 0
    if wanted and wanted[0] not in FILES:
        print(json.dumps(measure(Path(wanted[0]))))
        return 0
    return 0 if run(wanted or FILES) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
