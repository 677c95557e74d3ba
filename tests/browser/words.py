"""Words as the reader sees them, from the catalogues."""

from __future__ import annotations

from django.utils import translation


def word(message: str, language: str, *, context: str = "") -> str:
    """The message in the reader's language."""
    with translation.override(language):
        return translation.pgettext(context, message) if context else translation.gettext(message)
