"""Sentences that pure code says and Django translates later. Pure: no Django.

A sentence is kept as its English text with its values; `region.wording.in_words` puts it into a language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def gettext_noop(text: str) -> str:
    """Mark a text for the translators' catalogue and give it back as it is."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with %-style places and the values that fill them (a value may be a sentence itself)."""

    text: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, **values: object) -> Message:
    """A sentence with its values."""
    return Message(text, values)


class Problem(ValueError):
    """Something is wrong with what a person gave us; `message` says what, in words meant for that person."""

    def __init__(self, text: str, **values: object) -> None:
        self.message = Message(text, values)
        super().__init__(str(self.message))

    @classmethod
    def of(cls, message: Message) -> Problem:
        """The problem that a ready sentence tells of."""
        return cls(message.text, **message.values)
