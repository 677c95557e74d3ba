"""What ./run understands."""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path

from bootstrap import checks, environment, lock, suite, system
from bootstrap.progress import ROOT, Stop, say
from portal.serving.freshness import Prepared
from portal.serving.port import HOST, is_free, taken

MANAGE = [str(environment.PYTHON), str(ROOT / "manage.py")]


def _become(command: list[str], variables: dict[str, str]) -> int:
    """Replace this process by ``command``, so that signals reach it and nothing stands between."""
    os.chdir(ROOT)
    os.execve(command[0], command, variables)


def demo(options: argparse.Namespace) -> int:
    started = time.time()
    region = options.region or environment.DEFAULT_REGION
    port = options.port or int(environment.variables().get("PORT", "8000"))
    if not is_free(port):
        raise Stop(taken(port))
    system.ensure(system.DEMO)
    environment.ensure(environment.RUNTIME)
    environment.ensure_secret()
    variables = environment.demo_variables(region, f"http://{HOST}:{port}")
    words = ["--port", str(port), "--started", str(started)]
    prepared = Prepared(Path(variables.get("SAFE_COUNTY_VAR") or ROOT / "var"), region)
    if prepared.is_fresh(variables["BASE_URL"]):
        command = [str(environment.PYTHON), "-m", "portal.serving", *words, "--accounts", str(prepared.accounts)]
        return _become(command, variables)
    return _become([*MANAGE, "demo", *words], variables)


def test(options: argparse.Namespace) -> int:
    system.ensure(system.TEST)
    environment.ensure(environment.DEVELOPMENT)
    return suite.run(is_counted=options.coverage)


def check(_options: argparse.Namespace) -> int:
    system.ensure(system.PYTHON)
    environment.ensure(environment.DEVELOPMENT)
    return 1 if any(stage.failed for stage in checks.run()) else 0


def fmt(_options: argparse.Namespace) -> int:
    system.ensure(system.PYTHON)
    environment.ensure(environment.DEVELOPMENT)
    return checks.fix()


def bench(options: argparse.Namespace) -> int:
    system.ensure(system.PYTHON)
    environment.ensure(environment.DEVELOPMENT)
    return _become([str(environment.PYTHON), "-m", "tests.benchmarks", *options.words], environment.variables())


def manage(options: argparse.Namespace) -> int:
    system.ensure(system.DEMO)
    environment.ensure(environment.RUNTIME)
    environment.ensure_secret()
    return _become(MANAGE + options.words, environment.variables(options.region))


def extra(options: argparse.Namespace) -> int:
    system.ensure(system.PYTHON)
    environment.ensure(environment.RUNTIME, environment.EXTRAS[options.name])
    return 0


def renew(_options: argparse.Namespace) -> int:
    system.ensure(system.PYTHON)
    lock.renew()
    return 0


def parser() -> argparse.ArgumentParser:
    """Commands and their options."""
    root = argparse.ArgumentParser(prog="./run", description="Safe County: one door to everything.")
    commands = root.add_subparsers(required=True, metavar="COMMAND")
    told = commands.add_parser("demo", help="prepare everything needed and start the portal with a demo region")
    told.add_argument("--region", choices=environment.REGIONS, help="demo region (default: plzen)")
    told.add_argument("--port", type=int, help="port on 127.0.0.1 (default: PORT or 8000)")
    told.set_defaults(action=demo)
    told = commands.add_parser("test", help="checks, the suite on SQLite and PostgreSQL, browser tests")
    told.add_argument("--coverage", action="store_true", help="count what the tests reach, too (minutes more)")
    told.set_defaults(action=test)
    simple = {
        "check": (check, "linters, types, import rules, sizes, translations"),
        "fmt": (fmt, "let the fixers put right what check would refuse"),
        "lock": (renew, "renew the lock files from pyproject.toml"),
    }
    for name, (action, words) in simple.items():
        commands.add_parser(name, help=words).set_defaults(action=action)
    told = commands.add_parser("bench", help="measure, printing ratios", add_help=False)
    told.set_defaults(action=bench, words=[])
    told = commands.add_parser("manage", help="any management command (./run manage help)", add_help=False)
    told.add_argument("--region", help="whose database (the demo: plzen)")
    told.set_defaults(action=manage, words=[])
    told = commands.add_parser("extra", help="install an optional extra")
    told.add_argument("name", choices=sorted(environment.EXTRAS))
    told.set_defaults(action=extra)
    return root


def _read(words: list[str]) -> argparse.Namespace:
    """Options of ``words``; what follows ``bench`` or ``manage`` belongs to the command they start."""
    options, rest = parser().parse_known_args(words)
    if "words" in options:
        options.words = rest
    elif rest:
        parser().error(f"unknown: {' '.join(rest)}")
    return options


def main(words: list[str]) -> int:
    """Carry out one command; a sentence and exit code 1 when something it needs is missing."""
    try:
        options = _read(words)
        result: int = options.action(options)
    except Stop as stop:
        say(str(stop))
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    return result
