"""Columns of the libraries' models, classified (see ``region.personal_data``).

Models that the libraries only use to pass on permissions (without a table) and those of the search index of PostgreSQL
or SQLite, whichever is not in use, are left out where they do not exist.
"""

from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from portal.personal_words import name_columns
from region.models import Officer, User
from region.personal_data import (
    BLANK,
    FOLLOWS,
    NOBODY,
    ROW,
    SECRET,
    SECRET_ROW,
    Retention,
    account,
    address,
    declare,
    declared,
    either,
    keep,
)

if TYPE_CHECKING:
    from datetime import datetime

    from region.personal_data import Person

DAYS_OF_SESSION = 30
_PUBLISHED = _("Text that the region published or worked on; editors answer for whom it names.")
_PICTURE = _("Deleted together with the person's record unless another page shows it.")


def _sessions_of(person: Person) -> Q:
    """Sessions in which the person is signed in; their content is sealed, so each is opened."""
    if not person.user_id:
        return NOBODY
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    rows = Session.objects.values_list("session_key", "session_data").iterator()
    mine = [key for key, data in rows if store.decode(data).get("_auth_user_id") == str(person.user_id)]
    return Q(pk__in=mine)


def _tasks_of(person: Person) -> Q:
    """Finished tasks that name the person in what they were given, gave back or failed with."""
    named = [str(person.user_id or person.officer_id), *person.addresses, *person.words]
    found = NOBODY
    for word in {*named, *(json.dumps(name)[1:-1] for name in named)}:
        for column in ("asked", "answered", "traceback"):
            found |= Q(**{f"{column}__icontains": word})
    texts = DBTaskResult.objects.annotate(
        asked=Cast("args_kwargs", TextField()), answered=Cast("return_value", TextField())
    )
    return Q(pk__in=texts.filter(found, status__in=["SUCCESSFUL", "FAILED"]).values("pk"))


def _entries_about(person: Person) -> Q:
    """Entries of Wagtail's log whose subject is the person's account or record."""
    found = NOBODY
    for model, key in ((User, person.user_id), (Officer, person.officer_id)):
        if key:
            kind = ContentType.objects.get_for_model(model)
            found |= Q(content_type=kind, object_id__in=[str(key), key.hex])
    return found


def _old_sessions(now: datetime) -> Q:
    return Q(expire_date__lt=now)


def _unseen_sessions(now: datetime) -> Q:
    return Q(last_seen_at__lt=now - timedelta(days=DAYS_OF_SESSION))


def _signing_in() -> None:
    declare(
        "account.EmailAddress",
        "id verified primary",
        fields={"user": ROW, "email": ROW},
        find=either(account("user"), address("email")),
        has_personal_label=True,
    )
    declare("account.EmailConfirmation", "id created sent", fields={"email_address": FOLLOWS, "key": SECRET})
    declare(
        "mfa.Authenticator",
        "id type created_at last_used_at",
        fields={"user": ROW, "data": SECRET_ROW},
        find=account("user"),
        has_personal_label=True,
    )
    declare(
        "usersessions.UserSession",
        "id created_at last_seen_at",
        fields={"user": ROW, "ip": ROW, "user_agent": ROW, "session_key": SECRET_ROW, "data": SECRET_ROW},
        find=account("user"),
        has_personal_label=True,
        retention=Retention(_("deleted 30 days after the last visit"), _unseen_sessions),
    )
    declare(
        "socialaccount.SocialAccount",
        "id provider last_login date_joined",
        fields={"user": ROW, "uid": ROW, "extra_data": ROW},
        find=account("user"),
        has_personal_label=True,
    )
    declare(
        "socialaccount.SocialToken",
        "id app expires_at",
        follows="account",
        hidden="token token_secret",
        has_personal_label=True,
    )
    declare("socialaccount.SocialApp", "id provider provider_id name settings", hidden="client_id secret key")
    declare(
        "sessions.Session",
        "expire_date",
        fields={"session_key": SECRET_ROW, "session_data": SECRET_ROW},
        find=_sessions_of,
        has_personal_label=True,
        retention=Retention(_("deleted when it has run out"), _old_sessions),
    )
    declare("auth.Group", "id name permissions")
    declare("auth.Permission", "id name content_type codename")
    declare("contenttypes.ContentType", "id app_label model")


def _tasks() -> None:
    declare(
        "django_tasks_database.DBTaskResult",
        "id status enqueued_at started_at finished_at priority task_path worker_ids queue_name backend_name run_after "
        "exception_class_path",
        fields=dict.fromkeys(("args_kwargs", "return_value", "traceback"), ROW),
        mentions=_tasks_of,
        retention=Retention(_("deleted 3 days after the task ended well, 30 days after it failed")),
    )


def _people_of_wagtail() -> None:
    declare(
        "wagtailusers.UserProfile",
        "id submitted_notifications approved_notifications rejected_notifications updated_comments_notifications "
        "preferred_language current_time_zone dismissibles theme contrast density keyboard_shortcuts",
        fields={"user": ROW, "avatar": ROW},
        find=account("user"),
        has_personal_label=True,
    )
    declare(
        "wagtailcore.APIToken",
        "id name prefix created revoked_at last_used_at",
        fields={"user": ROW, "key_hash": SECRET_ROW},
        find=account("user"),
    )
    declare("wagtailcore.PageSubscription", "id page comment_notifications", fields={"user": ROW}, find=account("user"))
    declare(
        "wagtailadmin.EditingSession",
        "id content_type object_id last_seen_at is_editing",
        fields={"user": ROW},
        find=account("user"),
    )
    declare(
        "wagtailadmin.FormState",
        "id content_type object_id parent_object_id last_updated_at",
        fields={"user": ROW, "data": ROW},
        find=account("user"),
    )
    declare(
        "wagtailcore.UploadedFile",
        "id for_content_type",
        fields={"uploaded_by_user": ROW, "file": ROW},
        find=account("uploaded_by_user"),
    )
    declare(
        "wagtailcore.ModelLogEntry",
        "id content_type action timestamp uuid revision content_changed deleted object_id",
        follows="user",
        fields={"label": BLANK, "data": BLANK},
        mentions=_entries_about,
        has_personal_label=True,
    )


