"""A field for a file: refuses in plain words what could not be kept."""

from __future__ import annotations

from typing import IO, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from region.messages import Problem
from region.uploads import LONGEST_NAME, MEGABYTE, Limits, check_file, clean_name
from region.wording import problem_words


class PrivateFileField(forms.FileField):
    """One file for ``keep_document``: size, kind and content are checked, and said at the field."""

    widget = forms.FileInput
    default_error_messages = {
        "required": _("Choose a file."),
        "missing": _("No file came. Choose it once more."),
        "empty": _("The file is empty. Choose another one."),
        "invalid": _("No file came. Choose it once more."),
    }

    def __init__(self, *, limits: Limits | None = None, **kwargs: Any) -> None:
        self.limits = limits or Limits()
        most = self.limits.most_bytes // MEGABYTE
        # Put together when it is shown: the form may be defined before anybody's language is known.
        words = format_lazy(_("{kinds}; at most {most} MB."), kinds=self.limits.words, most=most)
        super().__init__(**{"help_text": words, **kwargs})

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have the browser offer only kinds that are taken."""
        return {**super().widget_attrs(widget), "accept": self.limits.accept}

    def to_python(self, data: Any) -> Any:
        """The upload under a clean name, once its bytes are what they claim to be."""
        if data is not None:
            data.name = clean_name(data.name or "")[-LONGEST_NAME:]
        upload = super().to_python(data)
        if upload is None:
            return None
        try:
            check_file(cast("IO[bytes]", upload.file), name=upload.name or "", size=upload.size, limits=self.limits)
        except Problem as problem:
            raise ValidationError(problem_words(problem), code="refused") from problem
        return upload
