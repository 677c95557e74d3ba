"""Stable codes of the camera register, with their words."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """An answer that somebody has to give: silence is not a no."""

    UNANSWERED = "unanswered", pgettext_lazy("answer", "not answered")
    NO = "no", pgettext_lazy("answer", "no")
    YES = "yes", pgettext_lazy("answer", "yes")


class LocationStatus(TextChoices):
    """How well the place of a point is known."""

    EXACT = "exact", pgettext_lazy("location", "exact")
    APPROXIMATE = "approximate", pgettext_lazy("location", "approximate")
    NONE = "none", pgettext_lazy("location", "no place")


class Surroundings(TextChoices):
    """What a point stands at."""

    SCHOOL_ROUTE = "school_route", pgettext_lazy("surroundings", "way to school")
    HUB = "hub", pgettext_lazy("surroundings", "transfer hub")
    PARK = "park", pgettext_lazy("surroundings", "park")
    ROAD = "road", pgettext_lazy("surroundings", "road or crossing")
    SQUARE = "square", pgettext_lazy("surroundings", "square")
    MONUMENT = "monument", pgettext_lazy("surroundings", "monument")
    HOUSING = "housing", pgettext_lazy("surroundings", "housing estate")
    SPORT = "sport", pgettext_lazy("surroundings", "sports ground or playground")
    CAMPUS = "campus", pgettext_lazy("surroundings", "campus")
    BUILDING = "building", pgettext_lazy("surroundings", "public building")
    OTHER = "other", pgettext_lazy("surroundings", "other")
    UNKNOWN = "unknown", pgettext_lazy("surroundings", "not stated")


class Stage(TextChoices):
    """How far a point is, from the first thought to its end."""

    PROPOSED = "proposed", pgettext_lazy("camera point", "proposed")
    ASSESSED = "assessed", pgettext_lazy("camera point", "assessed")
    CONSULTED = "consulted", pgettext_lazy("camera point", "consulted with the district council")
    APPROVED = "approved", pgettext_lazy("camera point", "approved")
    FUNDED = "funded", pgettext_lazy("camera point", "funded")
    ORDERED = "ordered", pgettext_lazy("camera point", "ordered")
    PLANNED = "planned", pgettext_lazy("camera point", "installation planned")
    ACTIVE = "active", pgettext_lazy("camera point", "active")
    SUSPENDED = "suspended", pgettext_lazy("camera point", "suspended")
    RELOCATED = "relocated", pgettext_lazy("camera point", "relocated")
    RETIRED = "retired", pgettext_lazy("camera point", "retired")
    REJECTED = "rejected", pgettext_lazy("camera point", "rejected")


class DeviceKind(TextChoices):
    """What a device is. One device may hold several sensors."""

    FIXED = "fixed", pgettext_lazy("camera device", "fixed camera")
    PTZ = "ptz", pgettext_lazy("camera device", "turning camera (PTZ)")
    PANORAMIC = "panoramic", pgettext_lazy("camera device", "panoramic camera")
    MULTI_SENSOR = "multi_sensor", pgettext_lazy("camera device", "multi-sensor camera")
    ANPR = "anpr", pgettext_lazy("camera device", "number plate reader (ANPR)")
    ACOUSTIC = "acoustic", pgettext_lazy("camera device", "acoustic detector")
    MOBILE = "mobile", pgettext_lazy("camera device", "mobile camera")


class Analytics(TextChoices):
    """What a computer does with the picture or the sound, faces left aside: several of these, or none."""

    NONE = "none", pgettext_lazy("analytics", "none")
    MOTION = "motion", pgettext_lazy("analytics", "motion")
    OBJECT = "object", pgettext_lazy("analytics", "kinds of objects")
    ANPR = "anpr", pgettext_lazy("analytics", "number plates")
    ACOUSTIC = "acoustic", pgettext_lazy("analytics", "sounds")


class PlacementReason(TextChoices):
    """Why a device came to a point."""

    INSTALL = "install", pgettext_lazy("placement", "installed")
    RELOCATE = "relocate", pgettext_lazy("placement", "moved from another point")
    REPLACE = "replace", pgettext_lazy("placement", "replaced another device")


class RemovalReason(TextChoices):
    """Why a device left a point."""

    RELOCATE = "relocate", pgettext_lazy("removal", "moved to another point")
    REPLACE = "replace", pgettext_lazy("removal", "replaced by another device")
    RETIRE = "retire", pgettext_lazy("removal", "taken out of use")


class Body(TextChoices):
    """Who was consulted."""

    DISTRICT_COUNCIL = "district_council", pgettext_lazy("consulted body", "district council")
    COMMISSION = "commission", pgettext_lazy("consulted body", "commission")
    POLICE = "police", pgettext_lazy("consulted body", "police")
    RESIDENTS = "residents", pgettext_lazy("consulted body", "residents")
    OTHER = "other", pgettext_lazy("consulted body", "other")


class Opinion(TextChoices):
    """What a consulted body said."""

    WAITING = "waiting", pgettext_lazy("opinion", "no answer yet")
    FOR = "for", pgettext_lazy("opinion", "for")
    CONDITIONAL = "conditional", pgettext_lazy("opinion", "for, with conditions")
    AGAINST = "against", pgettext_lazy("opinion", "against")
    NONE = "none", pgettext_lazy("opinion", "no opinion given in time")


class Regime(TextChoices):
    """Which data-protection law applies."""

    GDPR = "gdpr", _("General Data Protection Regulation (GDPR)")
    LED = "led", _("law-enforcement directive (LED)")


class DpiaOutcome(TextChoices):
    """How a data-protection impact assessment ended."""

    ACCEPTABLE = "acceptable", pgettext_lazy("assessment", "risks are acceptable")
    WITH_MEASURES = "with_measures", pgettext_lazy("assessment", "acceptable with measures")
    HIGH_RISK = "high_risk", pgettext_lazy("assessment", "high risk remains: the authority is asked")


class CostKind(TextChoices):
    """What money was spent on."""

    PURCHASE = "purchase", pgettext_lazy("camera cost", "purchase")
    INSTALLATION = "installation", pgettext_lazy("camera cost", "installation")
    PURCHASE_INSTALLATION = "purchase_installation", pgettext_lazy("camera cost", "purchase and installation")
    MAINTENANCE = "maintenance", pgettext_lazy("camera cost", "maintenance")
    CONNECTION = "connection", pgettext_lazy("camera cost", "connection")
    RELOCATION = "relocation", pgettext_lazy("camera cost", "relocation")
    OTHER = "other", pgettext_lazy("camera cost", "other")


class CostPeriod(TextChoices):
    """Whether an amount is paid once or again and again."""

    ONCE = "once", pgettext_lazy("cost", "once")
    YEAR = "year", pgettext_lazy("cost", "every year")
    MONTH = "month", pgettext_lazy("cost", "every month")


class CostPer(TextChoices):
    """What one amount is for."""

    TOTAL = "total", pgettext_lazy("cost", "for all together")
    POINT = "point", pgettext_lazy("cost", "for each point")
    DEVICE = "device", pgettext_lazy("cost", "for each device")


class Tax(TextChoices):
    """Whether value-added tax is in an amount."""

    GROSS = "gross", pgettext_lazy("amount", "with VAT")
    NET = "net", pgettext_lazy("amount", "without VAT")
    UNSTATED = "unstated", pgettext_lazy("amount", "VAT not stated")


class Joinable(TextChoices):
    """Whether cameras of somebody else can be joined to the system."""

    YES = "yes", pgettext_lazy("external cameras", "can be joined")
    POSSIBLE = "possible", pgettext_lazy("external cameras", "may be possible")
    NO = "no", pgettext_lazy("external cameras", "cannot be joined")


class ReviewDecision(TextChoices):
    """What follows from a yearly review."""

    KEEP = "keep", pgettext_lazy("yearly review", "stays")
    RELOCATE = "relocate", pgettext_lazy("yearly review", "to be relocated")
    RETIRE = "retire", pgettext_lazy("yearly review", "to be retired")


class AccessState(TextChoices):
    """How far a remote access is."""

    REQUESTED = "requested", pgettext_lazy("remote access", "requested")
    RETURNED_TECHNICALLY = "returned_technically", pgettext_lazy("remote access", "returned: technical side")
    TECHNICALLY_APPROVED = "technically_approved", pgettext_lazy("remote access", "technically approved")
    RETURNED_FINANCIALLY = "returned_financially", pgettext_lazy("remote access", "returned: financial side")
    FINANCIALLY_APPROVED = "financially_approved", pgettext_lazy("remote access", "financially approved")
    GRANTED = "granted", pgettext_lazy("remote access", "granted")
    REVIEWED = "reviewed", pgettext_lazy("remote access", "granted and reviewed")
    RENEWED = "renewed", pgettext_lazy("remote access", "renewed")
    EXPIRED = "expired", pgettext_lazy("remote access", "expired")
    REVOKED = "revoked", pgettext_lazy("remote access", "revoked")
    WITHDRAWN = "withdrawn", pgettext_lazy("remote access", "withdrawn")
