"""Colour arithmetic: contrast as WCAG 2.2 defines it, and the tones a region's own colour is turned into."""

from __future__ import annotations

from dataclasses import dataclass
from math import atan2, cbrt, cos, hypot, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_BRAND = "#14513f"
# Text on brand fields, and the grounds of both schemes: the same values as in site.css.
ON_BRAND = "#f8f3e6"
ON_BRAND_SOFT = "#c9d9cc"
LIGHT_GROUNDS = ("#faf6ec", "#fffdf7", "#f2ebdb")
DARK_GROUNDS = ("#121714", "#19201c", "#202923")
STEP = 0.005

# Below it the sRGB curve is a straight line (IEC 61966-2-1).
_LINEAR_UNTIL = 0.04045


def _linear(channel: int) -> float:
    part = channel / 255
    return part / 12.92 if part <= _LINEAR_UNTIL else float(((part + 0.055) / 1.055) ** 2.4)


def luminance(colour: str) -> float:
    """Relative luminance (0–1) of ``#rrggbb``. Source: WCAG 2.2, definition of relative luminance."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (1–21) of two ``#rrggbb`` colours. Source: WCAG 2.2, definition of contrast ratio."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def lightness_chroma_hue(colour: str) -> tuple[float, float, float]:
    """OKLCH of ``#rrggbb``: lightness 0–1, chroma, hue in radians. Source: Björn Ottosson, Oklab (2020)."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16)) for start in (1, 3, 5))
    long = cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    light = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return light, hypot(a, b), atan2(b, a)


def _channels(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    """Linear red, green and blue of an OKLCH colour; outside 0–1 when a screen cannot show it."""
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def from_lightness_chroma_hue(light: float, chroma: float, hue: float) -> str:
    """``#rrggbb`` of an OKLCH colour; chroma is lowered until a screen can show it."""
    while chroma > 0 and not all(-0.0005 <= part <= 1.0005 for part in _channels(light, chroma, hue)):
        chroma = max(0.0, chroma - 0.004)
    codes = []
    for part in _channels(light, chroma, hue):
        inside = min(1.0, max(0.0, part))
        curved = 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055
        codes.append(f"{round(curved * 255):02x}")
    return "#" + "".join(codes)


def with_contrast(colour: str, *, against: Sequence[str], at_least: float, start: float, lighter: bool) -> str:
    """The colour in its own hue, from lightness ``start`` moved on until it contrasts with every ground named.

    ValueError when even black or white does not reach the ratio.
    """
    _, chroma, hue = lightness_chroma_hue(colour)
    light = start
    while 0 <= light <= 1:
        found = from_lightness_chroma_hue(light, chroma, hue)
        if all(contrast(found, ground) >= at_least for ground in against):
            return found
        light += STEP if lighter else -STEP
    message = f"no tone of {colour} reaches {at_least}:1"
    raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Tones:
    """What one scheme takes from a region's colour: fields, strip and footer, links, first chart colour, fine lines."""

    brand: str
    deep: str
    link: str
    chart: str
    line: str


def light_tones(colour: str) -> Tones:
    """Tones on paper: both light texts on the fields ≥ 4.5:1 (7:1 on the deep one), links ≥ 4.5:1 on every ground."""
    own = lightness_chroma_hue(colour)[0]
    brand = with_contrast(colour, against=[ON_BRAND, ON_BRAND_SOFT], at_least=4.5, start=own, lighter=False)
    field = lightness_chroma_hue(brand)[0]
    deep = with_contrast(brand, against=[ON_BRAND], at_least=7, start=field * 0.86, lighter=False)
    link = with_contrast(brand, against=LIGHT_GROUNDS, at_least=4.5, start=field, lighter=False)
    return Tones(brand=brand, deep=deep, link=link, chart=link, line=brand)


def dark_tones(colour: str) -> Tones:
    """Tones at night: quieter fields that still carry light text, links ≥ 7:1, charts and lines ≥ 4.5:1."""
    own = lightness_chroma_hue(colour)[0]
    brand = with_contrast(colour, against=[ON_BRAND], at_least=7, start=min(own, 0.4), lighter=False)
    field = lightness_chroma_hue(brand)[0]
    deep = with_contrast(brand, against=[ON_BRAND], at_least=10, start=field * 0.68, lighter=False)
    link = with_contrast(colour, against=DARK_GROUNDS, at_least=7, start=0.8, lighter=True)
    chart = with_contrast(colour, against=DARK_GROUNDS, at_least=4.5, start=0.72, lighter=True)
    return Tones(brand=brand, deep=deep, link=link, chart=chart, line=chart)
