"""Keeping the entries of the site search as their things are.

Written at once, in the process that made the change: a worker that is not running must not make new pages unfindable.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import islice

from django.db import transaction

from portal.search.models import HEAD, SearchEntry, SearchWord
from portal.search.sources import SOURCES, Source
from portal.search.words import weights, written_forms
from region.domain.content import pages_changed

BATCH = 500
_FIELDS = ["kind", "title", "note", "text", "date", "page", "url", "is_example", "digest"]


@dataclass(frozen=True, slots=True)
class Counts:
    """What a refresh did, in entries (one for each thing and language)."""

    written: int
    unchanged: int
    removed: int


def refresh(what: str, ids: Collection[str] | None = None) -> Counts:
    """Bring the entries of ``what`` (a key of ``SOURCES``) to what the things are now: all of them, or those named.

    An entry whose source has not changed costs a comparison; one whose thing is gone, unpublished or no longer public
    is removed. Raises KeyError for an unknown ``what``.
    """
    sources = list(SOURCES[what](ids))
    with transaction.atomic():
        counts = _write(what, ids, sources)
    if counts.written or counts.removed:
        pages_changed()
    return counts


def refresh_everything() -> dict[str, Counts]:
    """The same for every kind of thing."""
    return {what: refresh(what) for what in SOURCES}


def refresh_region() -> None:
    """After a bulk write of towns, districts or people."""
    for what in ("town", "district", "person"):
        refresh(what)


def _write(what: str, ids: Collection[str] | None, sources: list[Source]) -> Counts:
    entries = SearchEntry.objects.all()
    entries = (
        entries.filter(reference__startswith=f"{what}:")
        if ids is None
        else entries.filter(reference__in=[f"{what}:{key}" for key in ids])
    )
    known = {
        (language, reference): (key, digest)
        for key, language, reference, digest in entries.values_list("pk", "language", "reference", "digest")
    }
    digests = {(source.language, source.reference): source.digest() for source in sources}
    gone = [key for place, (key, _digest) in known.items() if place not in digests]
    changed = [
        s for s in sources if known.get((s.language, s.reference), (0, ""))[1] != digests[s.language, s.reference]
    ]
    SearchEntry.objects.filter(pk__in=gone).delete()
    for batch in _batches(changed):
        _write_batch(batch)
    return Counts(len(changed), len(sources) - len(changed), len(gone))


def _batches(sources: Iterable[Source]) -> Iterable[list[Source]]:
    rest = iter(sources)
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
    words = [word for entry, source in zip(entries, sources, strict=True) for word in _words(entry, source)]
    SearchWord.objects.bulk_create(words, batch_size=1000)


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


def _words(entry: SearchEntry, source: Source) -> Iterable[SearchWord]:
    forms = written_forms(source.title)
    found = weights(title=source.title, note=source.note, text=source.text, language=source.language)
    for word, weight in found.items():
        yield SearchWord(
            entry=entry, language=source.language, head=word[:HEAD], word=word, weight=weight, form=forms.get(word, "")
        )
