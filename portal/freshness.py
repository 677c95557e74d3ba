"""What makes stored pages void: any saved or deleted record, except kinds that no public page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

from region.domain.content import pages_changed

if TYPE_CHECKING:
    from django.db.models import Model

# Everything not named here voids the pages: a forgotten new model costs time, never a stale page. Named are, besides,
# tables written by the hundred thousand whose writer announces the change itself: a listener would also make Django
# read every row before it deletes it.
QUIET_APPS = frozenset(
    {
        "admin",
        "auth",
        "contenttypes",
        "django_tasks_database",
        "migrations",
        "sessions",
        "wagtail_localize",  # translations show when the translated page is published, which saves the page
        "wagtailadmin",
        "wagtailembeds",
        "wagtailsearch",
        "wagtailusers",
    }
)
QUIET_MODELS = frozenset(
    {
        "portal.SearchEntry",
        "portal.SearchWord",
        "region.Address",
        "region.AddressWord",
        "region.AuditEvent",
        "region.NumberSeries",
        "region.PrivateDocument",
        "region.SentForm",
        "region.DoneEffect",
        "region.Heartbeat",
        "region.MailHold",
        "region.Notice",
        "region.OutboxMessage",
        "region.TaskNote",
        "region.Street",
        "region.StreetWord",
        "region.WordVariant",
        "wagtailcore.APIToken",
        "wagtailcore.Comment",
        "wagtailcore.CommentReply",
        "wagtailcore.GroupApprovalTask",
        "wagtailcore.GroupCollectionPermission",
        "wagtailcore.GroupPagePermission",
        "wagtailcore.GroupSitePermission",
        "wagtailcore.ModelLogEntry",
        "wagtailcore.PageLogEntry",
        "wagtailcore.PageSubscription",
        "wagtailcore.ReferenceIndex",
        "wagtailcore.Revision",
        "wagtailcore.Task",
        "wagtailcore.TaskState",
        "wagtailcore.UploadedFile",
        "wagtailcore.Workflow",
        "wagtailcore.WorkflowContentType",
        "wagtailcore.WorkflowPage",
        "wagtailcore.WorkflowState",
        "wagtailcore.WorkflowTask",
        "wagtailimages.Rendition",  # made while a page is rendered
    }
)
# Saving a draft touches only these of the page's own columns; signing in only the last.
QUIET_FIELDS = frozenset(
    {
        "draft_title",
        "has_unpublished_changes",
        "latest_revision",
        "latest_revision_created_at",
        "locked",
        "locked_at",
        "locked_by",
        "last_login",
    }
)


def is_shown(model: type[Model]) -> bool:
    """Whether a public page may show something of this kind."""
    return model._meta.app_label not in QUIET_APPS and model._meta.label not in QUIET_MODELS


def on_save(update_fields: frozenset[str] | None = None, **_more: Any) -> None:
    """A record was saved."""
    if not (update_fields and QUIET_FIELDS.issuperset(update_fields)):
        pages_changed()


def on_links_changed(action: str, **_more: Any) -> None:
    """Records were linked many-to-many, or their links removed."""
    if action.startswith("post_"):
        pages_changed()


def on_change(**_more: Any) -> None:
    """A record was deleted, or a page got another place in the tree, which treebeard writes without saving it."""
    pages_changed()


def connect() -> None:
    """Listen to the kinds that pages show; called once when all models are known."""
    post_page_move.connect(on_change, dispatch_uid="stored-pages")
    for model in apps.get_models():
        if is_shown(model):
            post_save.connect(on_save, sender=model, dispatch_uid="stored-pages")
            post_delete.connect(on_change, sender=model, dispatch_uid="stored-pages")
            for field in model._meta.local_many_to_many:
                m2m_changed.connect(on_links_changed, sender=field.remote_field.through, dispatch_uid="stored-pages")
