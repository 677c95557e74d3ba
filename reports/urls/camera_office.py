"""Addresses of the camera register in the office."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path, re_path

from region.listing import listing_urls
from reports.views import camera_office, camera_office_acts, camera_products, remote_access

_point = [
    path("", camera_office.point, name="office-camera"),
    path("edit/", camera_office_acts.edit, name="office-camera-edit"),
    path("publish/", camera_office_acts.publish, name="office-camera-publish"),
    path("withdraw/", camera_office_acts.withdraw, name="office-camera-withdraw"),
    path("device/", camera_office_acts.install, name="office-camera-install"),
    path("review/", camera_office_acts.review, name="office-camera-review"),
    path("consultation/", camera_office_acts.consultation, name="office-camera-consultation"),
    path("step/<slug:name>/", camera_office_acts.step, name="office-camera-step"),
]
_placement = [
    path("move/", camera_office_acts.relocate, name="office-camera-relocate"),
    path("replace/", camera_office_acts.replace, name="office-camera-replace"),
    path("take-away/", camera_office_acts.retire, name="office-camera-retire"),
    path("take-back/", camera_office_acts.undo, name="office-camera-undo"),
]
_access = [
    path("", remote_access.access, name="office-access"),
    path("renew/", remote_access.renew, name="office-access-renew"),
    path("step/<slug:name>/", remote_access.step, name="office-access-step"),
]

patterns: list[URLPattern | URLResolver] = [
    *listing_urls(camera_office.POINTS, "cameras/"),
    path("cameras/new/", camera_office_acts.add, name="office-camera-add"),
    path("cameras/systems/", camera_products.systems, name="office-camera-systems"),
    re_path(r"^cameras/processing\.(?P<kind>csv|xlsx)$", camera_products.processing, name="office-camera-processing"),
    path("cameras/<uuid:point_id>/", include(_point)),
    path("cameras/devices/<uuid:placement_id>/", include(_placement)),
    *listing_urls(remote_access.ACCESS_LIST, "cameras/access/"),
    path("cameras/access/new/", remote_access.add, name="office-access-add"),
    path("cameras/access/<uuid:access_id>/", include(_access)),
]
