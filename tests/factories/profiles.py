"""Profiles of the region that the installation serves."""

from __future__ import annotations

from typing import Any

from region.enums import Country, Currency, RegionKind
from region.models import EmergencyNumber, RegionProfile
from region.queries.profile import forget_profile

LANGUAGES = ["cs", "pl", "en"]
_NUMBERS = {
    Country.CZ: [("112", "Tísňové volání", "Numer alarmowy", "Emergency"), ("158", "Policie", "Policja", "Police")],
    Country.PL: [("112", "Tísňové volání", "Numer alarmowy", "Emergency"), ("997", "Policie", "Policja", "Police")],
}


def profile(**fields: Any) -> RegionProfile:
    """The one profile of the installation with these fields and the country's emergency numbers."""
    RegionProfile.objects.all().delete()
    made: RegionProfile = RegionProfile.objects.create(**{"pk": 1, "languages": LANGUAGES, **fields})
    for order, (number, cs, pl, en) in enumerate(_NUMBERS[Country(made.country)]):
        EmergencyNumber.objects.create(
            profile=made, sort_order=order, number=number, label_cs=cs, label_pl=pl, label_en=en
        )
    forget_profile()
    return made


def czech_county(**fields: Any) -> RegionProfile:
    """A Czech county with municipalities, Czech crowns and Prague's time."""
    known = {
        "name_cs": "Zkušební kraj",
        "name_pl": "Kraj próbny",
        "name_en": "Test County",
        "kind": RegionKind.COUNTY,
        "country": Country.CZ,
        "currency": Currency.CZK,
        "time_zone": "Europe/Prague",
        "coordinate_system": 5514,
        "operator": "Krajský úřad Zkušebního kraje",
        "address": "Dlouhá 1, 301 00 Zkušebna",
        "phone": "+420 377 000 000",
        "email": "urad@example.org",
    }
    return profile(**{**known, **fields})


def polish_city(**fields: Any) -> RegionProfile:
    """A Polish city with districts, zlotys and Warsaw's time."""
    known = {
        "name_cs": "Zkušební město",
        "name_pl": "Miasto Próbne",
        "name_en": "Test City",
        "programme_cs": "bezpečné město",
        "programme_pl": "bezpieczne miasto",
        "programme_en": "safe city",
        "kind": RegionKind.CITY,
        "country": Country.PL,
        "currency": Currency.PLN,
        "time_zone": "Europe/Warsaw",
        "coordinate_system": 2180,
        "operator": "Urząd Miasta Próbnego",
        "address": "ul. Długa 1, 30-001 Próbne",
        "phone": "+48 12 000 00 00",
        "email": "urzad@example.org",
    }
    return profile(**{**known, **fields})
