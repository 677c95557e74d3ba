"""Spellings of what happened: made alike, cleared of what may point at somebody, refused where they are free text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
from django.db import transaction

from region.messages import Problem
from region.messages import gettext_noop as _
from reports.models import EventLabel

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from reports.models import EventRegister

# A column with more spellings than this, or in which hardly any text comes twice, says something of each event.
MOST_SPELLINGS = 2_000
_TELLING_TEXTS = 40
_MOST_SHARE = 0.5
# Texts that point at somebody: more than so many, and than this share of all, are no slips of the pen.
_MOST_HIDDEN, _MOST_HIDDEN_SHARE = 5, 0.1
LONGEST = 160
HIDDEN = "…"
# E-mail, birth number (850101/1234), telephone (+420 602 123 456, 12 345 67 89), any long number (PESEL), Czech plates
# (1U2 3456, old PMA 12-34), Polish plates (KR 12345, KRA 1A234, W0 ABC12).
_PERSONAL = re.compile(
    r"\S+@\S+"
    r"|(?<!\d)\d{6} ?/ ?\d{3,4}(?!\d)"
    r"|(?<!\w)(?:(?:\+|00)\d{1,3}[ \u00a0]?)?\d{3}[ \u00a0./-]?\d{3}[ \u00a0./-]?\d{3}(?!\d)"
    r"|(?<!\d)\d{2}[ \u00a0-]\d{3}[ \u00a0-]\d{2}[ \u00a0-]\d{2}(?!\d)"
    r"|\d{9,}"
    r"|(?<!\w)\d[a-z][0-9a-z][ \u00a0-]?\d{4}(?!\w)"
    r"|(?<!\w)[a-z]{2,3}[ \u00a0-]\d{2}[ -]?\d{2}(?!\w)"
    r"|(?<!\w)[a-z]{2,3}[ \u00a0-]?(?=[0-9a-z]*\d[0-9a-z]*\d)[0-9a-z]{4,5}(?!\w)"
    r"|(?<!\w)[a-z]\d[ \u00a0-]?(?=[a-z]+\d)[0-9a-z]{3,5}(?!\w)",
    re.IGNORECASE,
)


def spelling_of(text: str) -> str:
    """How a text is kept: small letters, single spaces, without number plates, phone numbers, e-mail addresses."""
    return _PERSONAL.sub(HIDDEN, " ".join(text.split())).casefold()


class Spellings:
    """Spellings of one register met so far, with the keys of their rows; below zero while they are not written."""

    def __init__(self, register: EventRegister, heading: str) -> None:
        self._register, self._heading = register, heading
        known = EventLabel.objects.filter(register=register).values_list("spelling", "pk")
        self._keys: dict[str, int] = dict(known)
        self._by_text: dict[str, int] = {}
        self._rows = 0
        self._met: set[str] = set()
        # Texts from which something was left out.
        self.hidden = 0
        # Real keys by the provisional ones under which they were met.
        self.renamed: dict[int, int] = {}

    def keys(self, texts: pd.Series[str]) -> tuple[np.ndarray, np.ndarray]:
        """Keys of a piece of the column (0: empty) and whether each text is too long.

        Raises `Problem` as soon as the column proves to be free text.
        """
        codes, found = texts.factorize()
        told = [self._key(str(text)) for text in found]
        self._rows += len(texts)
        self._refuse_free_text()
        keys = np.array([*told, 0], dtype=np.int64)[codes]
        long = np.array([*(len(str(text)) > LONGEST for text in found), False], dtype=bool)[codes]
        return keys, long

    def finish(self) -> None:
        """Judge the whole column. Raises `Problem` for free text."""
        self._refuse_free_text(whole=True)

    def _key(self, text: str) -> int:
        if text not in self._by_text:
            spelling = spelling_of(text) if len(text) <= LONGEST else ""
            self.hidden += HIDDEN in spelling and HIDDEN not in text
            if spelling:
                self._met.add(spelling)
                # What is new gets a number below zero until it is written.
                self._keys.setdefault(spelling, -1 - len(self._keys))
            self._by_text[text] = self._keys.get(spelling, 0)
        return self._by_text[text]

    def _refuse_free_text(self, *, whole: bool = False) -> None:
        many = len(self._met)
        is_free = many > MOST_SPELLINGS
        is_free |= whole and many > max(_TELLING_TEXTS, self._rows * _MOST_SHARE)
        if whole and self.hidden > max(_MOST_HIDDEN, len(self._by_text) * _MOST_HIDDEN_SHARE):
            raise Problem(
                _(
                    "In the column “%(column)s” number plates, phone numbers or e-mail addresses stand in %(count)s"
                    " different texts: that is free text, which tells of people. Choose a column with kinds of events,"
                    " or none."
                ),
                column=self._heading,
                count=self.hidden,
            )
        if is_free:
            raise Problem(
                _(
                    "The column “%(column)s” holds %(count)s different texts: that is free text, which may tell of"
                    " people. Choose a column with kinds of events, or none."
                ),
                column=self._heading,
                count=many,
            )

    def spelling(self, key: int) -> str:
        """The spelling with a key."""
        return next((text for text, known in self._keys.items() if known == key), "")

    def digests(self) -> dict[int, int]:
        """A number for each spelling that does not depend on its key, for fingerprints."""
        import pandas as pd

        texts = np.array(list(self._keys), dtype=object)
        if not len(texts):
            return {}
        return dict(zip(self._keys.values(), pd.util.hash_array(texts, categorize=False).tolist(), strict=True))

    def written(self, keys: Iterable[int]) -> dict[int, int]:
        """Write spellings that are new; gives the real keys of the provisional ones."""
        fresh = {key for key in keys if key < 0}
        if not fresh:
            return {}
        texts = {key: text for text, key in self._keys.items() if key in fresh}
        with transaction.atomic():
            EventLabel.objects.bulk_create(
                [EventLabel(register=self._register, spelling=text) for text in texts.values()], ignore_conflicts=True
            )
        real = dict(
            EventLabel.objects.filter(register=self._register, spelling__in=list(texts.values())).values_list(
                "spelling", "pk"
            )
        )
        self._keys.update(real)
        self._by_text = {text: real.get(texts.get(key, ""), key) for text, key in self._by_text.items()}
        return {key: real[text] for key, text in texts.items()}
