"""Loading a file of events into a register: months that are new, months that change, months that stay as they are.

The file is gone through once, and its new months are written on the way. Months that are there already are only
compared; those that differ are written in a second going, so that the same file again costs no writing at all.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from region.clock import today
from region.domain import audit
from region.domain.imports import Change, ImportReport, Run, settle
from region.domain.registers import note_reading
from region.domain.users import is_system
from region.messages import Problem
from region.messages import gettext_noop as _
from region.numerals import language
from region.rules import require
from region.sql_names import table_name
from reports.domain.events_checks import Checked, Checker, LoadOptions
from reports.domain.events_columns import counts_remark
from reports.domain.events_summaries import refresh_summaries
from reports.domain.events_writing import EventWriter
from reports.domain.figures import correct_month
from reports.enums.events import LoadMode
from reports.models import EventLoad, EventMonth, EventRegister, EventSpellingCount, InterventionEvent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from region.models import User
    from reports.domain.events_reading import EventTable

MANAGE = "reports.manage_events"
_PIECE = 1 << 20
# After so many rows the database is told to look at the table again, so that it finds the months quickly.
_TELLING_ROWS = 100_000
_MOST_NAMED = 12


@dataclass(slots=True)
class Tally:
    """What the file holds of one month; `mark` does not depend on the order of the rows."""

    rows: int = 0
    mark: int = 0
    spellings: Counter[int] = field(default_factory=Counter)

    @property
    def fingerprint(self) -> str:
        """The same for the same rows."""
        return f"{self.rows}:{self.mark:016x}"


@dataclass(slots=True)
class _Work:
    """What a load carries from piece to piece; months are numpy's numbers of months (0: January 1970)."""

    table: EventTable
    register: EventRegister
    options: LoadOptions
    run: Run
    by: User
    report: ImportReport
    checker: Checker
    current: dict[int, EventMonth]
    load: EventLoad
    tallies: dict[int, Tally] = field(default_factory=dict)
    keys: dict[int, int] = field(default_factory=dict)
    rows_read: int = 0

    @property
    def is_writing(self) -> bool:
        """Whether rows are written: not in a dry run, and no longer once a rejected row has spoilt the load."""
        return self.run.apply and (self.run.skip_rejected or not self.report.rejected_count)


def load_events(
    *, table: EventTable, register: EventRegister, by: User, options: LoadOptions | None = None, run: Run | None = None
) -> ImportReport:
    """Write the events of a file; a dry run tells what would happen. `report.kept` is the key of the load.

    Counts of the report are rows; months are listed. Raises `Problem` for what is no such file, for free text, and for
    months that are there already with other rows unless they are to be exchanged. Memory stays bounded by one piece of
    the file and the spellings.
    """
    if not is_system(by):
        require(by, MANAGE)
    chosen, how = options or LoadOptions(), run or Run()
    with transaction.atomic():
        work = _begin(table, _locked(register, how), chosen, how, by)
        with EventWriter(work.checker) as writer:
            _go_through(work, writer, set(work.current))
            _cover(work)
            changed = _changed(work)
            _compare(work, changed)
            if changed and work.is_writing:
                _go_again(work, writer, changed)
        settle(work.report, work.run)
        if work.report.applied:
            _conclude(work, changed)
    return work.report


def _locked(register: EventRegister, run: Run) -> EventRegister:
    """The register; while a load is written, other loads of it wait."""
    rows = EventRegister.objects.all()
    return (rows.select_for_update(no_key=True) if run.apply else rows).get(pk=register.pk)


def _begin(table: EventTable, register: EventRegister, options: LoadOptions, run: Run, by: User) -> _Work:
    """Everything that is known before the first row."""
    report, now = run.report(), timezone.now()
    note_reading(report, table.recognised, table.headers)
    report.note(counts_remark(table.headers))
    if (options.since is None) != (options.until is None):
        raise Problem(_("Say both the first and the last day that the file covers, or neither."))
    load = EventLoad(register=register, mode=options.mode, at=now, by=by, reason=options.reason)
    load.file_name, load.sha256 = table.path.name[-160:], digest_of(table)
    if run.apply:
        load.save(force_insert=True)
    current = {_number(row.month): row for row in EventMonth.objects.filter(register=register, is_current=True)}
    checker = Checker(table, register, options, now, report)
    return _Work(table, register, options, run, by, report, checker, current, load)


def digest_of(table: EventTable) -> str:
    """SHA-256 of the file."""
    with table.path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _go_through(work: _Work, writer: EventWriter, compared: set[int]) -> None:
    """Check the whole file, count it by months, and write the months that are new."""
    total = work.table.count_lines()
    for frame in work.table.pieces():
        work.rows_read += len(frame)
        rows = work.checker.check(frame)
        _tally(work, rows)
        if work.is_writing:
            fresh = ~np.isin(rows.month.astype(np.int64), list(compared))
            _write(work, writer, rows if fresh.all() else rows.only(fresh))
        work.run.tell(min(work.rows_read, total), total)
    if not work.rows_read and work.options.since is None:
        raise Problem(_("The table has a header row and nothing below it."))
    work.checker.finish()


