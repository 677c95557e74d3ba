"""Where figures stand on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext
from wagtail.fields import StreamField
from wagtail.models import Page, Revision, get_page_models

from portal.figure_block import FigureBlock
from region.parts import Link

if TYPE_CHECKING:
    from wagtail.blocks import Block


def pages_with_figure(key: str) -> Iterable[Link]:
    """Pages that show the figure of a key, and drafts that would: with the address of their editor.

    One query for each kind of page that has such blocks, and one for drafts: asked only before a figure is hidden.
    """
    # As both databases write the block's value out; keys need no escaping.
    mark = f'"figure": "{key}"'
    found: dict[int, str] = {}
    for model, names in _bodies():
        texts = {f"{name}_text": Cast(name, TextField()) for name in names}
        shown = Q()
        for name in texts:
            shown |= Q(**{f"{name}__contains": mark})
        found |= dict(model._default_manager.annotate(**texts).filter(shown).values_list("pk", "title"))
    found |= _drafts(mark)
    return [Link(title, f"/admin/pages/{pk}/edit/") for pk, title in sorted(found.items())]


def _drafts(mark: str) -> dict[int, str]:
    """Pages whose newest draft has the figure: its text is a text inside a text, so quotes are escaped."""
    escaped = mark.replace('"', '\\"')
    inside = mark.replace('"', '\\\\"')
    content = Revision.objects.annotate(text=Cast("content", TextField()))
    rows = content.filter(Q(text__contains=escaped) | Q(text__contains=inside)).values("pk")
    words = gettext("%(title)s (draft)")
    drafts = Page.objects.filter(latest_revision__in=rows, has_unpublished_changes=True)
    return {pk: words % {"title": title} for pk, title in drafts.values_list("pk", "draft_title")}


def _bodies() -> Iterator[tuple[type[Page], list[str]]]:
    """Kinds of pages with the names of their columns that may hold the block."""
    for model in get_page_models():
        fields = (field for field in model._meta.local_fields if isinstance(field, StreamField))
        names = [field.name for field in fields if _may_hold(field.stream_block)]
        if names:
            yield model, names


def _may_hold(block: Block) -> bool:
    return any(isinstance(child, FigureBlock) for child in getattr(block, "child_blocks", {}).values())
