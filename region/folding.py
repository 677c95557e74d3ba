"""Letters compared without case and diacritics inside the database: "lodz" finds "Łódź", Č stands beside C.

PostgreSQL does it with TRANSLATE, SQLite with a function of ours; both know the same letters.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import CharField, Model, Q, QuerySet, TextField, Transform

ACCENTED = "áäąčćďéěęëíłňńóôöřŕśšťúůüýźżž"
PLAIN = "aaaccdeeeeilnnooorrsstuuuyzzz"
_LETTERS = str.maketrans(ACCENTED, PLAIN)
SQLITE_FUNCTION = "SAFE_COUNTY_FOLD"
Row = TypeVar("Row", bound=Model)


def folded_text(text: str | None) -> str | None:
    """Text in small letters without the diacritics of Czech, Polish and their neighbours."""
    return None if text is None else text.lower().translate(_LETTERS)


@CharField.register_lookup
@TextField.register_lookup
class Folded(Transform):
    """A text column as ``folded_text`` would give it; in filters ``name__folded__contains="lodz"``."""

    lookup_name = "folded"
    function = SQLITE_FUNCTION
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same by PostgreSQL's own means; the letters are constants of this file."""
        # Under the collation C, LOWER leaves letters with diacritics as they are.
        template = f"TRANSLATE(LOWER(%(expressions)s), '{ACCENTED}{ACCENTED.upper()}', '{PLAIN}{PLAIN}')"
        return self.as_sql(compiler, connection, template=template, **context)


def folded(path: str) -> Folded:
    """What to sort a column of text by."""
    return Folded(path)


def searched(queryset: QuerySet[Row], text: str, paths: Iterable[str]) -> QuerySet[Row]:
    """Rows in which every word of ``text`` stands in one of the text columns ``paths``."""
    for word in (folded_text(text) or "").split():
        found = (Q(**{f"{path}__folded__contains": word}) for path in paths)
        queryset = queryset.filter(reduce(or_, found))
    return queryset


def teach(connection: Any, **_kwargs: Any) -> None:
    """Give a new connection to SQLite the function; a receiver of ``connection_created``."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(SQLITE_FUNCTION, 1, folded_text, deterministic=True)