def _go_again(work: _Work, writer: EventWriter, changed: set[int]) -> None:
    """Write the months that are exchanged."""
    work.checker.is_telling = False
    total, done = work.table.count_lines(), 0
    for frame in work.table.pieces():
        rows = work.checker.check(frame)
        _write(work, writer, rows.only(np.isin(rows.month.astype(np.int64), list(changed))))
        done += len(frame)
        work.run.tell(min(done, total), total)


def _tally(work: _Work, rows: Checked) -> None:
    """Add a piece to what is known of its months."""
    numbers = rows.month.astype(np.int64)
    order = np.argsort(numbers, kind="stable")
    months, starts, counts = np.unique(numbers[order], return_index=True, return_counts=True)
    if not len(months):
        return
    marks = np.add.reduceat(rows.mark[order], starts)
    for month, count, mark in zip(months.tolist(), counts.tolist(), marks.tolist(), strict=True):
        tally = work.tallies.setdefault(month, Tally())
        tally.rows += count
        tally.mark = (tally.mark + mark) % (1 << 64)
    for month, label, count in _pairs(numbers, rows.label):
        if label:
            work.tallies[month].spellings[label] += count


def _pairs(first: np.ndarray, second: np.ndarray) -> Iterator[tuple[int, int, int]]:
    """Different pairs of two columns of whole numbers, and how often each comes."""
    if not len(first):
        return
    least = int(second.min())
    span = int(second.max()) - least + 1
    codes, counts = np.unique(first.astype(np.int64) * span + (second - least), return_counts=True)
    for code, count in zip(codes.tolist(), counts.tolist(), strict=True):
        one, other = divmod(code, span)
        yield one, other + least, count


def _write(work: _Work, writer: EventWriter, rows: Checked) -> None:
    """Write rows; months and spellings that they need first."""
    if not len(rows):
        return
    months = np.unique(rows.month.astype(np.int64)).tolist()
    labels = np.unique(rows.label)
    if any(month not in work.keys for month in months) or (labels < 0).any():
        writer.wait()
        _make_months(work, months)
        _rename(work, work.checker.spellings.written(labels.tolist()))
        rows.label = _real(work, rows.label)
    writer.write(rows, work.keys)


def _make_months(work: _Work, months: Iterable[int]) -> None:
    """Write months that are not written yet; they come into use at the end."""
    fresh = [month for month in months if month not in work.keys]
    rows = [
        EventMonth(register=work.register, month=_day(month), load=work.load, at=work.load.at, is_current=False)
        for month in fresh
    ]
    made = EventMonth.objects.bulk_create(rows)
    work.keys.update(zip(fresh, (row.pk for row in made), strict=True))


def _rename(work: _Work, real: dict[int, int]) -> None:
    """Put real keys of spellings in the place of provisional ones."""
    if real:
        for tally in work.tallies.values():
            tally.spellings = Counter({real.get(key, key): count for key, count in tally.spellings.items()})
        work.checker.spellings.renamed.update(real)


def _real(work: _Work, labels: np.ndarray) -> np.ndarray:
    renamed = work.checker.spellings.renamed
    different, place = np.unique(labels, return_inverse=True)
    return np.array([renamed.get(key, key) for key in different.tolist()], dtype=np.int64)[place]


def _cover(work: _Work) -> None:
    """Months that the file covers and has no row of are zeros; of which months nothing is said, nothing is known."""
    since, until = work.options.since, work.options.until
    first, last = work.checker.span or (None, None)
    if since is None or until is None:
        work.load.since, work.load.until = first, last
        return
    work.load.since, work.load.until = since, until
    if first and last and (first < since or last > until):
        raise Problem(
            _("The file has events from %(first)s to %(last)s: more than the days that it is said to cover."),
            first=first,
            last=last,
        )
    for month in range(_number(since), _number(until) + 1):
        work.tallies.setdefault(month, Tally())


def _changed(work: _Work) -> set[int]:
    """Months that are there with other rows. Raises `Problem` when they may not be exchanged."""
    changed = {
        month
        for month, tally in work.tallies.items()
        if month in work.current and work.current[month].fingerprint != tally.fingerprint
    }
    if changed and work.options.mode == LoadMode.APPEND:
        raise Problem(
            _(
                "These months are there already, with other rows: %(months)s."
                " Choose to exchange them, or leave them out."
            ),
            months=_named(changed),
        )
    if any(_is_correction(work, month) for month in changed) and not work.options.reason.strip():
        raise Problem(
            _("These months are published: %(months)s. Say why they change."),
            months=_named(month for month in changed if _is_correction(work, month)),
        )
    return changed


