"""The area's registers in the editors' screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.snippets.models import register_snippet

from region.rules import require
from reports.domain.figures import MANAGE
from reports.domain.figures_metrics import check_unused
from reports.models import Metric
from reports.views.cameras_admin import CameraViewSetGroup
from reports.views.events_admin import EventViewSetGroup
from reports.views.figures_admin import FiguresViewSetGroup, FigureViewSet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse

register_snippet(FiguresViewSetGroup)
register_snippet(CameraViewSetGroup)
register_snippet(EventViewSetGroup)


@hooks.register("before_bulk_action", order=-1)
def keep_figures(request: HttpRequest, action: str, objects: Sequence[Model], view: Any) -> HttpResponse | None:
    """Let many figures at once be deleted by those alone who may delete one, and none that stands on a page.

    It comes before the hook that tells the audit trail of what is about to be deleted.
    """
    viewset = getattr(view.model, "snippet_viewset", None)
    if not isinstance(viewset, FigureViewSet):
        return None
    require(request.user, MANAGE)
    try:
        for one in objects:
            if action == "delete" and isinstance(one, Metric):
                check_unused(metric=one)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(reverse(viewset.get_url_name("list")))
    return None
