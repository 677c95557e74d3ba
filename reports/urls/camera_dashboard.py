"""Addresses of the camera dashboard, below the word for cameras."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from reports.views import camera_dashboard

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

patterns: list[URLPattern | URLResolver] = [
    path("", camera_dashboard.cameras, name="cameras"),
    path("cameras.pdf", camera_dashboard.cameras_pdf, name="cameras-pdf"),
]
