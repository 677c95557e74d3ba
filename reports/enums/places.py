"""Kinds of places that cameras and events are seen together with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    """What stands there."""

    SCHOOL = "school", pgettext_lazy("kind of place", "school")
    KINDERGARTEN = "kindergarten", pgettext_lazy("kind of place", "kindergarten")
    STOP = "stop", pgettext_lazy("kind of place", "stop or station")
    PLAYGROUND = "playground", pgettext_lazy("kind of place", "playground")
    SPORT = "sport", pgettext_lazy("kind of place", "sports ground")
    HEALTH = "health", pgettext_lazy("kind of place", "hospital or surgery")
    CARE = "care", pgettext_lazy("kind of place", "home for the elderly or social service")
    OTHER = "other", pgettext_lazy("kind of place", "other place")
