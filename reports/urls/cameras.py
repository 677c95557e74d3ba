"""Addresses of the camera register: public ones below figures, screens below the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import include, path, register_converter
from django.utils.translation import pgettext_lazy

from reports.urls import camera_dashboard
from reports.views import camera_files, camera_products, cameras_public

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver


class PointsFile:
    """A kind of file in which points can be taken away."""

    regex = "csv|geojson|osm"

    def to_python(self, value: str) -> str:
        """As it stands in the address."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands in the address."""
        return value


register_converter(PointsFile, "points_file")

# Translators: part of a page's address, in small letters without diacritics, with the slash
CAMERAS = pgettext_lazy("part of an address", "cameras/")
# Translators: part of a page's address, in small letters without diacritics, with the slash
POINTS = pgettext_lazy("part of an address", "points/")
# Translators: part of a page's address, in small letters without diacritics, with the slash
SYSTEMS = pgettext_lazy("part of an address", "systems/")

point_patterns: list[URLPattern | URLResolver] = [
    path("", cameras_public.camera_points, name="camera-points"),
    path("<slug:code>/", cameras_public.camera_point, name="camera-point"),
    path("<slug:code>/sign.pdf", camera_products.camera_sign, name="camera-sign"),
]
system_patterns: list[URLPattern | URLResolver] = [
    path("<slug:slug>/", cameras_public.camera_system, name="camera-system"),
    path("<slug:slug>/<int:year>.pdf", camera_products.system_report, name="camera-report"),
]
# All that stands under the word for cameras; the dashboard at its root is the map's and the charts' page.
public_patterns: list[URLPattern | URLResolver] = [
    *camera_dashboard.patterns,
    path("points.<points_file:kind>", camera_files.camera_points_file, name="camera-points-file"),
    path(POINTS, include(point_patterns)),
    path(SYSTEMS, include(system_patterns)),
]
