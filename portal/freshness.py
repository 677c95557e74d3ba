"""What makes stored pages void: any saved or deleted record, except kinds that no public page shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from wagtail.signals import post_page_move

from region.domain.content import pages_changed

if TYPE_CHECKING:
    from django.db.models import Model

# Everything not named here voids the pages: a forgotten new model costs time, never a stale page.
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
        "region.AuditEvent",
        "region.OutboxMessage",
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


def on_save(sender: type[Model], update_fields: frozenset[str] | None = None, **_more: Any) -> None:
    """A record was saved."""
    if is_shown(sender) and not (update_fields and QUIET_FIELDS.issuperset(update_fields)):
        pages_changed()


def on_delete(sender: type[Model], **_more: Any) -> None:
    """A record was deleted."""
    if is_shown(sender):
        pages_changed()


def on_links_changed(instance: Model, action: str, **_more: Any) -> None:
    """Records were linked many-to-many, or their links removed."""
    if action.startswith("post_") and is_shown(type(instance)):
        pages_changed()


def on_move(**_more: Any) -> None:
    """A page got another place in the tree, which treebeard writes without saving it."""
    pages_changed()


def connect() -> None:
    """Listen; called once when the area is ready."""
    post_save.connect(on_save, dispatch_uid="stored-pages")
    post_delete.connect(on_delete, dispatch_uid="stored-pages")
    m2m_changed.connect(on_links_changed, dispatch_uid="stored-pages")
    post_page_move.connect(on_move, dispatch_uid="stored-pages")
