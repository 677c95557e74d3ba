"""The copy of everything held about a person, for the person (articles 15 and 20 of the GDPR)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from region.domain.audit import record
from region.domain.users import is_system
from region.models import Officer, User
from region.personal_data import EMPTIED, Kind, ModelData, Person, Way, column_words, data_of, declared, kind_words
from region.queries.personal_data import linked_rows, links, own_rows, person_of_officer, person_of_user
from region.rules import require

if TYPE_CHECKING:
    from django.db.models import Field, Model

PERMISSION = "region.handle_personal_data"


def export_person(*, who: User | Officer, by: User) -> dict[str, Any]:
    """Everything held about somebody, by the kind of thing, ready for JSON; what is secret or of others is left out.

    Raises PermissionDenied. The audit trail keeps that the copy was made.
    """
    if not is_system(by):
        require(by, PERMISSION)
    person = person_of_user(who) if isinstance(who, User) else person_of_officer(who)
    kinds = [_kind(data, person) for data in declared().values()]
    record(action="person.export", target=who, by=by)
    return {
        "made": timezone.now().isoformat(timespec="seconds"),
        "about": str(who),
        "holds": [kind for kind in kinds if kind["rows"]],
    }


def as_json(copy: dict[str, Any]) -> str:
    """The copy as a file that people can read and programs too."""
    return json.dumps(copy, ensure_ascii=False, indent=2, cls=DjangoJSONEncoder)


def _kind(data: ModelData, person: Person) -> dict[str, Any]:
    own = [_own_row(row, data, person) for row in own_rows(data, person)]
    others = linked_rows(data, person).exclude(pk__in=own_rows(data, person).values("pk"))
    pointing = [_linked_row(row, data) for row in others]
    return {"what": capfirst(str(kind_words(data))), "model": data.label, "rows": own + pointing}


def _own_row(row: Model, data: ModelData, person: Person) -> dict[str, Any]:
    """All columns of a row about the person, without secrets, people's accounts and addresses of others."""
    left_out = set(data.unshared)
    if data.author and getattr(row, data.author).lower() not in {"", *person.addresses}:
        left_out.update(data.named(*EMPTIED))
    fields = [field for field in _shared(row, data) if field.name not in left_out]
    return {_heading(field, data): _value(row, field) for field in fields if not _is_foreign(row, field, person)}


def _linked_row(row: Model, data: ModelData) -> dict[str, Any]:
    """What a row that only points at the person says beside the data of others."""
    return {
        _heading(field, data): _value(row, field)
        for field in _shared(row, data)
        if data.fields[field.name].kind is Kind.NONE
    }


def _shared(row: Model, data: ModelData) -> list[Field[Any, Any]]:
    hidden = {name for name, rule in data.fields.items() if rule.kind is Kind.SECRET}
    hidden.update(links(data), (name for name in data.named(Way.ROW) if _points_at_account(row, name)))
    return [field for field in row._meta.local_fields if field.name not in hidden]


def _points_at_account(row: Model, name: str) -> bool:
    return getattr(row._meta.get_field(name), "related_model", None) is User


def _is_foreign(row: Model, field: Field[Any, Any], person: Person) -> bool:
    """Whether the column holds the address of somebody else."""
    value = getattr(row, field.attname)
    return isinstance(field, models.EmailField) and bool(value) and value.lower() not in person.addresses


def _heading(field: Field[Any, Any], data: ModelData) -> str:
    return str(column_words(data, field.name))


def _value(row: Model, field: Field[Any, Any]) -> Any:
    """The value as people read it: choices in words, other things by their name unless that names a person."""
    if isinstance(field, models.ForeignKey):
        label = data_of(field.related_model._meta.label)
        key = getattr(row, field.attname)
        return key if key is None or (label and label.has_personal_label) else str(getattr(row, field.name))
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    value = getattr(row, field.attname)
    return value.name if isinstance(field, models.FileField) else value
