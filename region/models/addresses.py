"""Offline index of addresses: what the finder searches. Rebuilt from files; holds no personal data."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext_lazy as _


class Street(models.Model):
    """A street (or a village without streets) in a place; ``place`` is the town's name as the file gives it."""

    place = models.CharField(_("town"), max_length=120)
    name = models.CharField(_("street"), max_length=160, blank=True)
    folded = models.CharField(
        max_length=300,
        blank=True,
        editable=False,
        help_text="Folded words of the name, a bar, folded words of the place; filled by the index.",
    )
    addresses_count = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="street_unique_in_place")]

    def __str__(self) -> str:
        return f"{self.name}, {self.place}" if self.name else self.place


class Address(models.Model):
    """One numbered address with its point (WGS84 degrees)."""

    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="addresses")
    number = models.CharField(_("number"), max_length=20)
    lon = models.FloatField(_("longitude"))
    lat = models.FloatField(_("latitude"))

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(fields=["street", "number"], name="address_unique_in_street")]

    def __str__(self) -> str:
        return f"{self.street} {self.number}"


class AddressWord(models.Model):
    """One folded word that occurs in the names of streets or places, with the number of streets it leads to."""

    word = models.CharField(max_length=60, primary_key=True)
    streets_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.word


class StreetWord(models.Model):
    """A word of a street's name or place (posting list of the index); ``word`` repeats the text to save a join."""

    word = models.CharField(max_length=60)
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "street"], name="street_word_once")]

    def __str__(self) -> str:
        return self.word


class WordVariant(models.Model):
    """A word, or a word with one letter left out, leading to the word: makes typing errors an exact look-up.

    Source: symmetric deletion (W. Garbe, 2012); two words one edit apart share a variant.
    """

    variant = models.CharField(max_length=60)
    word = models.CharField(max_length=60)
    streets_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="word_variant_once")]

    def __str__(self) -> str:
        return f"{self.variant} → {self.word}"


@models.CharField.register_lookup
class HasPrefix(models.Lookup[str]):
    """``word__hasprefix="pal"``: words that begin so, found through the plain index of the column.

    SQLite cannot use an index for ``startswith`` (its LIKE ignores letter case), PostgreSQL can for unique columns.
    """

    lookup_name = "hasprefix"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[str | int, ...]]:
        """Prefix as a range: from the prefix to the prefix followed by the last code point."""
        column, params = self.process_lhs(compiler, connection)
        return f"{column} >= %s AND {column} < %s", (*params, self.rhs, *params, self.rhs + chr(0x10FFFF))

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list[Any]]:
        """Prefix as LIKE, which the pattern index serves whatever the collation."""
        column, params = self.process_lhs(compiler, connection)
        escaped = self.rhs.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        return f"{column} LIKE %s", [*params, f"{escaped}%"]
