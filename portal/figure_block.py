"""The block that places a figure with its sources on any page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from reports.asked import Asked
from reports.queries.figures import figure_chart, metric_choices

if TYPE_CHECKING:
    from collections.abc import Mapping


class FigureBlock(blocks.StructBlock):
    """A figure by its key: the chart, its table and sources, always as they stand now; translations keep it."""

    figure = blocks.ChoiceBlock(
        label=_("figure"), choices=metric_choices, help_text=_("Its number and sources follow the register.")
    )

    class Meta:
        label = _("Figure with its sources")
        icon = "order"
        template = "portal/blocks/figure.html"

    def get_context(self, value: Mapping[str, Any], parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """Add the chart; none when the figure is not published any more."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        context["chart"] = figure_chart(value["figure"], Asked())
        return context
