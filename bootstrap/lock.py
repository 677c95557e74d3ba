"""Renews the lock files: exact versions with hashes, for every Python we support, with no address in them."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from bootstrap.environment import DEVELOPMENT, EXTRAS, RUNTIME
from bootstrap.progress import ROOT, Stop, step

HEADER = (
    "# Made by ./run lock from pyproject.toml: exact versions with the hashes of their files. Do not edit by hand.\n"
)
# Resolved first: everything together, so that every set below agrees with every other.
ALL = ["--group", "dev", "--all-extras"]
# The development set holds the geo extra, so that the tests cover it.
SETS: dict[str, list[str]] = {
    RUNTIME: [],
    DEVELOPMENT: ["--group", "dev", "--extra", "geo"],
    **{name: ["--extra", extra] for extra, name in EXTRAS.items()},
}


def addresses(text: str) -> list[str]:
    """Lines of ``text`` that hold an address or an option naming a registry."""
    return [line for line in text.splitlines() if re.search(r"://|^\s*--(?!hash=)|^\s*-[a-zA-Z]\b|\s@\s", line)]


def without_hashes(text: str) -> str:
    """Versions alone, as constraints for another resolution."""
    return re.sub(r" \\\n(?: +--hash=\S+(?: \\\n|\n)?)+", "\n", text)


def _compile(uv: Path, name: str, words: list[str]) -> str:
    command: list[str | Path] = [
        *(uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-annotate", "--no-header", "--no-emit-index-url", "--no-emit-find-links", "--quiet"),
        *words,
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = "\n".join(done.stderr.splitlines()[-5:])
        message = f"{name} could not be resolved:\n{tail}"
        raise Stop(message)
    if found := addresses(done.stdout):
        message = f"{name} would hold an address: {found[0]}"
        raise Stop(message)
    return HEADER + done.stdout


def _resolver(folder: str) -> Path:
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    subprocess.run([f"{folder}/bin/python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    return Path(folder) / "bin" / "uv"


def renew() -> None:
    """Write every lock file anew, or none of them when one cannot be resolved."""
    with tempfile.TemporaryDirectory(prefix="safe-county-lock-") as folder:
        with step("Resolver in a throw-away environment"):
            uv = _resolver(folder)
        together = Path(folder) / "together.txt"
        with step("Everything together"):
            together.write_text(without_hashes(_compile(uv, "The whole", ALL)), encoding="utf-8")
        texts = {}
        for name, words in SETS.items():
            with step(name):
                texts[name] = _compile(uv, name, [*words, "--constraint", str(together)])
    for name, text in texts.items():
        (ROOT / name).write_text(text, encoding="utf-8")
