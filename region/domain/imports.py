"""What an import did or would do, item by item: the same for every kind of file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, TypeVar

from django.db import transaction

from region.messages import Message
from region.wording import in_words

Progress: TypeAlias = Callable[[int, int], None]
Values: TypeAlias = Mapping[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rejection:
    """A row (or feature) that was not taken: where it stands, what is wrong and why."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Change:
    """A row that adds or changes something: which thing, and the values that differ, before and after."""

    row: int
    item: str
    before: Values = field(default_factory=dict)
    after: Values = field(default_factory=dict)


@dataclass(slots=True)
class ImportReport:
    """Result of an import or of its dry run.

    Everything is counted; items are listed up to `most_listed` of each kind (None: all). `notes` say what was
    recognised or repaired. `applied` is whether the database was changed. `on_rejected` gets every rejection. `kept` is
    what an importer with an undo of its own needs for it.
    """

    most_listed: int | None = None
    on_rejected: Callable[[Rejection], None] | None = None
    added: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    added_count: int = 0
    changed_count: int = 0
    unchanged_count: int = 0
    rejected_count: int = 0
    applied: bool = False
    kept: str = ""

    def is_full(self, *, is_new: bool) -> bool:
        """Whether as many new (or changed) things are listed as may be; the rest is only counted."""
        return self.most_listed is not None and len(self.added if is_new else self.changed) >= self.most_listed

    def count(self, *, is_new: bool) -> None:
        """Count something new (or changed) without listing it."""
        if is_new:
            self.added_count += 1
        else:
            self.changed_count += 1

    def add(self, change: Change) -> None:
        """Count and list something new."""
        self.count(is_new=True)
        self._list(self.added, change)

    def change(self, change: Change) -> None:
        """Count and list something that differs."""
        self.count(is_new=False)
        self._list(self.changed, change)

    def reject(self, rejection: Rejection) -> None:
        """Count and list something that was not taken."""
        self.rejected_count += 1
        self._list(self.rejected, rejection)
        if self.on_rejected:
            self.on_rejected(rejection)

    def note(self, message: Message | str | None) -> None:
        """Remember a remark for the reader; None and repeated ones are passed over."""
        text = in_words(message) if isinstance(message, Message) else message
        if text and text not in self.notes:
            self.notes.append(text)

    def _list(self, items: list[T], item: T) -> None:
        if self.most_listed is None or len(items) < self.most_listed:
            items.append(item)


@dataclass(frozen=True, slots=True)
class Run:
    """How an import is to run: written or only tried, with or without rejected rows; whom to tell how far it is.

    `most_listed` limits what the report lists of each kind; `on_rejected` gets every rejection all the same.
    """

    apply: bool = False
    skip_rejected: bool = False
    progress: Progress | None = None
    most_listed: int | None = None
    on_rejected: Callable[[Rejection], None] | None = None

    def report(self) -> ImportReport:
        """An empty report of this run."""
        return ImportReport(most_listed=self.most_listed, on_rejected=self.on_rejected)

    def tell(self, done: int, total: int) -> None:
        """Report progress to whoever wants to know."""
        if self.progress:
            self.progress(done, total)


def settle(report: ImportReport, run: Run) -> None:
    """Decide inside the transaction whether it stands; call it last.

    A dry run is rolled back, and so is an import with rejected rows unless they may be skipped.
    """
    report.applied = run.apply and (run.skip_rejected or not report.rejected_count)
    if not report.applied:
        transaction.set_rollback(True)
