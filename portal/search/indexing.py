"""Keeping the entries of the site search as their things are.

Written at once, in the process that made the change: a worker that is not running must not make new pages unfindable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import transaction

from portal.search.models import HEAD, SearchEntry, SearchWord
from portal.search.sources import SOURCES, Source
from portal.search.words import weights, written_forms
from region.bulk_rows import insert_values
from region.domain.content import pages_changed

BATCH = 500
_FIELDS = ["kind", "title", "note", "text", "date", "page", "url", "is_example", "digest"]
_WORD_COLUMNS = ("entry", "language", "head", "word", "weight", "form")


@dataclass(frozen=True, slots=True)
class Counts:
    """What a refresh did, in entries (one for each thing and language)."""

    written: int
    unchanged: int
    removed: int


def refresh(what: str, ids: Collection[str] | None = None) -> Counts:
    """Bring the entries of ``what`` (a key of ``SOURCES``) to what the things are now: all of them, or those named.

    An entry whose source has not changed costs a comparison; one whose thing is gone, unpublished or no longer public
    is removed. Some hundred things are held and written at a time, so that neither memory nor other writers' waiting
    grows with their number. Raises KeyError for an unknown ``what``.
    """
    entries = SearchEntry.objects.all()
    entries = (
        entries.filter(reference__startswith=f"{what}:")
        if ids is None
        else entries.filter(reference__in=[f"{what}:{key}" for key in ids])
    )
    left = set(entries.values_list("pk", flat=True))
    written = unchanged = 0
    for batch in _batches(SOURCES[what](ids)):
        with transaction.atomic():
            changed = _write_changed(batch, left)
        written += changed
        unchanged += len(batch) - changed
    with transaction.atomic():
        for some in _batches(left):
            SearchEntry.objects.filter(pk__in=some).delete()
    if written or left:
        pages_changed()
    return Counts(written, unchanged, len(left))


def refresh_everything() -> dict[str, Counts]:
    """The same for every kind of thing."""
    return {what: refresh(what) for what in SOURCES}


def refresh_region() -> None:
    """After a bulk write of towns, districts or people."""
    for what in ("town", "district", "person"):
        refresh(what)


def _write_changed(sources: list[Source], left: set[int]) -> int:
    """Write those that differ from their entries, and take all of them out of what is ``left``; gives their number."""
    known = _known(sources)
    changed = []
    for source in sources:
        key, digest = known.get((source.language, source.reference), (0, ""))
        left.discard(key)
        if digest != source.digest():
            changed.append(source)
    if changed:
        _write_batch(changed)
    return len(changed)


def _known(sources: list[Source]) -> dict[tuple[str, str], tuple[int, str]]:
    """Keys and digests of the entries that these things have."""
    entries = SearchEntry.objects.filter(
        language__in={source.language for source in sources}, reference__in={source.reference for source in sources}
    )
    rows = entries.values_list("pk", "language", "reference", "digest")
    return {(language, reference): (key, digest) for key, language, reference, digest in rows}


def _batches(items: Iterable[Any]) -> Iterator[list[Any]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _write_batch(sources: list[Source]) -> None:
    entries = SearchEntry.objects.bulk_create(
        [_entry(source) for source in sources],
        update_conflicts=True,
        unique_fields=["language", "reference"],
        update_fields=_FIELDS,
    )
    SearchWord.objects.filter(entry__in=entries).delete()
    rows = (row for entry, source in zip(entries, sources, strict=True) for row in _words(entry.pk, source))
    insert_values(SearchWord, _WORD_COLUMNS, rows)


def _entry(source: Source) -> SearchEntry:
    return SearchEntry(
        language=source.language,
        kind=source.kind,
        reference=source.reference,
        title=source.title[:255],
        note=source.note[:255],
        text=source.text,
        date=source.date,
        page_id=source.page,
        url=source.url,
        is_example=source.is_example,
        digest=source.digest(),
    )


def _words(entry_id: int, source: Source) -> Iterator[tuple[Any, ...]]:
    """Rows of words, in the order of ``_WORD_COLUMNS``."""
    forms = written_forms(source.title)
    found = weights(title=source.title, note=source.note, text=source.text, language=source.language)
    for word, weight in found.items():
        yield entry_id, source.language, word[:HEAD], word, weight, forms.get(word, "")
