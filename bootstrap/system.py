"""System packages: what is missing is found out first, and only that is installed."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bootstrap.progress import Stop, step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Each of them has every letter of Czech and Polish.
FONT_FILES = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@dataclass(frozen=True, slots=True)
class Need:
    """A Debian package, how to see that it is there, and whether nothing works without it."""

    package: str
    present: Callable[[], bool]
    required: bool = False


def _library(name: str) -> Callable[[], bool]:
    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def _has_venv() -> bool:
    return importlib.util.find_spec("ensurepip") is not None and importlib.util.find_spec("venv") is not None


def _has_certificates() -> bool:
    places = ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem")
    return any(Path(place).exists() for place in places)


def _has_font() -> bool:
    folders = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path.home() / ".fonts"]
    return any(next(folder.rglob(name), None) for folder in folders for name in FONT_FILES)


def browser() -> str | None:
    """Path of Chromium, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def postgres_folder() -> Path | None:
    """Folder of the newest PostgreSQL server's programs, or None."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/postgres")]
    if found:
        return max(found, key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0)
    program = shutil.which("postgres")
    return Path(program).resolve().parent if program else None


PYTHON = [
    Need(f"python3.{sys.version_info.minor}-venv", _has_venv, required=True),
    Need("ca-certificates", _has_certificates, required=True),
]
DEMO = [
    *PYTHON,
    Need("libpango-1.0-0", _library("libpango-1.0.so.0")),
    Need("libpangoft2-1.0-0", _library("libpangoft2-1.0.so.0")),
    Need("libharfbuzz-subset0", _library("libharfbuzz-subset.so.0")),
    Need("fonts-dejavu-core", _has_font),
]
TEST = [
    *DEMO,
    Need("postgresql", lambda: postgres_folder() is not None, required=True),
    Need("chromium", lambda: browser() is not None),
    # what drives the browser is linked against it
    Need("libatomic1", _library("libatomic.so.1")),
]


def _privilege() -> list[str] | None:
    """Words to put before apt-get, or None when this user cannot install packages without being asked something."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def by_hand(packages: Sequence[str]) -> str:
    """Give the command a person can type to install ``packages``."""
    return f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {' '.join(packages)}"


def _apt(prefix: list[str], words: Sequence[str]) -> str | None:
    """Run apt-get without questions; give the end of what it printed when it failed."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "LC_ALL=C", "apt-get", "-q", *words]
    done = subprocess.run(
        command, check=False, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    return None if done.returncode == 0 else "\n".join(done.stdout.splitlines()[-6:])


def _install(prefix: list[str], packages: Sequence[str]) -> str | None:
    with step("List of system packages"):
        failure = _apt(prefix, ["update"])
    if failure is not None:
        return failure
    with step(f"Installing {', '.join(packages)}"):
        return _apt(prefix, ["install", "-y", "--no-install-recommends", *packages])


def _report(missing: Sequence[Need], reason: str) -> None:
    """Stop when something indispensable is missing, else say what will not work."""
    packages = [need.package for need in missing]
    if any(need.required for need in missing):
        message = f"{reason}Missing: {', '.join(packages)}. Install with:\n  {by_hand(packages)}\nand start again."
        raise Stop(message)
    # to the error stream: what a management command prints may go into a file
    print(f"  {reason}Not installed: {', '.join(packages)} (PDF files or browser tests need them).", file=sys.stderr)
    print(f"  To add them: {by_hand(packages)}", file=sys.stderr)


def ensure(needs: Sequence[Need]) -> None:
    """Install what is missing of ``needs``; raise `Stop` with the exact command when that cannot be done.

    Missing optional packages (PDF libraries, fonts, browser) never stop anything: a line says how to add them.
    """
    missing = [need for need in needs if not need.present()]
    if not missing:
        return
    prefix = _privilege()
    if prefix is None:
        _report(missing, "")
        return
    failure = _install(prefix, [need.package for need in missing])
    importlib.invalidate_caches()
    still = [need for need in missing if not need.present()]
    if still:
        _report(still, f"apt-get could not install everything.\n{failure or ''}\n")
