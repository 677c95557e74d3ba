"""Telling the audit trail what somebody changed in a form."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import DEFAULT_DB_ALIAS
from django.db.models.deletion import Collector
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext
from modelcluster.models import get_all_child_relations

from region.domain.audit import record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.db.models import Field, Model

    from region.models import User

# Outlines weigh hundreds of kilobytes and are written by the import, never in a form.
NOT_TOLD = frozenset({"id", "boundary"})
# What may vanish or change together with a record and is worth an event of its own: our own models.
AREAS = frozenset({"region", "projects", "surveys", "counselling", "reports", "portal"})


def stored_values(one: Model) -> dict[str, Any]:
    """Values of the record as they stand in the database now; empty for one that is not stored yet.

    With its columns go the records it is tied to by many-to-many relations (their keys) and the rows edited in the
    same form (their words). Take them before the change, inside its transaction.
    """
    names = [field.attname for field in one._meta.concrete_fields if field.attname not in NOT_TOLD]
    stored = type(one)._base_manager.filter(pk=one.pk)
    values = stored.values(*names).first()
    if values is None:
        return {}
    for field in one._meta.local_many_to_many:
        keys = stored.filter(**{f"{field.name}__isnull": False}).values_list(field.name, flat=True)
        values[field.name] = sorted(str(key) for key in keys)
    for relation in get_all_child_relations(one):
        values[relation.get_accessor_name()] = _rows_of(relation, one)
    return values


def _rows_of(relation: Any, one: Model) -> list[str]:
    """Rows edited in the form of ``one``, in their order: what stands in them, whatever the language of the screen."""
    model = relation.related_model
    left_out = {"sort_order", model._meta.pk.name, relation.field.name}
    names = [field.name for field in model._meta.concrete_fields if field.name not in left_out]
    rows = model._base_manager.filter(**{relation.field.name: one.pk}).order_by("sort_order")
    return [", ".join(str(value) for value in row) for row in rows.values_list(*names)]


class ChangedMeanwhile(ValidationError):
    """Somebody has changed the record since it was read. The sentence says what stands there now; views answer 409."""


def mark_of(one: Model, names: Iterable[str]) -> str:
    """A mark of what the record holds in the columns ``names``: it differs once somebody has changed one of them."""
    values = type(one)._base_manager.filter(pk=one.pk).values_list(*sorted(names)).first()
    return sha256(repr(values).encode()).hexdigest()[:32]


def check_unchanged(*, row: Model, seen: str, values: Mapping[str, Any]) -> None:
    """Raise ChangedMeanwhile when columns of ``values`` no longer are as they were when ``seen`` was made of them.

    Call it under the lock on ``row``.
    """
    if seen == mark_of(row, values):
        return
    other = [field for field in row._meta.concrete_fields if field.name in values]
    told = [_told(row, field) for field in other if getattr(row, field.name) != values[field.name]]
    words = gettext(
        "Somebody has changed this since you opened it, and nothing was saved. Now it says – %(values)s. "
        "What you wrote stands below: saving again writes it over that."
    )
    raise ChangedMeanwhile(words % {"values": "; ".join(told) or gettext("the same as you")})


def _told(row: Model, field: Field[Any, Any]) -> str:
    """A column with its value, in words."""
    value = getattr(row, f"get_{field.name}_display")() if field.choices else getattr(row, field.name)
    words = date_format(value) if isinstance(value, date) else str(value)
    return f"{capfirst(field.verbose_name)}: {'–' if value in {None, ''} else words}"


def note_edit(*, target: Model, before: dict[str, Any], by: User) -> bool:
    """Write one audit event with the columns that differ from ``before``; whether there was anything to tell."""
    after = stored_values(target)
    different = {name for name, value in after.items() if not before or before[name] != value}
    if not different:
        return False
    record(
        action=f"{target._meta.model_name}.{'change' if before else 'add'}",
        target=target,
        by=by,
        before={name: before[name] for name in sorted(different) if before},
        after={name: after[name] for name in sorted(different)},
    )
    return True


def note_removal(*, target: Model, by: User) -> None:
    """Write the audit events of a record about to be deleted: its last values, and what goes or changes with it.

    A record that may not be deleted (something protects it) raises here what its deletion would raise.
    """
    collector = Collector(using=DEFAULT_DB_ALIAS, origin=target)
    collector.collect([target])
    record(action=f"{target._meta.model_name}.delete", target=target, by=by, before=stored_values(target))
    for one in _vanishing(collector):
        if one != target:
            record(action=f"{one._meta.model_name}.delete", target=one, by=by, before=stored_values(one))
    for field, value, one in _changing(collector):
        was = {field.attname: getattr(one, field.attname)}
        record(action=f"{one._meta.model_name}.change", target=one, by=by, before=was, after={field.attname: value})


def _is_told(model: type[Model]) -> bool:
    return model._meta.app_label in AREAS and not model._meta.auto_created


def _vanishing(collector: Collector) -> Iterable[Model]:
    """Records that Django deletes together with the first one."""
    for model, instances in collector.data.items():
        yield from instances if _is_told(model) else ()
    for rows in collector.fast_deletes:
        yield from rows if _is_told(rows.model) else ()


def _changing(collector: Collector) -> Iterable[tuple[Field[Any, Any], Any, Model]]:
    """References that Django empties because the record they point at goes."""
    updates: dict[Any, Any] = dict(collector.field_updates)
    for (field, value), batches in updates.items():
        if _is_told(field.model):
            yield from ((field, value, one) for rows in batches for one in rows)
