"""``manage describe_personal_data``: write the operators' table of personal data from the classification."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.text import capfirst
from django.utils.translation import override

from region.personal_data import WAYS, Kind, Rule, declared, kind_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from region.personal_data import ModelData

PATH = Path("docs/operate/personal-data.md")
BEGINNING, END = "<!-- table: written by manage describe_personal_data -->", "<!-- end of the table -->"
PERSONAL = {Kind.PERSONAL, Kind.SPECIAL}


class Command(BaseCommand):
    help = "Write the table of personal data in docs/operate/personal-data.md from the classification."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / PATH
        path.write_text(with_table(path.read_text(encoding="utf-8")), encoding="utf-8")


def with_table(page: str) -> str:
    """The page with a new table between its marks."""
    head, _mark, rest = page.partition(BEGINNING)
    _old, _end, tail = rest.partition(END)
    return f"{head}{BEGINNING}\n{table()}\n{END}{tail}"


def table() -> str:
    """One row for each model and way of emptying, in English."""
    heads = ["| What | Columns | When the person is erased | By itself |", "| --- | --- | --- | --- |"]
    with override("en"):
        ordered = sorted(declared().values(), key=lambda data: data.label)
        return "\n".join([*heads, *(row for data in ordered for row in _rows(data))])


def _rows(data: ModelData) -> Iterator[str]:
    """Rows of a model; columns that only point at somebody are left out."""
    told = [(name, rule) for name, rule in data.fields.items() if rule.kind in PERSONAL and rule.way.name != "FOLLOWS"]
    for fate, some in groupby(sorted(told, key=lambda pair: _fate(pair[1])), key=lambda pair: _fate(pair[1])):
        columns = ", ".join(f"`{name}`" for name, _rule in some)
        what = f"{capfirst(str(kind_words(data)))} (`{data.label}`)"
        by_itself = data.retention.words if data.retention else ""
        yield f"| {what} | {columns} | {fate} | {by_itself} |"


def _fate(rule: Rule) -> str:
    return f"{WAYS[rule.way]}: {rule.ground}" if rule.ground else str(WAYS[rule.way])
