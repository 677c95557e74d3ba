"""Stable codes of the region area, with their words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Country(TextChoices):
    """Where the region lies: decides holidays, currency, emergency numbers, the law that pages cite."""

    CZ = "CZ", _("Czechia")
    PL = "PL", _("Poland")


class RegionKind(TextChoices):
    """What runs the programme: a county with municipalities, or a city with districts."""

    COUNTY = "county", pgettext_lazy("kind of region", "county with municipalities")
    CITY = "city", pgettext_lazy("kind of region", "city with districts")


class Currency(TextChoices):
    """Money the region counts in (ISO 4217)."""

    CZK = "CZK", _("Czech crown")
    PLN = "PLN", _("Polish zloty")
    EUR = "EUR", _("euro")


class TownKind(TextChoices):
    """What a member unit is in public law."""

    CITY = "city", pgettext_lazy("kind of town", "statutory city")
    TOWN = "town", pgettext_lazy("kind of town", "town")
    TOWNSHIP = "township", pgettext_lazy("kind of town", "market town")
    MUNICIPALITY = "municipality", pgettext_lazy("kind of town", "municipality")
    CITY_DISTRICT = "city_district", pgettext_lazy("kind of town", "city district")


class TownStatus(TextChoices):
    """Where a town stands in the programme."""

    PREPARATION = "preparation", pgettext_lazy("town in the programme", "in preparation")
    MEMBER = "member", pgettext_lazy("town in the programme", "member")
    FORMER = "former", pgettext_lazy("town in the programme", "former member")


class DatePrecision(TextChoices):
    """How exactly a date is known; the stored date is the first day of its span."""

    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


class OfficerRole(TextChoices):
    """In which function somebody answers for a district or a town."""

    STATE_POLICE = "state_police", pgettext_lazy("function", "state police officer")
    MUNICIPAL_POLICE = "municipal_police", pgettext_lazy("function", "municipal police officer")
    TOWN_HALL = "town_hall", pgettext_lazy("function", "town hall contact")
    FIRE_SERVICE = "fire_service", pgettext_lazy("function", "fire service contact")
    PSYCHOLOGIST = "psychologist", pgettext_lazy("function", "psychologist or social worker")
    WORKING_GROUP = "working_group", pgettext_lazy("function", "member of a working group")


class MailStatus(TextChoices):
    """What became of a message in the outbox."""

    WAITING = "waiting", pgettext_lazy("message", "waiting")
    SENDING = "sending", pgettext_lazy("message", "being sent")
    HELD = "held", pgettext_lazy("message", "held back")
    SENT = "sent", pgettext_lazy("message", "sent")
    UNCERTAIN = "uncertain", pgettext_lazy("message", "perhaps sent")
    BOUNCED = "bounced", pgettext_lazy("message", "came back")
    FAILED = "failed", pgettext_lazy("message", "failed")


class OrganisationKind(TextChoices):
    """What an organisation is in public law."""

    MUNICIPALITY = "municipality", pgettext_lazy("kind of organisation", "municipality")
    CITY_DISTRICT = "city_district", pgettext_lazy("kind of organisation", "city district")
    NGO = "ngo", pgettext_lazy("kind of organisation", "non-profit organisation")
    POLICE = "police", pgettext_lazy("kind of organisation", "police")
    REGIONAL_OFFICE = "regional_office", pgettext_lazy("kind of organisation", "regional office")
    OTHER = "other", pgettext_lazy("kind of organisation", "other")


class Language(TextChoices):
    """Languages of the screens and of letters; their names in themselves."""

    CS = "cs", "Čeština"
    PL = "pl", "Polski"
    EN = "en", "English"


class ScanState(TextChoices):
    """What the virus scanner said of a file."""

    CLEAN = "clean", pgettext_lazy("file", "scanned, clean")
    UNSCANNED = "unscanned", pgettext_lazy("file", "not scanned")
    INFECTED = "infected", pgettext_lazy("file", "infected")


class BatchStatus(TextChoices):
    """Where an import on screen stands."""

    UPLOADED = "uploaded", pgettext_lazy("import", "uploaded")
    CHECKING = "checking", pgettext_lazy("import", "being checked")
    CHECKED = "checked", pgettext_lazy("import", "checked")
    APPLYING = "applying", pgettext_lazy("import", "being written")
    APPLIED = "applied", pgettext_lazy("import", "written")
    UNDOING = "undoing", pgettext_lazy("import", "being undone")
    UNDONE = "undone", pgettext_lazy("import", "undone")
    FAILED = "failed", pgettext_lazy("import", "failed")
    DROPPED = "dropped", pgettext_lazy("import", "dropped")
