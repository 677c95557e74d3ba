"""Colour arithmetic: contrast as WCAG 2.2 defines it."""

from __future__ import annotations

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
