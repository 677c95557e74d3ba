"""The lock files: exact, hashed, of one mind, and silent about where packages come from."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from bootstrap.environment import DEVELOPMENT, EXTRAS, RUNTIME
from bootstrap.lock import addresses, without_hashes

ROOT = Path(__file__).resolve().parent.parent.parent
LOCKS = [RUNTIME, DEVELOPMENT, *EXTRAS.values()]
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!]+)( ; .*?)?(?: \\)?$")


def pins(name: str) -> dict[str, set[str]]:
    """Packages of a lock file with their versions (a package may have one version for each Python)."""
    found: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if match := PIN.match(line):
            found.setdefault(match[1], set()).add(match[2])
    return found


def normal(requirement: str) -> str:
    """Name of the package that a line of pyproject.toml asks for."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~ ]", requirement)[0]).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_no_address(name: str) -> None:
    assert addresses((ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://registry.example/simple",
        "--extra-index-url file:///srv/simple",
        "-i https://registry.example/simple",
        "django @ https://registry.example/django.whl",
        "django @ file.whl",
        "    # from https://registry.example/simple",
    ],
)
def test_address_is_seen(line: str) -> None:
    assert addresses(f"django==5.2 \\\n    --hash=sha256:00\n{line}\n") == [line]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_exact_and_has_hashes(name: str) -> None:
    blocks = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())[1:]
    assert len(blocks) > 20
    assert [block for block in blocks if not PIN.match(block.splitlines()[0]) or "--hash=sha256:" not in block] == []


def test_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = {normal(line) for line in project["project"]["dependencies"]}
    development = runtime | {normal(line) for line in project["dependency-groups"]["dev"]}
    assert runtime - set(pins(RUNTIME)) == set()
    assert development - set(pins(DEVELOPMENT)) == set()


@pytest.mark.parametrize("name", LOCKS)
def test_locks_agree_on_versions(name: str) -> None:
    mine, runtime = pins(name), pins(RUNTIME)
    assert {package: mine.get(package) for package in runtime} == runtime


def test_hashes_are_left_out_of_constraints() -> None:
    first = "a==1 ; python_version < '3.12' \\\n    --hash=sha256:00 \\\n    --hash=sha256:01\n"
    text = f"{first}b==2 \\\n    --hash=sha256:02\n"
    assert without_hashes(text) == "a==1 ; python_version < '3.12'\nb==2\n"
