"""Real processes of the portal on a database that can be restarted under them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bootstrap import postgres
from bootstrap.system import postgres_folder
from portal.serving.processes import web, worker
from tests.region.faults.mail_server import MailServer

ROOT = Path(__file__).resolve().parents[3]
READY = "import django; django.setup(); from tests.region.faults.work import *; "
PATIENCE = 120.0


def until(is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is so; AssertionError when it takes too long."""
    end = time.monotonic() + patience
    while not is_so():
        assert time.monotonic() < end, f"waited {patience:.0f} s in vain"
        time.sleep(0.2)


class Cluster:
    """A PostgreSQL server that can be struck down and started again."""

    def __init__(self, folder: Path) -> None:
        programs = postgres_folder()
        assert programs is not None
        self.programs, self.folder, self.port = programs, folder, postgres._free_port()
        postgres._initialise(programs, folder)
        self.server = self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        server = postgres._serve(self.programs, self.folder, self.port)
        postgres._wait(self.programs, self.folder, self.port, server)
        return server

    def strike(self) -> None:
        """Have the server drop everything in hand, as a crash does, and start it again."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(30)
        self.server = self._started()

    def end(self) -> None:
        postgres._stop(self.server)


class House:
    """Processes by name, each with the same settings; ``start`` again replaces what was killed."""

    def __init__(self, folder: Path, database: str, mail: MailServer) -> None:
        self.folder, self.mail, self.began = folder, mail, folder / "began"
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.variables = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.demo",
            "SAFE_COUNTY_VAR": str(folder),
            "SECRET_KEY": "for-one-test",
            "DATABASE_URL": database,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "PYTHONPATH": str(ROOT),
        }

    def ask(self, code: str) -> Any:
        """What ``print(json.dumps(…))`` of ``code`` prints, in a process of its own."""
        words = [sys.executable, "-c", f"{READY}import json; print(json.dumps({code}))"]
        done = subprocess.run(words, cwd=ROOT, env=self.variables, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def start(self, name: str) -> None:
        """Start the process of a name: ``worker…``, ``tick`` or ``web <port>``."""
        kind, _space, port = name.partition(" ")
        command = {
            "web": lambda: [*web(int(port)).command[:-1], "tests.region.faults.application:application"],
            "tick": lambda: [sys.executable, "-c", f"{READY}tick_quickly()"],
            "worker": lambda: worker().command,
        }[kind]()
        with (self.folder / "processes.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.variables, stdin=subprocess.DEVNULL, stdout=log, stderr=log, process_group=0
            )

    def kill(self, name: str) -> None:
        """Kill -9, and start it again as the supervisor does."""
        self.running[name].kill()
        self.running[name].wait()
        self.start(name)

    def kill_child(self, name: str) -> None:
        """Kill -9 to one child of a process, which has to replace it by itself."""
        pid = self.running[name].pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        os.kill(int(children[-1]), signal.SIGKILL)

    def end(self) -> None:
        for process in self.running.values():
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def log(self) -> str:
        """What the processes said."""
        return (self.folder / "processes.log").read_text(encoding="utf-8", errors="replace")


@contextmanager
def house(vendor: str) -> Iterator[tuple[House, Cluster | None]]:
    """A house with its tables laid, on a cluster of its own or on an embedded file; all of it ends whatever happens."""
    with tempfile.TemporaryDirectory(prefix="faults-", ignore_cleanup_errors=True) as name, ExitStack() as stack:
        folder, cluster, database = Path(name), None, ""
        if vendor == "postgresql":
            data = folder / "pg"
            folder.chmod(0o711)
            data.mkdir()
            cluster = Cluster(data)
            stack.callback(cluster.end)
            database = f"postgres://postgres@127.0.0.1:{cluster.port}/postgres"
        mail = MailServer()
        mail.open()
        stack.callback(mail.close)
        made = House(folder, database, mail)
        stack.callback(made.end)
        made.ask(f"begin({str(made.began)!r})")
        yield made, cluster