def _content_of_wagtail() -> None:
    published = keep(_PUBLISHED)
    declare(
        "wagtailcore.PageLogEntry",
        "id content_type label action data timestamp uuid revision content_changed deleted page",
        follows="user",
    )
    declare(
        "wagtailcore.Revision",
        "id content_type base_content_type object_id created_at object_str approved_go_live_at",
        follows="user",
        fields={"content": published},
    )
    declare(
        "wagtailcore.Comment",
        "id page contentpath position created_at updated_at revision_created resolved_at",
        follows="user resolved_by",
        fields={"text": published},
    )
    declare(
        "wagtailcore.CommentReply",
        "id comment created_at updated_at",
        follows="user",
        fields={"text": published},
    )
    declare(
        "wagtailcore.Page",
        "id path depth numchild translation_key locale latest_revision live has_unpublished_changes "
        "first_published_at last_published_at live_revision go_live_at expire_at expired locked locked_at title "
        "draft_title slug content_type url_path latest_revision_created_at alias_of show_in_menus seo_title "
        "search_description",
        follows="locked_by owner",
    )
    declare(
        "wagtailcore.TaskState",
        "id workflow_state revision task status started_at finished_at content_type",
        follows="finished_by",
        fields={"comment": published},
    )
    declare(
        "wagtailcore.WorkflowState",
        "id content_type base_content_type object_id workflow status created_at current_task_state",
        follows="requested_by",
    )
    for label, ground in (("wagtailimages.Image", _PICTURE), ("wagtaildocs.Document", _PUBLISHED)):
        picture = "description width height focal_point_x focal_point_y focal_point_width focal_point_height"
        columns = picture if label == "wagtailimages.Image" else ""
        declare(
            label,
            f"id collection created_at file_size file_hash tags {columns}",
            follows="uploaded_by_user",
            fields=dict.fromkeys(("title", "file"), keep(ground)),
        )


# Nothing of people: structure, settings, copies that are made anew.
_HARMLESS = {
    "taggit.Tag": "id name slug",
    "taggit.TaggedItem": "id tag content_type object_id",
    "wagtailadmin.Admin": "id",
    "wagtailcore.Collection": "id path depth numchild name",
    "wagtailcore.GroupApprovalTask": "task_ptr groups",
    "wagtailcore.GroupCollectionPermission": "id group collection permission",
    "wagtailcore.GroupPagePermission": "id group page permission",
    "wagtailcore.GroupSitePermission": "id group site permission",
    "wagtailcore.Locale": "id language_code",
    "wagtailcore.ReferenceIndex": "id content_type base_content_type object_id to_content_type to_object_id "
    "model_path content_path content_path_hash",
    "wagtailcore.Site": "id hostname port site_name root_page is_default_site",
    "wagtailcore.Task": "id name content_type active",
    "wagtailcore.Workflow": "id name active",
    "wagtailcore.WorkflowContentType": "content_type workflow",
    "wagtailcore.WorkflowPage": "page workflow",
    "wagtailcore.WorkflowTask": "id sort_order workflow task",
    "wagtailembeds.Embed": "id url max_width hash type html title author_name provider_name thumbnail_url width height "
    "last_updated cache_until",
    "wagtailimages.Rendition": "id filter_spec file width height focal_point_key image",
    "wagtailredirects.Redirect": "id old_path site is_permanent redirect_page redirect_page_route_path redirect_link "
    "automatically_created created_at",
    "wagtail_localize.LocaleSynchronization": "id locale sync_from",
    "wagtail_localize.OverridableSegment": "id source context order data_json",
    "wagtail_localize.RelatedObjectSegment": "id source context order object",
    "wagtail_localize.String": "id locale data_hash data",
    "wagtail_localize.StringSegment": "id source context order string attrs",
    "wagtail_localize.Template": "id uuid template template_format string_count",
    "wagtail_localize.TemplateSegment": "id source context order template",
    "wagtail_localize.TranslatableObject": "translation_key content_type",
    "wagtail_localize.Translation": "id uuid source target_locale created_at translations_last_updated_at "
    "destination_last_updated_at enabled",
    "wagtail_localize.TranslationContext": "id object path_id path field_path",
    "wagtail_localize.TranslationLog": "id source locale created_at revision",
    "wagtail_localize.TranslationSource": "id object specific_content_type locale object_repr content_json "
    "schema_version created_at last_updated_at",
}


def classify() -> None:
    """Put the libraries' models into the register."""
    ours = set(declared())
    _signing_in()
    _tasks()
    _people_of_wagtail()
    _content_of_wagtail()
    for label, columns in _HARMLESS.items():
        declare(label, columns)
    for kind in ("CollectionViewRestriction", "PageViewRestriction"):
        thing = kind.removesuffix("ViewRestriction").lower()
        declare(f"wagtailcore.{kind}", f"id restriction_type {thing} groups", hidden="password")
    declare(
        "wagtail_localize.StringTranslation",
        "id translation_of locale context data translation_type tool_name created_at updated_at has_error field_error",
        follows="last_translated_by",
    )
    declare(
        "wagtail_localize.SegmentOverride",
        "id locale context created_at updated_at data_json has_error field_error",
        follows="last_translated_by",
    )
    name_columns({label: list(data.fields) for label, data in declared().items() if label not in ours})
