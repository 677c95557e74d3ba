"""The counselling area."""

from __future__ import annotations

from django.apps import AppConfig


class CounsellingConfig(AppConfig):
    """Django's record of the counselling area."""

    name = "counselling"
