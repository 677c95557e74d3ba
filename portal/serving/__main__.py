"""``python -m portal.serving``: the supervised whole on 127.0.0.1; says where it is when it answers."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from portal.serving.port import HOST, is_free, taken
from portal.serving.processes import everything
from portal.serving.supervisor import Supervisor, say

# What the settings take for yes (environ.Env.BOOLEAN_TRUE_STRINGS).
WORDS_FOR_YES = ("true", "on", "ok", "y", "yes", "1")
ADDRESSES = {
    "Czech": "cs/",
    "Polish": "pl/",
    "English": "en/",
    "Office": "office/",
    "Editors": "admin/",
    "Design": "design/",
}


def announcement(url: str, *, seconds: float, status: int, accounts: Path | None, first: bool) -> list[str]:
    """Lines for the terminal: addresses, and the accounts with their passwords at the first start only."""
    ready = f"Ready after {seconds:.1f} s (HTTP {status})."
    lines = ["", ready if status < 400 else f"The portal answers with an error (HTTP {status}): see above.", ""]
    lines += [f"  {name:<10}{url}/{path}" for name, path in ADDRESSES.items()]
    if accounts and accounts.exists():
        lines.append("")
        kept = [line.split() for line in accounts.read_text(encoding="utf-8").splitlines()]
        lines += [f"  {role:<18}{email:<30}{password if first else ''}".rstrip() for role, email, password in kept]
        lines += [] if first else [f"  (passwords: {accounts})"]
    return [*lines, "", "Ctrl-C stops everything."]


def remarks() -> list[str]:
    """What is otherwise than in a real installation."""
    asked = os.environ.get("SECOND_FACTOR_REQUIRED", "").lower() in WORDS_FOR_YES
    return [] if asked else ["Staff sign in without a second factor; SECOND_FACTOR_REQUIRED=1 ./run demo asks for one."]


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="portal.serving", description=__doc__)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--started", type=float, default=time.time(), help="when the whole start began")
    parser.add_argument("--accounts", type=Path, help="file with the demo's accounts")
    parser.add_argument("--first", action="store_true", help="show their passwords")
    return parser.parse_args(words)


def main(words: list[str]) -> int:
    """Serve until a signal comes."""
    options = _options(words)
    if not is_free(options.port):
        say(taken(options.port))
        return 1
    here = f"http://{HOST}:{options.port}"
    address = os.environ.get("BASE_URL", "").rstrip("/") or here

    def announce(status: int) -> None:
        seconds = time.time() - options.started
        accounts, first = options.accounts, options.first
        lines = announcement(address, seconds=seconds, status=status, accounts=accounts, first=first)
        for line in [*lines, *(remarks() if accounts else [])]:
            say(line)

    language = os.environ.get("SAFE_COUNTY_LANGUAGE", "cs")
    services = everything(options.port)
    return Supervisor(services, url=f"{here}/{language}/", address=address, on_ready=announce).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
