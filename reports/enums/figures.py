"""Stable codes of figures, with their words; those of values are the codes of ``region.chart``."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.chart import Missing, PointStatus, Precision


class Topic(TextChoices):
    """The dashboard a figure belongs to."""

    CAMERAS = "cameras", _("Cameras")
    INTERVENTIONS = "interventions", _("Interventions")
    PERCEPTION = "perception", _("Feeling of safety")
    MONEY = "money", _("Money")


class CountingUnit(TextChoices):
    """What is counted one by one. A point, a device and a sensor are never added together."""

    EVENT = "event", pgettext_lazy("counting unit", "event")
    POINT = "point", pgettext_lazy("counting unit", "camera point (a place)")
    DEVICE = "device", pgettext_lazy("counting unit", "device")
    SENSOR = "sensor", pgettext_lazy("counting unit", "sensor")
    CAMERA = "camera", pgettext_lazy("counting unit", "camera, as the source counts them")
    PERSON = "person", pgettext_lazy("counting unit", "person")
    MONEY = "money", pgettext_lazy("counting unit", "money")
    SYSTEM = "system", pgettext_lazy("counting unit", "system")
    RATIO = "ratio", pgettext_lazy("counting unit", "ratio")


class ObservationStatus(TextChoices):
    """How final a value is."""

    FINAL = PointStatus.FINAL.value, pgettext_lazy("value", "final")
    PROVISIONAL = PointStatus.PROVISIONAL.value, pgettext_lazy("value", "provisional")
    PART = PointStatus.PART.value, pgettext_lazy("value", "of a period that is not over")
    CORRECTED = PointStatus.CORRECTED.value, pgettext_lazy("value", "corrected")
    WITHDRAWN = PointStatus.WITHDRAWN.value, pgettext_lazy("value", "withdrawn")


class ObservationPrecision(TextChoices):
    """How exactly the source gives a value."""

    EXACT = Precision.EXACT.value, pgettext_lazy("value", "exact")
    ROUNDED = Precision.ROUNDED.value, pgettext_lazy("value", "rounded")
    APPROXIMATE = Precision.APPROXIMATE.value, pgettext_lazy("value", "approximate")
    AT_LEAST = Precision.AT_LEAST.value, pgettext_lazy("value", "at least")


class MissingReason(TextChoices):
    """Why a source gives no value."""

    DID_NOT_OCCUR = Missing.DID_NOT_OCCUR.value, pgettext_lazy("no value", "did not occur")
    UNKNOWN = Missing.UNKNOWN.value, pgettext_lazy("no value", "unknown")
    NOT_APPLICABLE = Missing.NOT_APPLICABLE.value, pgettext_lazy("no value", "not applicable")
    CONFIDENTIAL = Missing.CONFIDENTIAL.value, pgettext_lazy("no value", "confidential")


class RevisionAct(TextChoices):
    """What was done to a value."""

    ADD = "add", pgettext_lazy("done to a value", "added")
    CHANGE = "change", pgettext_lazy("done to a value", "changed")
    CORRECT = "correct", pgettext_lazy("done to a value", "corrected: the error was ours")
    WITHDRAW = "withdraw", pgettext_lazy("done to a value", "withdrawn")
    REMOVE = "remove", pgettext_lazy("done to a value", "removed with the import it came by")
