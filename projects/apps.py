"""The projects area."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    """Django's record of the projects area."""

    name = "projects"
