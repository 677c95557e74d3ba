"""Times in the region's time zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from portal.middleware.region_time import RegionTimeMiddleware
from region.queries.profile import forget_profile

if TYPE_CHECKING:
    from region.models import RegionProfile


def test_region_zone_is_active_during_a_request_only(county: RegionProfile) -> None:
    county.time_zone = "Europe/Lisbon"
    county.save()
    forget_profile()
    before = timezone.get_current_timezone_name()
    middleware = RegionTimeMiddleware(lambda _request: HttpResponse(timezone.get_current_timezone_name()))
    assert middleware(HttpRequest()).content == b"Europe/Lisbon"
    assert timezone.get_current_timezone_name() == before != "Europe/Lisbon"
