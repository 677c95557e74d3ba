"""What the rules refuse, shown where the person wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.core.exceptions import ValidationError
    from django.forms import BaseForm


def show_refusal(form: BaseForm, error: ValidationError) -> None:
    """Put what a domain function refused at its fields; what concerns no field of the form goes above it."""
    found = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for name, problems in found.items():
        for problem in problems:
            form.add_error(name if name in form.fields else None, problem)
