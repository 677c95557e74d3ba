"""Wagtail's form of a setting that tells the audit trail what it changed."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from wagtail.admin.forms import WagtailAdminModelForm

from region.domain.editing import note_edit, stored_values


class ToldSettingForm(WagtailAdminModelForm):
    """Saves the setting and its audit event in one transaction; Wagtail's view of settings saves by its form alone."""

    def save(self, **options: Any) -> Any:
        """The saved setting."""
        with transaction.atomic():
            before = stored_values(self.instance)
            saved = super().save(**options)
            note_edit(target=saved, before=before, by=self.for_user)
        return saved
