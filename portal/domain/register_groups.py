"""Wagtail's groups of those who keep registers there and write no pages: figures, cameras, events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType

from reports.models import (
    CameraSystem,
    Consultation,
    Cost,
    Device,
    Dpia,
    EventCategory,
    EventRegister,
    ExternalCameraSet,
    LegalBasis,
    Metric,
    Observation,
    Resolution,
    Sensor,
    SourceDocument,
    SystemOperator,
    Workstation,
)

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class RegisterGroup:
    """A group of Wagtail with the registers that it keeps. What is published or counted is ended, never deleted."""

    name: str
    kept: tuple[type[Model], ...]
    passing: tuple[type[Model], ...] = ()

    def codes(self) -> set[tuple[str, str]]:
        """Permissions of Django: model and act."""
        acts = [(model, act) for model in (*self.kept, *self.passing) for act in ("add", "change", "view")]
        acts += [(model, "delete") for model in self.passing]
        return {(model._meta.model_name or "", f"{act}_{model._meta.model_name}") for model, act in acts}


# By the role whose group it is.
REGISTER_GROUPS = {
    "analyst": RegisterGroup(
        "Figures",
        kept=(Observation, Resolution, EventRegister, EventCategory),
        passing=(Metric, SourceDocument),
    ),
    "camera_registrar": RegisterGroup(
        "Cameras",
        kept=(CameraSystem, SystemOperator, Workstation, Device, Sensor, EventRegister, EventCategory),
        passing=(LegalBasis, Dpia, Consultation, Cost, ExternalCameraSet),
    ),
}


def make_register_groups() -> None:
    """Make the groups with exactly these rights and the entry to Wagtail's screens; safe to repeat."""
    entry = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for wanted in REGISTER_GROUPS.values():
        group, _made = Group.objects.get_or_create(name=wanted.name)
        group.permissions.set([entry, *_permissions(wanted)])


def _permissions(wanted: RegisterGroup) -> list[Permission]:
    kinds = ContentType.objects.get_for_models(*wanted.kept, *wanted.passing).values()
    codes = wanted.codes()
    rows = Permission.objects.filter(content_type__in=kinds).select_related("content_type")
    return [one for one in rows if (one.content_type.model, one.codename) in codes]
