"""What the site search knows: one entry for each thing and language, and the words it is found by."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

HEAD = 3


class SearchKind(models.TextChoices):
    """What a found thing is."""

    PAGE = "page", pgettext_lazy("kind of search result", "page")
    TOWN = "town", pgettext_lazy("kind of search result", "town or district")
    PERSON = "person", pgettext_lazy("kind of search result", "person")
    DOCUMENT = "document", pgettext_lazy("kind of search result", "document")


class SearchEntry(models.Model):
    """A thing that can be found, as one language tells of it. Made from the thing itself; may be rebuilt at any time.

    Personal data: what public pages print of people in office (name, function, place).
    """

    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=10, choices=SearchKind)
    reference = models.CharField(max_length=60)
    title = models.CharField(max_length=255)
    note = models.CharField(max_length=255)
    text = models.TextField()
    date = models.DateField(null=True)
    page = models.ForeignKey("wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=400)
    is_example = models.BooleanField()
    digest = models.CharField(max_length=40)

    objects: ClassVar[models.Manager[SearchEntry]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "reference"], name="search_entry_once")]
        indexes = [models.Index(fields=["reference"])]

    def __str__(self) -> str:
        return f"{self.language} {self.title}"


class SearchWord(models.Model):
    """A folded word or stem of an entry and how much it says of it; ``form`` is the word as a title writes it."""

    entry = models.ForeignKey(SearchEntry, on_delete=models.CASCADE, related_name="words")
    language = models.CharField(max_length=2)
    head = models.CharField(max_length=HEAD)
    word = models.CharField(max_length=60)
    weight = models.PositiveSmallIntegerField()
    form = models.CharField(max_length=60)

    objects: ClassVar[models.Manager[SearchWord]] = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "word"], name="search_word_once")]
        indexes = [models.Index(fields=["language", "head", "word"])]

    def __str__(self) -> str:
        return self.word
