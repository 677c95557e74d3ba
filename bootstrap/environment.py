"""The folder ``.venv``, the file ``.env`` and the variables that our programs are started with."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

from bootstrap.progress import ROOT, Stop, step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
RUNTIME = "requirements.lock"
DEVELOPMENT = "requirements-dev.lock"
EXTRAS = {"geo": "requirements-geo.lock", "s3": "requirements-s3.lock"}
DEMO_SETTINGS = "portal.settings.demo"
DEFAULT_REGION = "plzen"
REGIONS = (DEFAULT_REGION, "krakow")
# Where a real installation keeps its data: the demo must never reach it.
NOT_FOR_DEMO = ("DATABASE_URL", "REDIS_URL")
# A line of a lock file that begins a package.
PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==", re.MULTILINE)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamps(folder: Path) -> dict[str, str]:
    try:
        stamps: dict[str, str] = json.loads((folder / "stamps.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamps


def _stamp(folder: Path, lock: str, digest: str) -> None:
    """Write down that ``lock`` stands in the environment; the rename makes it all or nothing."""
    draft = folder / "stamps.json.new"
    draft.write_text(json.dumps({**_stamps(folder), lock: digest}), encoding="utf-8")
    draft.replace(folder / "stamps.json")


def _works(folder: Path) -> bool:
    """Whether the environment has a Python of our version with pip in it."""
    question = "import pip, sys; print(sys.version_info[:2])"
    try:
        done = subprocess.run(
            [folder / "bin" / "python", "-c", question], capture_output=True, text=True, check=False, timeout=60
        )
    except OSError:
        return False
    return done.stdout.strip() == str(sys.version_info[:2])


def _make(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    done = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        message = f"The Python environment could not be made:\n{done.stdout}{done.stderr}"
        raise Stop(message)


def _pip(lock: Path) -> None:
    command: list[str | Path] = [
        *(PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"),
        *("--only-binary", ":all:", "--require-hashes", "--requirement", lock),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        lines = [line[:300] for line in (done.stdout + done.stderr).splitlines()]
        told = "\n".join([line for line in lines if line.startswith("ERROR")] or lines[-5:])
        message = f"The Python packages could not be installed (is there a network?):\n{told}\nStart again to go on."
        raise Stop(message)


def ensure(*locks: str) -> None:
    """Bring ``.venv`` to what the lock files say; nothing is done when their stamps are there.

    The stamp is written after the last package, so an interrupted installation is repeated at the next start.
    """
    digests = {lock: _digest(ROOT / lock) for lock in locks}
    stamps = _stamps(VENV)
    waiting = [lock for lock in locks if stamps.get(lock) != digests[lock]]
    if not waiting and PYTHON.exists():
        return
    if not _works(VENV):
        with step("Python environment in .venv"):
            _make(VENV)
        waiting = list(locks)
    for lock in waiting:
        count = len(PINNED.findall((ROOT / lock).read_text(encoding="utf-8")))
        with step(f"{count} Python packages of {lock}, hashes checked"):
            _pip(ROOT / lock)
        _stamp(VENV, lock, digests[lock])


def read_env(path: Path) -> dict[str, str]:
    """Variables written in the file ``path`` as NAME=value; an absent file has none."""
    if not path.exists():
        return {}
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = [line.removeprefix("export ").split("=", 1) for line in lines if "=" in line and not line.startswith("#")]
    return {name.strip(): value.strip().strip("\"'") for name, value in pairs}


def ensure_secret(path: Path = ROOT / ".env", environ: Mapping[str, str] = os.environ) -> bool:
    """Write a random SECRET_KEY into ``path`` (readable by its owner only) unless there is one; tell whether it did."""
    given = {**read_env(path), **environ}
    if given.get("SECRET_KEY") or given.get("SECRET_KEY_FILE"):
        return False
    written = path.read_text(encoding="utf-8") if path.exists() else ""
    gap = "\n" if written and not written.endswith("\n") else ""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), 0o600)
        file.write(f"{gap}SECRET_KEY={secrets.token_urlsafe(48)}\n")
    return True


def variables(region: str | None = None, **more: str) -> dict[str, str]:
    """Environment for our programs: the caller's and .env's win over the defaults, which are those of the demo.

    Only the demo has a region by default, so that no other way of running works on a demo's database unasked.
    """
    chosen = {"SAFE_COUNTY_REGION": region} if region else {}
    given = {"DJANGO_SETTINGS_MODULE": DEMO_SETTINGS, **read_env(ROOT / ".env"), **os.environ, **chosen, **more}
    defaults = {"SAFE_COUNTY_REGION": DEFAULT_REGION} if given["DJANGO_SETTINGS_MODULE"] == DEMO_SETTINGS else {}
    return {**defaults, **given}


def demo_variables(region: str, address: str) -> dict[str, str]:
    """Environment of ``./run demo``: whatever .env and the caller say, it keeps to a database of its own.

    `Stop` when the region's files in this folder belong to a real installation.
    """
    given = variables()
    if given["DJANGO_SETTINGS_MODULE"] != DEMO_SETTINGS and given.get("SAFE_COUNTY_REGION") == region:
        message = f"The files of {region} in this folder belong to {given['DJANGO_SETTINGS_MODULE']}. "
        raise Stop(message + "Start the demo in another clone, or another demo region with --region.")
    empty = dict.fromkeys([*NOT_FOR_DEMO, *(f"{name}_FILE" for name in (*NOT_FOR_DEMO, "BASE_URL"))], "")
    return variables(region, DJANGO_SETTINGS_MODULE=DEMO_SETTINGS, BASE_URL=address, **empty)
