"""Building the offline index of addresses from the streets in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import models, transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from region.address_words import deletions, street_words, words_of
from region.models import Address, AddressWord, Street, StreetWord, WordVariant

Progress = Callable[[int, int], None]
Row = TypeVar("Row", bound=models.Model)
# Rows kept in memory at a time; only the vocabulary (tens of thousands of words) is held whole.
STREETS_AT_ONCE = 2_000
ROWS_AT_ONCE = 5_000


@transaction.atomic
def rebuild(*, progress: Progress | None = None) -> int:
    """Fill the word tables anew from all streets; gives the number of streets indexed.

    ``progress`` is called with streets done and streets in all. Readers see the old index until the new one is whole.
    No ``by``: derived data, the audit belongs to the import that changed the streets.
    """
    _count_addresses()
    for table in (StreetWord, WordVariant, AddressWord):
        table.objects.all().delete()
    total = Street.objects.count()
    vocabulary: Counter[str] = Counter()
    done = 0
    for streets in _in_batches(Street.objects.order_by("pk").iterator(STREETS_AT_ONCE), STREETS_AT_ONCE):
        vocabulary.update(_index(streets))
        done += len(streets)
        if progress:
            progress(done, total)
    _write_vocabulary(vocabulary)
    return done


def _count_addresses() -> None:
    """Bring every street's number of addresses up to date, in one statement."""
    counts = (
        Address.objects.filter(street=OuterRef("pk")).order_by().values("street").annotate(n=Count("pk")).values("n")
    )
    Street.objects.update(addresses_count=Coalesce(Subquery(counts), 0))


def _index(streets: list[Street]) -> Counter[str]:
    """Store folded names and words of some streets; gives in how many of them each word stands."""
    changed: list[Street] = []
    postings: list[StreetWord] = []
    for street in streets:
        stored = street_words(street.name, street.place)
        if stored != street.folded:
            street.folded = stored
            changed.append(street)
        name, place = words_of(stored)
        postings.extend(StreetWord(word=word, street=street) for word in {*name, *place})
    Street.objects.bulk_update(changed, ["folded"], batch_size=500)
    _store(StreetWord, postings)
    return Counter(posting.word for posting in postings)


def _write_vocabulary(vocabulary: Counter[str]) -> None:
    _store(AddressWord, (AddressWord(word=word, streets_count=count) for word, count in vocabulary.items()))
    _store(
        WordVariant,
        (
            WordVariant(variant=variant, word=word, streets_count=count)
            for word, count in vocabulary.items()
            for variant in deletions(word)
        ),
    )


def _store(model: type[Row], rows: Iterable[Row]) -> None:
    for batch in _in_batches(iter(rows), ROWS_AT_ONCE):
        QuerySet[Row](model).bulk_create(batch)


def _in_batches(rows: Iterator[Row], size: int) -> Iterator[list[Row]]:
    while batch := list(islice(rows, size)):
        yield batch
