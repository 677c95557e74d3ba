"""Components of forms: field, error summary, filter panel, stepper."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from django import forms, template
from django.template.loader import render_to_string
from django.utils.html import format_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms import BoundField, Form
    from django.utils.safestring import SafeString

    from region.parts import Link

register = template.Library()
Shown = dict[str, object]


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, *, compact: bool = False, optional_mark: bool = True) -> Shown:
    """A field of a form: label above, hint, error beside it, and the input; choices become large rows.

    The hint and the error are tied to the input by Django's own `aria-describedby` (<id>_helptext, <id>_error).
    """
    widget = bound.field.widget
    grouped = isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple))
    return {
        "bound": bound,
        "grouped": grouped,
        "single": isinstance(widget, forms.CheckboxInput),
        "compact": compact,
        "optional": optional_mark and not bound.field.required and not compact,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: Form) -> Shown:
    """What has to be mended, at the top of the form, each line leading to its field; nothing when all is well."""
    lines = [(form[name], error) for name, errors in form.errors.items() if name in form.fields for error in errors]
    return {"lines": lines, "general": form.non_field_errors(), "count": len(lines) + len(form.non_field_errors())}


@register.simple_block_tag
def filter_panel(
    content: SafeString, *, title: str = "", action: str = "", reset_href: str = "", active: int = 0, id: str = "filter"
) -> SafeString:
    """Fields that narrow a list, sent by GET; folded on phones, with the count of filters in use."""
    return render_to_string("components/filter_panel.html", locals())


@register.inclusion_tag("components/stepper.html")
def stepper(steps: Sequence[Link], *, current: int) -> Shown:
    """Where the reader is in a task of several pages; `current` counts from 1."""
    rows = [(number, step, number < current, number == current) for number, step in enumerate(steps, start=1)]
    return {"rows": rows}


@register.simple_tag
def form_key() -> SafeString:
    """The hidden key of a form whose effect happens once (`region.views.sending.sent_once`); new at each showing."""
    return format_html('<input type="hidden" name="form_key" value="{}">', uuid4())
