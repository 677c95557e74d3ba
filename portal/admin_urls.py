"""Addresses under /admin/ that stand before Wagtail's own of the same name."""

from __future__ import annotations

from django.urls import path
from wagtail.admin.auth import require_admin_access

from portal.views import doors

urlpatterns = [
    path("login/", doors.to_sign_in, {"otherwise": "/admin/"}),
    path("logout/", doors.sign_out),
    path("password_reset/", doors.to_reset),
    path("password_reset/<path:rest>", doors.to_reset),
    path("account/", require_admin_access(doors.EditorSettings.as_view())),
    # Accounts and groups are made from roles, in one place: never here.
    path("users/", doors.to_people),
    path("users/<path:rest>", doors.to_people),
    path("groups/", doors.to_people),
    path("groups/<path:rest>", doors.to_people),
    path("bulk/region/user/<path:rest>", doors.to_people),
    path("bulk/auth/group/<path:rest>", doors.to_people),
]
