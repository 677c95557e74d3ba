"""Which files may be imported on screen: a register that areas fill in ``apps.ready()``.

An importer says what its file holds, how it is looked at and run, and which tables it writes; upload, correction of
columns, dry run, progress, rejected rows and undo are the same for all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext_lazy

from region.import_kinds import REGISTERS, register_kind
from region.messages import Problem
from region.messages import gettext_noop as _
from region.queries.batches import may_import
from region.uploads import MEGABYTE, POINTS, TABLES, Limits

if TYPE_CHECKING:
    from django import forms
    from django.db.models import Model, TextChoices

    from region.domain.imports import ImportReport, Run
    from region.models import User
    from region.tables.headers import Column
    from region.tables.looking import Look
    from region.tables.reading import Options

# A text, or one that is translated when shown.
Text = Any
LIMITS = Limits(TABLES, 30 * MEGABYTE, drops_macros=True)
# The same for registers of places, which may be GeoJSON too.
POINT_LIMITS = Limits(POINTS, 30 * MEGABYTE, drops_macros=True)
PASSED_OVER = gettext_lazy("passed over")
# Rows of a file as written: line and cells; the header row comes first.
WrittenRows: TypeAlias = "Iterator[tuple[int, Sequence[str]]]"


@dataclass(frozen=True, slots=True)
class Task:
    """One run of an importer: the file, how to read it, what was said for the whole file, who, and how."""

    path: Path
    options: Options
    values: Mapping[str, Any]
    by: User
    run: Run


@dataclass(frozen=True, slots=True)
class Importer:
    """One kind of file. ``tables`` are all that its run may write, derived ones aside (``derived``)."""

    key: str
    title: Text
    description: Text
    columns: tuple[Column, ...]
    # Our names of columns in words.
    words: Mapping[str, Text]
    look: Callable[[Path, Options], Look]
    run: Callable[[Task], ImportReport]
    rows: Callable[[Path, Options], WrittenRows]
    tables: tuple[type[Model], ...]
    # What is said once for the whole file; None: nothing.
    form: type[forms.Form] | None = None
    # The same for a form that depends on the file: made of it and of how it is read. Goes before ``form``.
    form_of_file: Callable[[Path, Options], Callable[..., forms.Form]] | None = None
    # Values of ``form`` that each file has of its own: not kept with a way of reading.
    own_values: tuple[str, ...] = ()
    # What is said of a column of the file that is none of ours.
    rest: Text = PASSED_OVER
    # Where the work goes on once a file is written: words and the name of an address.
    leads_to: tuple[tuple[Text, str], ...] = ()
    # Values that are kept as codes, by the name of their column: what they are called.
    codes: Mapping[str, type[TextChoices]] = field(default_factory=dict)
    # Built from ``tables``; ``rebuild`` builds it anew after an undo.
    derived: tuple[type[Model], ...] = ()
    rebuild: Callable[[], object] | None = None
    # Takes back by itself what a run wrote, from what its report kept, for tables too large to be copied (``tables`` is
    # empty then); gives the number of rows. Raises `Problem` when it cannot.
    undo: Callable[[str, User], int] | None = None
    # Whether the run writes an audit event for each row; undoing then does the same.
    audits_rows: bool = True
    limits: Limits = LIMITS
    order: int = 100
    # Who may import such files, see their imports and undo them; the roles that have it must have `OPEN` too.
    permission: str = REGISTERS

    def values_form(self, path: Path, options: Options) -> Callable[..., forms.Form] | None:
        """What makes the form of values for a whole file; None: nothing is said."""
        return self.form_of_file(path, options) if self.form_of_file else self.form

    def word(self, name: str) -> str:
        """A column of ours in words."""
        return str(self.words.get(name, name))


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Have an importer on the import screen; a key registered again is replaced."""
    _importers[importer.key] = importer
    register_kind(importer.key, importer.permission)


def importers() -> tuple[Importer, ...]:
    """All importers in their order."""
    return tuple(sorted(_importers.values(), key=lambda importer: importer.order))


def importers_for(user: Any) -> tuple[Importer, ...]:
    """What ``user`` may import, in the order of the screen."""
    return tuple(one for one in importers() if may_import(user, one.key))


def importer_of(key: str) -> Importer:
    """The importer with this key. Raises `Problem` when there is none (any more)."""
    if key not in _importers:
        raise Problem(_("This kind of file can no longer be imported."))
    return _importers[key]
