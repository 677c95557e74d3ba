"""Columns of JSON that people edit as words or ticks. In the database they are plain JSON."""

from __future__ import annotations

from typing import Any

from django.db import models

from region.form_fields import LanguagesFormField, OfficeHoursFormField, TicksFormField


class _PlainInMigrations(models.JSONField):
    def deconstruct(self) -> Any:
        """A plain JSON column for migrations: how it is edited does not concern them."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs


class LanguagesField(_PlainInMigrations):
    """A list of language codes, edited by ticks."""

    def formfield(self, **kwargs: Any) -> Any:
        """Ticks."""
        return super().formfield(**{**kwargs, "form_class": LanguagesFormField})


class TicksField(_PlainInMigrations):
    """A list of codes, edited by ticks; ``ticks`` are the codes with their words."""

    def __init__(self, *args: Any, ticks: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ticks = ticks

    def formfield(self, **kwargs: Any) -> Any:
        """Ticks."""
        return super().formfield(**{**kwargs, "form_class": TicksFormField, "choices": self.ticks})


class OfficeHoursField(_PlainInMigrations):
    """Rows [weekday 0-6, "HH:MM", "HH:MM"], edited as a line of words."""

    def formfield(self, **kwargs: Any) -> Any:
        """A line of words."""
        return super().formfield(**{**kwargs, "form_class": OfficeHoursFormField})
