"""``./run bench [NAME …]``: every measurement of this folder (or the named ones), each in a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


def main(wanted: list[str]) -> int:
    """Run the measurements; 1 when one of them misses its target."""
    names = sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        print(f"Unknown: {', '.join(unknown)}. There are: {', '.join(names)}.")
        return 1
    codes = []
    for name in wanted or names:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"tests.benchmarks.bench_{name}"]
        codes.append(subprocess.run(command, cwd=FOLDER.parent.parent, check=False).returncode)
    return int(any(codes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
