"""Published camera points as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.clock import today
from reports.enums.cameras import LocationStatus
from reports.exports.cameras import points_csv, points_geojson, points_osm
from reports.forms.cameras import PointFilterForm
from reports.queries.cameras import PointFacts, facts, read_points
from reports.states.cameras import RUNNING
from reports.views.cameras_public import chosen_points

if TYPE_CHECKING:
    from django.http import HttpRequest


@require_safe
def camera_points_file(request: HttpRequest, kind: str) -> HttpResponse:
    """Points that the address asks for: csv, geojson, osm."""
    form = PointFilterForm(request.GET)
    if not form.is_valid():
        return HttpResponseBadRequest(gettext("A filter cannot be read."), content_type="text/plain; charset=utf-8")
    on = form.cleaned_data.get("day") or today()
    points = [facts(row) for row in read_points(chosen_points(form, on), on=on)]
    response = _file(kind, points)
    suffix = "osm.geojson" if kind == "osm" else kind
    response["Content-Disposition"] = f'attachment; filename="camera-points-{on.isoformat()}.{suffix}"'
    return response


def _file(kind: str, points: list[PointFacts]) -> HttpResponse:
    if kind == "csv":
        return HttpResponse(points_csv(points), content_type="text/csv; charset=utf-8")
    if kind == "osm":
        # There a thing is what stands in the street now: no plans, nothing that is gone, no place known only roughly.
        standing = [
            point for point in points if point.stage in RUNNING and point.location_status == LocationStatus.EXACT
        ]
        return _geojson(points_osm(standing))
    return _geojson(points_geojson(points, _address))


def _geojson(data: dict[str, Any]) -> HttpResponse:
    """Letters stand as they are: the format is UTF-8 (RFC 8259)."""
    return JsonResponse(data, content_type="application/geo+json", json_dumps_params={"ensure_ascii": False})


def _address(point: PointFacts) -> str:
    return f"{settings.BASE_URL}{reverse('reports:camera-point', args=[point.code])}"
