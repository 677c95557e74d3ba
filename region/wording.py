"""Sentences of pure code in the language of whoever reads them."""

from __future__ import annotations

from django.utils.translation import gettext

from region.messages import Message, Problem


def in_words(message: Message) -> str:
    """The sentence in the active language; values that are sentences themselves are translated too."""
    values = {name: in_words(value) if isinstance(value, Message) else value for name, value in message.values.items()}
    text = gettext(message.text)
    return text % values if values else text


def problem_words(problem: Problem) -> str:
    """What is wrong, in the active language."""
    return in_words(problem.message)
