"""``manage verify_audit``: prove that nobody changed the audit trail."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from region.domain.audit_proof import KINDS, prove

if TYPE_CHECKING:
    from django.core.management.base import CommandParser

    from region.domain.audit_proof import Proof

# A line as this command prints it: number and digest; words before and after are allowed.
_NOTED = re.compile(r"\b(\d+) ([0-9a-f]{64})\b")


class Command(BaseCommand):
    help = "Recompute the chain over the audit trail; ends with 1 and names the first link that does not hold."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            type=Path,
            metavar="FILE",
            help="compare with digests noted elsewhere: lines of number and digest",
        )

    def handle(self, *args: Any, anchor: Path | None, **options: Any) -> None:
        anchors = _read(anchor) if anchor else {}
        proof = prove(now=timezone.now(), anchors=anchors, tell=self._tell)
        if proof.broken:
            raise CommandError(_in_words(proof), returncode=1)
        self.stdout.write(f"The audit trail holds: {proof.links} links, {proof.waiting} new events not sealed yet.")
        if proof.newest:
            self.stdout.write(f"Note this down elsewhere: {proof.newest.number} {proof.newest.digest}")

    def _tell(self, links: int) -> None:
        self.stdout.write(f"  {links} links hold …")


def _in_words(proof: Proof) -> str:
    broken = proof.broken
    if broken is None:
        return ""
    where = " ".join(
        part
        for part in (f"link {broken.number}" if broken.number else "", f"event {broken.event}" if broken.event else "")
        if part
    )
    with override("en"):
        return f"The audit trail does not hold: {where}: {KINDS[broken.kind]}. {proof.links} links before it hold."


def _read(path: Path) -> dict[int, str]:
    try:
        found = {int(number): digest for number, digest in _NOTED.findall(path.read_text(encoding="utf-8"))}
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    if not found:
        raise CommandError(f"{path} holds no line of number and digest.")
    return found
