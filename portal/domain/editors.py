"""What the whole region's editors may do besides writing pages."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from portal.models import Alert, Topic
from region.models import Officer, OfficerAssignment, SecurityDistrict, Town

GROUPS = ("Editors", "Moderators")
# Towns, districts and people are ended, not deleted: pages of former days point at them.
KEPT: tuple[type[Model], ...] = (Town, SecurityDistrict, Officer, OfficerAssignment)
PASSING: tuple[type[Model], ...] = (Alert, Topic)


def let_editors_keep_registers() -> None:
    """Give Wagtail's groups of editors the registers, alerts and topics; groups that are gone are left alone."""
    permissions = [
        *_permissions(KEPT, ("add", "change", "view")),
        *_permissions(PASSING, ("add", "change", "delete", "view")),
    ]
    for group in Group.objects.filter(name__in=GROUPS):
        group.permissions.add(*permissions)


def _permissions(models: Sequence[type[Model]], acts: Sequence[str]) -> list[Permission]:
    codes = [f"{act}_{model._meta.model_name}" for model in models for act in acts]
    kinds = ContentType.objects.get_for_models(*models).values()
    return list(Permission.objects.filter(content_type__in=kinds, codename__in=codes))
