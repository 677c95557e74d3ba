"""Whom the programme deals with: towns' offices, associations, police, and their bank accounts."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from region.enums import Country, OrganisationKind
from region.models.towns import Town
from region.validators import validate_iban, validate_register_number


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Reads by day."""

    def members(self, day: object) -> Self:
        """Organisations that belong to the programme on ``day``."""
        return self.filter(Q(member_until__isnull=True) | Q(member_until__gte=day), member_since__lte=day)


class Organisation(models.Model):
    """A legal person that applies, reports or works in the programme."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    name = models.CharField(_("name"), max_length=200)
    country = models.CharField(_("country"), max_length=2, choices=Country)
    # IČO in Czechia (8 digits), REGON in Poland (9 or 14); without spaces.
    register_number = models.CharField(_("register number (IČO or REGON)"), max_length=14)
    street = models.CharField(_("street and number"), max_length=160, blank=True)
    postcode = models.CharField(_("postcode"), max_length=10, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    data_box = models.CharField(_("data box or e-Delivery address"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail of the office"), blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    inhabitants = models.PositiveIntegerField(_("inhabitants"), null=True, blank=True)
    inhabitants_year = models.PositiveSmallIntegerField(_("year of the count"), null=True, blank=True)
    town = models.ForeignKey(
        Town,
        verbose_name=_("town"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("The town on the public site that this organisation stands for."),
    )
    member_since = models.DateField(_("member of the programme since"), null=True, blank=True)
    member_until = models.DateField(_("member of the programme until"), null=True, blank=True)
    is_example = models.BooleanField(
        _("example"), default=False, help_text=_("Invented for a demonstration; pages say so.")
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(fields=["country", "register_number"], name="organisation_register_number_unique"),
            models.CheckConstraint(
                condition=Q(member_until__isnull=True)
                | Q(member_since__isnull=False, member_until__gte=F("member_since")),
                name="organisation_membership_in_order",
            ),
            models.CheckConstraint(
                condition=Q(inhabitants__isnull=True) | Q(inhabitants_year__isnull=False),
                name="organisation_inhabitants_have_year",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Check what the database would refuse without words, and the register number by the rules of its country."""
        super().clean()
        if self.member_until and not self.member_since:
            raise ValidationError({"member_since": _("Say since when, or leave the end empty.")})
        if self.member_until and self.member_since and self.member_until < self.member_since:
            raise ValidationError({"member_until": _("The membership must end after it begins.")})
        if self.inhabitants is not None and self.inhabitants_year is None:
            raise ValidationError({"inhabitants_year": _("Say which year the count is from.")})
        self.register_number = validate_register_number(self.register_number, self.country)


class BankAccount(models.Model):
    """An account that money may be sent to once somebody has verified it. Never changed: a new one is added."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, related_name="accounts"
    )
    iban = models.CharField("IBAN", max_length=34, validators=[validate_iban])
    label = models.CharField(_("what it is for"), max_length=80, blank=True)
    added_at = models.DateTimeField(_("added"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("added by"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    verified_at = models.DateTimeField(_("verified"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    closed_at = models.DateTimeField(_("no longer used since"), null=True, blank=True)

    class Meta:
        verbose_name = _("bank account")
        verbose_name_plural = _("bank accounts")
        ordering = ("added_at",)
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "iban"], condition=Q(closed_at__isnull=True), name="bank_account_open_once"
            ),
            models.CheckConstraint(
                condition=Q(verified_at__isnull=True, verified_by__isnull=True)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
                name="bank_account_verified_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("added_by")),
                name="bank_account_verified_by_another",
            ),
        ]

    def __str__(self) -> str:
        return " ".join(self.iban[start : start + 4] for start in range(0, len(self.iban), 4))
