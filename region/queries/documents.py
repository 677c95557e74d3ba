"""Who reads which private document: rules that areas register, one for each kind of record with files."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from region.models import PrivateDocument

if TYPE_CHECKING:
    from region.models import User

# Whether somebody may read a document; looks its record up by ``document.target_id``, in visible_to(user).
CanRead: TypeAlias = "Callable[[User, PrivateDocument], bool]"

_rules: dict[str, CanRead] = {}


def register_rule(name: str, can_read: CanRead) -> None:
    """Have ``can_read`` decide about documents kept under the rule ``name``: call it in ``apps.ready()``."""
    _rules[name] = can_read


def has_rule(name: str) -> bool:
    """Whether somebody registered the rule."""
    return name in _rules


def document_for(user: User, document_id: UUID) -> PrivateDocument | None:
    """The document if it is there and ``user`` may read it. What nobody registered a rule for is read by nobody."""
    document = PrivateDocument.objects.filter(pk=document_id, removed_at=None).first()
    if document is None or document.rule not in _rules:
        return None
    return document if _rules[document.rule](user, document) else None
