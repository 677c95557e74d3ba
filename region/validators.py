"""What the database cannot check by itself."""

from __future__ import annotations

import re
import unicodedata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pyproj import CRS
from pyproj.exceptions import CRSError
from stdnum import iban
from stdnum.cz import dic
from stdnum.pl import regon

from region.colours import ON_BRAND, contrast
from region.enums import Country

# WCAG 2.2, 1.4.3: normal text.
AA_CONTRAST = 4.5


def validate_time_zone(value: str) -> None:
    """Refuse a name that the time zone database does not know."""
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValidationError(_("This time zone is not known. An example: Europe/Prague.")) from error


def validate_coordinate_system(value: int) -> None:
    """Refuse an EPSG code that is unknown or not in metres."""
    try:
        system = CRS.from_epsg(value)
    except CRSError as error:
        raise ValidationError(_("This EPSG code is not known.")) from error
    if not system.is_projected:
        raise ValidationError(_("Choose a coordinate system in metres, such as 5514 or 2180."))


def validate_languages(value: object) -> None:
    """Refuse a language that this installation does not have."""
    known = {code for code, _name in settings.LANGUAGES}
    if not isinstance(value, list) or not set(value) <= known:
        raise ValidationError(_("Languages may be: %(known)s.") % {"known": ", ".join(sorted(known))})


def validate_brand_colour(value: str) -> None:
    """Refuse a colour on which the light text of header and buttons could not be read (WCAG 2.2 AA)."""
    if re.fullmatch(r"#[0-9a-fA-F]{6}", value) and contrast(value, ON_BRAND) < AA_CONTRAST:
        raise ValidationError(
            _(
                "Light text on this colour has a contrast of only %(ratio).1f : 1; at least 4.5 : 1 is needed. "
                "Choose a darker colour."
            )
            % {"ratio": contrast(value, ON_BRAND)}
        )


def validate_tile_address(value: str) -> None:
    """Refuse an address that is not HTTPS or lacks a placeholder."""
    if not value.startswith("https://") or not all(mark in value for mark in ("{z}", "{x}", "{y}")):
        raise ValidationError(_("Write an https address with {z}, {x} and {y}."))


def validate_register_number(value: str, country: str) -> str:
    """The register number without spaces; refuses one whose check digit is wrong (CZ: IČO; PL: REGON of 9 or 14)."""
    # Digits of other widths and scripts would make a second organisation of the same one.
    number = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", value))
    if country == Country.PL:
        kind, is_valid = "REGON", bool(regon.is_valid(number))
    else:
        # The same check holds for tax numbers of persons, which are longer: an IČO has 8 digits.
        number = number.zfill(8) if number.isdecimal() else number
        kind, is_valid = "IČO", len(number) == 8 and bool(dic.is_valid(number))
    if not (is_valid and re.fullmatch("[0-9]+", number)):
        message = _("This is not a valid %(kind)s: check its digits.") % {"kind": kind}
        raise ValidationError({"register_number": message})
    return number


def validate_iban(value: str) -> None:
    """Refuse an IBAN whose length, letters or check digits are wrong (ISO 13616)."""
    if not iban.is_valid(value):
        raise ValidationError(_("This is not a valid IBAN: check its digits."))
