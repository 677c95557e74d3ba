"""What is counted (metrics) and which documents say it (sources)."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, ClassVar, Self

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from region.models.profile import in_language
from region.numerals import unit_after, unit_of_many
from reports.enums.figures import CountingUnit, Topic

if TYPE_CHECKING:
    from decimal import Decimal


class MetricQuerySet(models.QuerySet["Metric"]):
    """Reads by who looks."""

    def published(self) -> Self:
        """Metrics that anybody may see."""
        return self.filter(is_published=True)


class Metric(ClusterableModel):
    """One thing that is counted in one way. Another definition, or another counting unit, is another metric."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Part of the permanent address of the figure.")
    )
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    name_cs = models.CharField(_("name (Czech)"), max_length=160, blank=True)
    name_pl = models.CharField(_("name (Polish)"), max_length=160, blank=True)
    name_en = models.CharField(_("name (English)"), max_length=160, blank=True)
    definition_cs = models.TextField(_("what it counts (Czech)"), blank=True)
    definition_pl = models.TextField(_("what it counts (Polish)"), blank=True)
    definition_en = models.TextField(_("what it counts (English)"), blank=True)
    unit_cs = models.CharField(_("unit (Czech)"), max_length=80, blank=True)
    unit_pl = models.CharField(_("unit (Polish)"), max_length=80, blank=True)
    unit_en = models.CharField(_("unit (English)"), max_length=80, blank=True)
    counting_unit = models.CharField(_("counting unit"), max_length=12, choices=CountingUnit)
    who_counts_cs = models.CharField(_("who counts (Czech)"), max_length=250, blank=True)
    who_counts_pl = models.CharField(_("who counts (Polish)"), max_length=250, blank=True)
    who_counts_en = models.CharField(_("who counts (English)"), max_length=250, blank=True)
    method_cs = models.TextField(_("method (Czech)"), blank=True)
    method_pl = models.TextField(_("method (Polish)"), blank=True)
    method_en = models.TextField(_("method (English)"), blank=True)
    limits_cs = models.TextField(_("limits (Czech)"), blank=True)
    limits_pl = models.TextField(_("limits (Polish)"), blank=True)
    limits_en = models.TextField(_("limits (English)"), blank=True)
    decimals = models.PositiveSmallIntegerField(_("decimal places"), default=0, validators=[MaxValueValidator(6)])
    is_state = models.BooleanField(
        _("state at a moment"),
        default=False,
        help_text=_("How many there are, as opposed to how many happened in a period."),
    )
    next_update = models.DateField(_("next update expected"), null=True, blank=True)
    is_published = models.BooleanField(_("published"), default=False)
    # Both or none: a metric that we calculate, within each source, from two others.
    numerator = models.ForeignKey(
        "self", verbose_name=_("calculated from"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    denominator = models.ForeignKey(
        "self", verbose_name=_("divided by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    similar = models.ManyToManyField("self", verbose_name=_("similar figures"), blank=True)
    order = models.PositiveSmallIntegerField(_("place in its topic"), default=100)

    objects = MetricQuerySet.as_manager()

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    class Meta:
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        ordering = ("topic", "order", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False) & ~Q(numerator=F("denominator")),
                name="metric_calculated_from_two",
                violation_error_message=_("Choose both figures that it is calculated from, or none."),
            ),
            models.CheckConstraint(
                condition=~Q(name_cs="", name_pl="", name_en=""),
                name="metric_has_name",
                violation_error_message=_("Write a name in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key

    @property
    def name(self) -> str:
        """Name in the reader's language."""
        return in_language(self, "name")

    @property
    def unit(self) -> str:
        """Unit in the reader's language, as it stands without a number."""
        return unit_of_many(in_language(self, "unit"))

    def unit_after(self, value: Decimal) -> str:
        """Unit in the reader's language, in the form that follows a number."""
        return unit_after(in_language(self, "unit"), value)

    @property
    def is_calculated(self) -> bool:
        """Whether its values are ours, calculated from two other metrics."""
        return self.numerator_id is not None


class MetricBreak(Orderable):
    """From this year on the same thing is counted in another way: trends and growth end there."""

    metric = ParentalKey(Metric, on_delete=models.CASCADE, related_name="breaks")
    year = models.PositiveSmallIntegerField(_("first year of the new way"))
    words_cs = models.CharField(_("what changed (Czech)"), max_length=250, blank=True)
    words_pl = models.CharField(_("what changed (Polish)"), max_length=250, blank=True)
    words_en = models.CharField(_("what changed (English)"), max_length=250, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("break in the series")
        verbose_name_plural = _("breaks in the series")
        constraints = [
            models.UniqueConstraint(
                fields=["metric", "year"],
                name="metric_break_once_a_year",
                violation_error_message=_("This year has a break already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.words}"

    @property
    def words(self) -> str:
        """What changed, in the reader's language."""
        return in_language(self, "words")


class SourceDocument(models.Model):
    """A document that states values. Signers are named by their office, never by their name."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(
        _("key"), max_length=80, unique=True, help_text=_("Files of values name the document by it.")
    )
    title_cs = models.CharField(_("title (Czech)"), max_length=250, blank=True)
    title_pl = models.CharField(_("title (Polish)"), max_length=250, blank=True)
    title_en = models.CharField(_("title (English)"), max_length=250, blank=True)
    short_cs = models.CharField(_("short name (Czech)"), max_length=40, blank=True)
    short_pl = models.CharField(_("short name (Polish)"), max_length=40, blank=True)
    short_en = models.CharField(_("short name (English)"), max_length=40, blank=True)
    issuer = models.CharField(_("issuer"), max_length=200)
    signer_office = models.CharField(
        _("office of the signer"),
        max_length=200,
        blank=True,
        help_text=_("The function that signed it, never the name of a person."),
    )
    dated_earliest = models.DateField(_("dated: not before"), null=True, blank=True)
    dated_latest = models.DateField(_("dated: not after"), null=True, blank=True)
    language = models.CharField(
        _("language of the document"), max_length=2, validators=[RegexValidator(r"^[a-z]{2}$")], default="cs"
    )
    is_official = models.BooleanField(_("issued by a public body"), default=True)
    document = models.ForeignKey(
        "wagtaildocs.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    sha256 = models.CharField(
        _("digest of the file (SHA-256)"), max_length=64, blank=True, validators=[RegexValidator(r"^[0-9a-f]{64}$")]
    )

    # Which form Wagtail edits it with, said where the editors' screens are set up.
    base_form_class: ClassVar[type]

    class Meta:
        verbose_name = _("source document")
        verbose_name_plural = _("source documents")
        ordering = ("-dated_latest", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(dated_earliest__isnull=True, dated_latest__isnull=True)
                | Q(dated_earliest__isnull=False, dated_latest__isnull=False, dated_latest__gte=F("dated_earliest")),
                name="source_dates_in_order",
                violation_error_message=_("Write both days, the earlier one first; the same day twice if it is known."),
            ),
            models.CheckConstraint(
                condition=Q(document__isnull=True) | ~Q(sha256=""),
                name="source_file_has_digest",
                violation_error_message=_("A file needs its digest."),
            ),
            models.CheckConstraint(
                condition=~Q(title_cs="", title_pl="", title_en=""),
                name="source_has_title",
                violation_error_message=_("Write a title in one language at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def title(self) -> str:
        """Title in the reader's language."""
        return in_language(self, "title")

    @property
    def short(self) -> str:
        """Short name in the reader's language; the title where none is given."""
        return in_language(self, "short") or self.title
