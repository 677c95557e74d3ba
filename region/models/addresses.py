"""Offline index of addresses: what the finder searches. Rebuilt from files; holds no personal data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Street(models.Model):
    """A street (or a village without streets) in a place; ``place`` is the town's name as the file gives it."""

    place = models.CharField(_("town"), max_length=120)
    name = models.CharField(_("street"), max_length=160, blank=True)
    folded = models.CharField(max_length=300, editable=False)
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


class StreetWord(models.Model):
    """A folded word of a street's name or place (posting list of the index)."""

    word = models.CharField(max_length=60)
    street = models.ForeignKey(Street, on_delete=models.CASCADE, related_name="words")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "street"], name="street_word_once")]

    def __str__(self) -> str:
        return self.word


class WordVariant(models.Model):
    """A word with one letter left out, leading back to the word: makes typing errors an exact look-up.

    Source: symmetric deletion (W. Garbe, 2012); two words one edit apart share a variant.
    """

    variant = models.CharField(max_length=60)
    word = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["variant", "word"], name="word_variant_once")]

    def __str__(self) -> str:
        return f"{self.variant} → {self.word}"
