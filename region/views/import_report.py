"""The report of an import as its pages show it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext, pgettext

from region.importers import Importer, importer_of
from region.messages import Problem
from region.parts import Cell, Column, FileItem, KeyFigure

if TYPE_CHECKING:
    from region.models import ImportBatch, PrivateDocument

_SEPARATOR = "\u00a0→ "


def report_context(batch: ImportBatch) -> dict[str, Any]:
    """Counts, remarks, the first rows of each kind, files."""
    report = batch.report
    words = _words(batch)
    return {
        "figures": _figures(report),
        "notes": report.get("notes", []),
        "added_rows": [_added(row, words) for row in report.get("added", [])],
        "changed_rows": [_changed(row, words) for row in report.get("changed", [])],
        "rejected_rows": [_rejected(row) for row in report.get("rejected", [])],
        "added_columns": (Column(gettext("What")), Column(gettext("Values"))),
        "changed_columns": (Column(gettext("What")), Column(gettext("Before and after"))),
        "rejected_columns": tuple(map(Column, (gettext("Row"), gettext("Column"), gettext("Value"), gettext("Why")))),
        "conflicts": report.get("conflicts", []),
        "written": report.get("added_count", 0) + report.get("changed_count", 0),
        "rejected_count": report.get("rejected_count", 0),
        "rejected_files": _files(batch.rejected_file),
        "files": _files(batch.file),
    }


def _words(batch: ImportBatch) -> Importer | None:
    try:
        return importer_of(batch.importer)
    except Problem:
        return None


def _figures(report: dict[str, Any]) -> tuple[KeyFigure, ...]:
    labels = {
        "added_count": pgettext("rows of an import", "new"),
        "changed_count": pgettext("rows of an import", "changed"),
        "unchanged_count": pgettext("rows of an import", "unchanged"),
        "rejected_count": pgettext("rows of an import", "rejected"),
    }
    return tuple(
        KeyFigure(number_format(report[name], force_grouping=True), label)
        for name, label in labels.items()
        if name in report
    )


def _added(row: dict[str, Any], words: Importer | None) -> tuple[Cell, ...]:
    told = (f"{_word(name, words)}: {_value(name, value, words)}" for name, value in row["after"].items() if value)
    return Cell(row["item"]), Cell("; ".join(told))


def _changed(row: dict[str, Any], words: Importer | None) -> tuple[Cell, ...]:
    told = (
        f"{_word(name, words)}: {_value(name, row['before'].get(name), words)}{_SEPARATOR}{_value(name, value, words)}"
        for name, value in row["after"].items()
    )
    return Cell(row["item"]), Cell("; ".join(told))


def _rejected(row: dict[str, Any]) -> tuple[Cell, ...]:
    return Cell(str(row["row"])), Cell(row["column"] or "–"), Cell(row["value"] or "–"), Cell(row["reason"])


def _word(name: str, words: Importer | None) -> str:
    return words.word(name) if words else name


def _value(name: str, value: Any, words: Importer | None) -> str:
    """A value as people read it: the word for a code, a dash for nothing."""
    codes: Any = (words.codes if words else {}).get(name)
    return str(codes(value).label) if codes and value in codes.values else str(value or "–")


def _files(document: PrivateDocument | None) -> tuple[FileItem, ...]:
    if document is None or document.removed_at is not None:
        return ()
    kind = document.name.rsplit(".", 1)[-1].upper()
    return (FileItem(document.name, reverse("region:file", args=[document.pk]), kind=kind, size=document.size),)
