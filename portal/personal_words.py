"""What the libraries' models and columns are called for people: their own words are programmers' or English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.personal_data import name_things

if TYPE_CHECKING:
    from collections.abc import Mapping

# A text, or one that is translated when shown.
Text = Any

_KINDS: dict[str, Text] = {
    "django_tasks_database.DBTaskResult": pgettext_lazy("personal data", "tasks in the background"),
    "mfa.Authenticator": pgettext_lazy("personal data", "second factors"),
    "sessions.Session": pgettext_lazy("personal data", "what a browser is remembered by"),
    "socialaccount.SocialAccount": pgettext_lazy("personal data", "accounts of another provider"),
    "usersessions.UserSession": pgettext_lazy("personal data", "signed-in browsers"),
    "wagtailadmin.EditingSession": pgettext_lazy("personal data", "pages open for editing"),
    "wagtailadmin.FormState": pgettext_lazy("personal data", "editors' forms not yet saved"),
    "wagtailcore.APIToken": pgettext_lazy("personal data", "access keys of programs"),
    "wagtailcore.ModelLogEntry": pgettext_lazy("personal data", "log of records in the editors' screens"),
    "wagtailcore.PageSubscription": pgettext_lazy("personal data", "pages whose comments are followed"),
    "wagtailcore.UploadedFile": pgettext_lazy("personal data", "files on their way into the library"),
    "wagtailusers.UserProfile": pgettext_lazy("personal data", "own settings of the editors' screens"),
}
# By the name of the column, in whatever library it stands.
_COLUMNS: dict[str, Text] = {
    "action": pgettext_lazy("personal data: column", "act"),
    "args_kwargs": pgettext_lazy("personal data: column", "what it was given"),
    "avatar": pgettext_lazy("personal data: column", "picture"),
    "comment": pgettext_lazy("personal data: column", "comment"),
    "comment_notifications": pgettext_lazy("personal data: column", "letters about comments"),
    "content_changed": pgettext_lazy("personal data: column", "content changed"),
    "content_type": pgettext_lazy("personal data: column", "kind of thing"),
    "created": pgettext_lazy("personal data: column", "made on"),
    "created_at": pgettext_lazy("personal data: column", "made on"),
    "data": pgettext_lazy("personal data: column", "content"),
    "deleted": pgettext_lazy("personal data: column", "deleted"),
    "extra_data": pgettext_lazy("personal data: column", "what the provider says"),
    "file": pgettext_lazy("personal data: column", "file"),
    "for_content_type": pgettext_lazy("personal data: column", "kind of thing"),
    "ip": pgettext_lazy("personal data: column", "IP address"),
    "is_editing": pgettext_lazy("personal data: column", "being edited"),
    "label": pgettext_lazy("personal data: column", "name"),
    "last_login": pgettext_lazy("personal data: column", "last sign-in"),
    "last_seen_at": pgettext_lazy("personal data: column", "last seen"),
    "last_updated_at": pgettext_lazy("personal data: column", "last changed"),
    "last_used_at": pgettext_lazy("personal data: column", "last used"),
    "name": pgettext_lazy("personal data: column", "name"),
    "object_id": pgettext_lazy("personal data: column", "id of the thing"),
    "page": pgettext_lazy("personal data: column", "page"),
    "parent_object_id": pgettext_lazy("personal data: column", "id of the thing above it"),
    "prefix": pgettext_lazy("personal data: column", "beginning of the key"),
    "return_value": pgettext_lazy("personal data: column", "what it gave back"),
    "revision": pgettext_lazy("personal data: column", "version"),
    "revoked_at": pgettext_lazy("personal data: column", "revoked on"),
    "session_data": pgettext_lazy("personal data: column", "content"),
    "session_key": pgettext_lazy("personal data: column", "key"),
    "text": pgettext_lazy("personal data: column", "text"),
    "timestamp": pgettext_lazy("personal data: column", "when"),
    "title": pgettext_lazy("personal data: column", "title"),
    "traceback": pgettext_lazy("personal data: column", "report of the fault"),
    "type": pgettext_lazy("personal data: column", "kind"),
    "uid": pgettext_lazy("personal data: column", "id there"),
    "user": _("account"),
    "user_agent": pgettext_lazy("personal data: column", "browser"),
}


def name_columns(columns: Mapping[str, list[str]]) -> None:
    """Name kinds, and those of ``columns`` (names by the label of their model) for which there are words."""
    pairs = ((label, name) for label, names in columns.items() for name in names if name in _COLUMNS)
    name_things(_KINDS | {f"{label}.{name}": _COLUMNS[name] for label, name in pairs})
