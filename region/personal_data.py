"""Which columns hold personal data, and how each is emptied: a register that every area fills in ``apps.ready()``.

A test fails on a column that is not in it. The audit trail, erasing, the copy for the person, and the clearing of what
is old all read it, so a new column that is classified is looked after everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeAlias

from django.apps import apps
from django.db.models import Q
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from django.db.models import Model

# A text, or one that is translated when shown.
Text = Any


class Kind(Enum):
    """What a column holds. Special: health, beliefs, offences and the like (article 9 and 10 of the GDPR)."""

    NONE = auto()
    PERSONAL = auto()
    SPECIAL = auto()
    SECRET = auto()


class Way(Enum):
    """What becomes of a column when the person is erased."""

    NOTHING = auto()
    BLANK = auto()
    NULL = auto()
    PSEUDONYM = auto()
    ROW = auto()
    FOLLOWS = auto()
    KEEP = auto()


WAYS: dict[Way, Text] = {
    Way.NOTHING: "",
    Way.BLANK: pgettext_lazy("personal data", "emptied"),
    Way.NULL: pgettext_lazy("personal data", "emptied"),
    Way.PSEUDONYM: pgettext_lazy("personal data", "replaced by a made-up value"),
    Way.ROW: pgettext_lazy("personal data", "deleted with its row"),
    Way.FOLLOWS: pgettext_lazy("personal data", "says nothing once the record it points at is emptied"),
    Way.KEEP: pgettext_lazy("personal data", "kept"),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one column is treated; ``ground`` says why something is kept."""

    kind: Kind
    way: Way = Way.NOTHING
    ground: Text = ""


NONE = Rule(Kind.NONE)
BLANK = Rule(Kind.PERSONAL, Way.BLANK)
NULL = Rule(Kind.PERSONAL, Way.NULL)
PSEUDONYM = Rule(Kind.PERSONAL, Way.PSEUDONYM)
ROW = Rule(Kind.PERSONAL, Way.ROW)
FOLLOWS = Rule(Kind.PERSONAL, Way.FOLLOWS)
SECRET = Rule(Kind.SECRET)
SECRET_ROW = Rule(Kind.SECRET, Way.ROW)


# Ways that change a row.
EMPTIED = (Way.BLANK, Way.NULL, Way.PSEUDONYM, Way.ROW)


def keep(ground: Text) -> Rule:
    """A personal value that stays, and the legal ground for it."""
    return Rule(Kind.PERSONAL, Way.KEEP, ground)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of whom something is held: an account, a person shown on the public site, or both.

    ``addresses`` are in small letters; ``words`` are texts by which others' rows may name the person.
    """

    user_id: UUID | None = None
    officer_id: UUID | None = None
    addresses: frozenset[str] = frozenset()
    words: tuple[str, ...] = ()


Find: TypeAlias = "Callable[[Person], Q]"
NOBODY = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Retention:
    """How long rows stay. Those for which ``due`` holds at a moment are deleted, or emptied when no column says so.

    Without ``due`` a duty of the minute tick of its own looks after them.
    """

    words: Text
    due: Callable[[datetime], Q] | None = None


@dataclass(frozen=True, slots=True)
class ModelData:
    """What is said of one model: its columns, how the rows about a person are found, and how long they stay.

    ``find`` gives the person's own rows, ``mentions`` those of others that name the person: both are emptied, only the
    first are part of the copy that the person gets. ``tells_of`` gives rows that others wrote about what was done to
    the person: the copy has their harmless columns, and they stay. ``author`` is the column with the address of who
    wrote a row; what somebody else wrote stays out of that copy, and so does what ``unshared`` names.
    """

    label: str
    fields: Mapping[str, Rule]
    find: Find | None = None
    mentions: Find | None = None
    tells_of: Find | None = None
    author: str = ""
    unshared: frozenset[str] = frozenset()
    has_personal_label: bool = False
    retention: Retention | None = None
    model: type[Model] = field(init=False)

    def __post_init__(self) -> None:
        """Look the model up: all are known when the register is filled."""
        object.__setattr__(self, "model", apps.get_model(self.label))

    def named(self, *ways: Way) -> list[str]:
        """Names of the columns that are treated in one of these ways."""
        return [name for name, rule in self.fields.items() if rule.way in ways]

    @property
    def is_emptied(self) -> bool:
        """Whether erasing a person changes rows of this model."""
        return bool(self.named(*EMPTIED))

    @property
    def deletes_row(self) -> bool:
        """Whether the whole row goes."""
        return bool(self.named(Way.ROW))


_register: dict[str, ModelData] = {}


def declare(label: str, none: str = "", *, hidden: str = "", follows: str = "", **more: Any) -> None:
    """Classify a model: names of harmless columns in ``none``, of secrets in ``hidden``, of references in ``follows``.

    ``more`` may hold ``fields`` (the other columns with their rules) and what else ``ModelData`` has.
    """
    fields = dict.fromkeys(none.split(), NONE) | dict.fromkeys(hidden.split(), SECRET)
    fields |= dict.fromkeys(follows.split(), FOLLOWS) | more.pop("fields", {})
    _register[label] = ModelData(label, fields, **more)


_words: dict[str, Text] = {}


def name_things(words: Mapping[str, Text]) -> None:
    """Give words to kinds ("app.Model") and columns ("app.Model.column") whose own would be programmers' ones."""
    _words.update(words)


def kind_words(data: ModelData) -> Text:
    """What rows of a model are called, in the plural."""
    return _words.get(data.label, data.model._meta.verbose_name_plural)


def column_words(data: ModelData, name: str) -> Text:
    """What a column is called."""
    field = data.model._meta.get_field(name)
    return _words.get(f"{data.label}.{name}") or getattr(field, "verbose_name", name)


def declared() -> dict[str, ModelData]:
    """Everything classified so far, by the label of the model."""
    return dict(_register)


def data_of(label: str) -> ModelData | None:
    """What is said of a model; None when it is not classified."""
    return _register.get(label)


def account(*lookups: str) -> Find:
    """Rows whose columns point at the person's account."""
    return lambda person: _any([Q(**{lookup: person.user_id}) for lookup in lookups] if person.user_id else [])


def officer(*lookups: str) -> Find:
    """Rows whose columns point at the person shown on the public site."""
    return lambda person: _any([Q(**{lookup: person.officer_id}) for lookup in lookups] if person.officer_id else [])


def address(*columns: str) -> Find:
    """Rows whose columns hold one of the person's addresses, whatever the letter case."""
    return lambda person: _any([Q(**{f"{column}__iexact": one}) for column in columns for one in person.addresses])


def either(*finds: Find) -> Find:
    """Rows found in one way or another."""
    return lambda person: _any([find(person) for find in finds])


def _any(conditions: list[Q]) -> Q:
    found = NOBODY
    for condition in conditions:
        found |= condition
    return found


# What a value is replaced by in the audit trail: that it changed is known, what it was is not.
MASK = "…"
# Columns that are personal whatever they stand in, unless their model says otherwise.
_SUSPECT = frozenset({"email", "first_name", "last_name", "phone", "reply_to"})


def masked(label: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a record for the audit trail: personal and secret ones only as filled or empty."""
    data = data_of(label)
    return {name: MASK if value and _is_masked(data, name) else value for name, value in values.items()}


def _is_masked(data: ModelData | None, name: str) -> bool:
    fields = data.fields if data else {}
    rule = fields.get(name) or fields.get(name.removesuffix("_id"))
    if rule is None:
        return name in _SUSPECT
    return rule.kind is not Kind.NONE and rule.way is not Way.FOLLOWS
