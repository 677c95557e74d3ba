"""The small stylesheet of a region that has a colour of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from region.colours import Tones, dark_tones, light_tones
from region.queries.profile import current_profile

if TYPE_CHECKING:
    from django.http import HttpRequest

MONTH = 60 * 60 * 24 * 30


def properties(tones: Tones) -> str:
    """Custom properties of one scheme, outside any layer, so that they win over the tokens of site.css."""
    return (
        f":root{{--brand:{tones.brand};--deep:{tones.deep};--link:{tones.link};"
        f"--c1:{tones.chart};--stroke:{tones.line}}}"
    )


def brand_styles(colour: str) -> str:
    """Both schemes of a brand colour (#rrggbb), readable by construction."""
    night = properties(dark_tones(colour))
    return f"{properties(light_tones(colour))}@media (prefers-color-scheme:dark){{{night}}}\n"


@require_safe
@cache_control(public=True, max_age=MONTH)
def brand_css(_request: HttpRequest) -> HttpResponse:
    """/brand.css: linked only when the region's colour is not the default one, with the colour in its address."""
    return HttpResponse(brand_styles(current_profile().brand_colour), content_type="text/css; charset=utf-8")
