"""Wagtail's form of a register of events."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from region.forms.seen import SeenForm
from reports.models import Correction, EventLoad, EventRegister


class EventRegisterForm(SeenForm):
    """A register whose key stays once something is known by it."""

    def clean_key(self) -> str:
        """Files, addresses and corrections name the register by its key."""
        key: str = self.cleaned_data["key"]
        was = EventRegister.objects.filter(pk=self.instance.pk).values_list("key", flat=True).first()
        if was and was != key and self._is_known(was):
            raise ValidationError(gettext("This register has events, so it keeps its key: corrections name it by it."))
        return key

    def _is_known(self, key: str) -> bool:
        has_events = EventLoad.objects.filter(register=self.instance.pk).exists()
        return has_events or Correction.objects.filter(register=key).exists()