def _is_correction(work: _Work, month: int) -> bool:
    """Whether exchanging the month corrects something that was published as whole."""
    return work.register.is_published and not work.current[month].is_part


def _compare(work: _Work, changed: set[int]) -> None:
    """Count rows of new, changed and unchanged months, and list the months."""
    report = work.report
    for month, tally in sorted(work.tallies.items()):
        after = {"rows": str(tally.rows)}
        name = f"{_day(month):%Y-%m}"
        if month in changed:
            report.changed_count += tally.rows
            before = {"rows": str(work.current[month].rows)}
            _list(report, report.changed, Change(0, name, before, after))
        elif month in work.current:
            report.unchanged_count += tally.rows
        else:
            report.added_count += tally.rows
            _list(report, report.added, Change(0, name, {}, after))


def _list(report: ImportReport, items: list[Change], change: Change) -> None:
    if report.most_listed is None or len(items) < report.most_listed:
        items.append(change)


def _conclude(work: _Work, changed: set[int]) -> None:
    """Put the months into use, record corrections, count anew, leave a trace."""
    fresh = {month for month in work.tallies if month not in work.current} | changed
    _complete(work, changed)
    if not fresh:
        work.load.delete()
        return
    _make_months(work, fresh)
    for month in sorted(fresh):
        _put_into_use(work, month)
    _count_spellings(work, fresh)
    tallies = [work.tallies[month].rows for month in fresh]
    work.load.rows_read, work.load.rows_stored = work.rows_read, sum(tallies)
    work.load.rows_rejected = work.report.rejected_count
    work.load.save()
    if work.load.rows_stored > _TELLING_ROWS and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {table_name(InterventionEvent)}")
    refresh_summaries(register=work.register, months=[_day(month) for month in fresh])
    counts = {"rows": work.load.rows_stored, "rejected": work.load.rows_rejected, "months": len(fresh)}
    after = {"file": work.load.file_name, "sha256": work.load.sha256, "mode": work.load.mode, **counts}
    audit.record(action="events.imported", target=work.register, by=work.by, after=after)
    work.report.kept = str(work.load.pk)


def _complete(work: _Work, changed: set[int]) -> None:
    """Months whose rows stay, and of which the file says that these are all, are parts no more."""
    if work.options.since is None:
        return
    same = [work.current[month] for month in work.tallies if month in work.current and month not in changed]
    whole = [row for row in same if row.is_part and not _is_part(work, _number(row.month))]
    for row in whole:
        row.is_part = False
        row.save()
    if whole:
        after = {"file": work.load.file_name, "months": [f"{row.month:%Y-%m}" for row in whole]}
        audit.record(action="events.completed", target=work.register, by=work.by, after=after)


def _put_into_use(work: _Work, month: int) -> None:
    """Let the month as this file brings it take the place of the one that was there."""
    tally, before = work.tallies[month], work.current.get(month)
    if before is not None:
        before.is_current, before.after_id = False, work.keys[month]
        before.save()
        if _is_correction(work, month):
            correct(register=work.register, month=_day(month), rows=(before.rows, tally.rows), by=work.by,
                    reason=work.options.reason)  # fmt: skip
    EventMonth.objects.filter(pk=work.keys[month]).update(
        rows=tally.rows, fingerprint=tally.fingerprint, is_part=_is_part(work, month), is_current=True
    )


def _is_part(work: _Work, month: int) -> bool:
    """Whether the month is not over, or the file does not cover all of it."""
    first, last = _day(month), _day(month + 1) - timedelta(days=1)
    since, until = work.options.since, work.options.until
    return last >= today() or bool(since and since > first) or bool(until and until < last)


def _count_spellings(work: _Work, months: Iterable[int]) -> None:
    rows = [
        EventSpellingCount(month_id=work.keys[month], label_id=label, rows=count)
        for month in months
        for label, count in work.tallies[month].spellings.items()
    ]
    EventSpellingCount.objects.bulk_create(rows, batch_size=1_000)


def correct(
    *, register: EventRegister, month: date, rows: tuple[int, int | None], by: User | None, reason: str
) -> None:
    """Record in the feed of corrections that a published month has other rows; None: it is withdrawn."""
    before, after = rows
    correct_month(
        register=register.key,
        month=month,
        before={"value": str(before), "missing": ""},
        after={"value": None if after is None else str(after), "missing": "unknown" if after is None else ""},
        reasons={language(): reason},
        by=by,
    )


def _named(months: Iterable[int]) -> str:
    names = [f"{_day(month):%Y-%m}" for month in sorted(months)]
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")


def _number(day: date) -> int:
    return (day.year - 1970) * 12 + day.month - 1


def _day(month: int) -> date:
    return date(1970 + month // 12, month % 12 + 1, 1)
