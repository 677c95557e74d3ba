"""What the import commands share: their options, the printed report, the exit code."""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from region.domain.imports import Change, ImportReport, Rejection, Run
from region.domain.places import System
from region.management.progress import Bar
from region.messages import Problem
from region.tables.reading import Options
from region.wording import problem_words

MOST_SHOWN = 100
# Signs with which a spreadsheet would begin a formula.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class ImportCommand(BaseCommand):
    """Reads a file, prints what it would change, and writes with --apply only; subclasses say what the file holds."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--apply", action="store_true", help="write, in one transaction (without it: a dry run)")
        parser.add_argument("--skip-rejected", action="store_true", help="write the rest although rows were rejected")
        parser.add_argument("--all", action="store_true", help=f"list everything, not only {MOST_SHOWN} of each kind")
        parser.add_argument("--encoding", default="", help="cp1250, iso8859-2, utf-8 …; found out when not given")

    def handle(self, *_args: Any, **options: Any) -> None:
        bar = Bar(sys.stderr)
        run = Run(apply=options["apply"], skip_rejected=options["skip_rejected"], progress=bar)
        try:
            report = self.run_import(run, options)
        except Problem as problem:
            raise CommandError(problem_words(problem)) from problem
        except OSError as error:
            text = _("A file cannot be read or written: %(error)s") % {"error": error}
            raise CommandError(text) from error
        finally:
            bar.close()
        self._print(report, show_all=options["all"])
        self._conclude(report, options)

    def run_import(self, run: Run, options: dict[str, Any]) -> ImportReport:
        """Read the file and call the domain function."""
        raise NotImplementedError

    def _print(self, report: ImportReport, *, show_all: bool) -> None:
        most = None if show_all else MOST_SHOWN
        for note in report.notes:
            self.stdout.write(note)
        self._list("+", [_change_line(change) for change in report.added[:most]], report.added_count)
        self._list("~", [_change_line(change) for change in report.changed[:most]], report.changed_count)
        self._list("!", [rejection_line(rejection) for rejection in report.rejected[:most]], report.rejected_count)

    def _list(self, sign: str, lines: Sequence[str], count: int) -> None:
        for line in lines:
            self.stdout.write(f"{sign} {line}")
        if count > len(lines):
            self.stdout.write(f"{sign} " + _("… and more: %(count)s") % {"count": count - len(lines)})

    def _conclude(self, report: ImportReport, options: dict[str, Any]) -> None:
        counts = {
            "added": report.added_count,
            "changed": report.changed_count,
            "unchanged": report.unchanged_count,
            "rejected": report.rejected_count,
        }
        self.stdout.write(
            _("Added %(added)s, changed %(changed)s, unchanged %(unchanged)s, rejected %(rejected)s.") % counts
        )
        if report.applied:
            self.stdout.write(_("Written."))
        elif options["apply"]:
            raise CommandError(
                _("Nothing was written, because rows were rejected. Mend the file, or use --skip-rejected.")
            )
        elif report.rejected_count and not options["skip_rejected"]:
            raise CommandError(
                _("This was a dry run. Rows were rejected: mend the file, or write the rest with --skip-rejected.")
            )
        else:
            self.stdout.write(_("This was a dry run: nothing was written. Write with --apply."))


def add_table_arguments(parser: CommandParser) -> None:
    """Options of commands that read a table."""
    parser.add_argument("--sheet", default="", help="name of the sheet in a workbook")
    parser.add_argument("--ignore", action="append", default=[], metavar="COLUMN", help="pass over this column")
    parser.add_argument("--ignore-unknown", action="store_true", help="pass over columns that are not known")


def table_options(options: dict[str, Any]) -> Options:
    """How to read a table."""
    return Options(
        encoding=options["encoding"],
        sheet=options.get("sheet", ""),
        ignore=options.get("ignore", ()),
        ignore_unknown=options.get("ignore_unknown", False),
    )


def add_coordinate_arguments(parser: CommandParser) -> None:
    """Options of commands that read coordinates."""
    parser.add_argument("--crs", type=int, metavar="EPSG", help="coordinate system; found out when not given")
    parser.add_argument("--axes", choices=("xy", "yx"), help="order of the numbers; found out when not given")


def coordinate_system(options: dict[str, Any]) -> System | None:
    """The coordinate system that was named, or None."""
    if options["crs"] is None:
        return None
    return System(options["crs"], {"xy": False, "yx": True, None: None}[options["axes"]])


def pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    """Values of an option written as NAME=VALUE."""
    found = {}
    for text in texts:
        name, sign, value = text.rpartition("=")
        if not (sign and name.strip() and value.strip()):
            raise CommandError(_("%(option)s is written as NAME=VALUE: %(text)s") % {"option": option, "text": text})
        found[name.strip()] = value.strip()
    return found


def rejection_line(rejection: Rejection) -> str:
    """A rejection on one line: row, column, value, reason."""
    places = [_("row %(row)s") % {"row": rejection.row}]
    if rejection.column:
        places.append(_("column %(column)s") % {"column": rejection.column})
    if rejection.value:
        places.append(f"“{rejection.value}”")
    return f"{', '.join(places)}: {rejection.reason}"


class RejectionFile:
    """A CSV file with every rejection, also those that are too many to print."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file, delimiter=";")
        self._writer.writerow(["row", "column", "value", "reason"])

    def write(self, rejection: Rejection) -> None:
        """Add a line; a value that a spreadsheet would take for a formula gets an apostrophe."""
        value = f"'{rejection.value}" if rejection.value.startswith(_FORMULA_STARTS) else rejection.value
        self._writer.writerow([rejection.row, rejection.column, value, rejection.reason])

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _change_line(change: Change) -> str:
    """A change on one line: what, and each value that differs."""
    values = (_value_words(name, change.before.get(name, ""), value) for name, value in change.after.items())
    details = "; ".join(text for text in values if text)
    return f"{change.item}: {details}" if details else change.item


def _value_words(name: str, before: str, after: str) -> str:
    if before:
        return f"{name}: {before} → {after or '–'}"
    return f"{name}: {after}" if after else ""
