"""Telling the audit trail what somebody changed in a form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from region.domain.audit import record

if TYPE_CHECKING:
    from django.db.models import Model

    from region.models import User

# Outlines weigh hundreds of kilobytes and are written by the import, never in a form.
NOT_TOLD = frozenset({"id", "boundary"})


def stored_values(one: Model) -> dict[str, Any]:
    """Values of the record's columns as they stand in the database now; empty for one that is not stored yet.

    Take them before the change, inside its transaction.
    """
    names = [field.attname for field in one._meta.concrete_fields if field.attname not in NOT_TOLD]
    return type(one)._base_manager.filter(pk=one.pk).values(*names).first() or {}


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
    """Write the audit event of a record that is about to be deleted, with its last values."""
    record(action=f"{target._meta.model_name}.delete", target=target, by=by, before=stored_values(target))
