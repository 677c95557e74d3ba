"""The surveys area."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Django's record of the surveys area."""

    name = "surveys"
