"""The register of cameras for readers: the list of points, and the second layer for a point and for a system."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from region.clock import today
from region.parts import Cell, Column, FileItem, Link
from reports.camera_words import SUPERVISORS, stage_tone
from reports.forms.cameras import PointFilterForm
from reports.models import Placement
from reports.queries.camera_groups import counts
from reports.queries.camera_pages import PointPage, SystemPage, point_page, system_page
from reports.queries.cameras import PointFacts, facts, read_points, shown_points, shown_systems
from reports.views.figures import trail

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50
BAD_REQUEST = 400


def camera_trail(*here: Link) -> tuple[Link, ...]:
    """Home, figures, cameras, and what follows."""
    return trail(Link(gettext("Cameras"), reverse("reports:cameras")), *here)


def point_link(point: PointFacts) -> Link:
    """A point with the address of its page."""
    return Link(point.name, reverse("reports:camera-point", args=[point.code]))


def chosen_points(form: PointFilterForm, on: date) -> QuerySet[Any]:
    """Published points that a valid form asks for, in the order of their codes."""
    rows = form.narrowed(shown_points(on=on))
    kind = form.cleaned_data.get("kind")
    if kind:
        rows = rows.filter(pk__in=Placement.objects.on(on).filter(device__kind=kind).values("point"))
    return rows.order_by("code")


@require_safe
def camera_points(request: HttpRequest) -> HttpResponse:
    """The list of points, narrowed by filters in the address."""
    form = PointFilterForm(request.GET)
    is_read = form.is_valid()
    on: date = (form.cleaned_data.get("day") if is_read else None) or today()
    rows = chosen_points(form, on) if is_read else shown_points(on=on).none()
    page = Paginator(read_points(rows, on=on), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        **points_table(facts(row) for row in page.object_list),
        "counts": counts(on=on),
        "on": on,
        "is_today": on == today(),
        "systems": shown_systems(),
        "files": _files(request),
        "here": reverse("reports:camera-points"),
        "trail": camera_trail(Link(gettext("Camera points"))),
    }
    return render(request, "reports/camera_points.html", context, status=200 if is_read else BAD_REQUEST)


def _columns() -> tuple[Column, ...]:
    return (
        Column(gettext("Place")),
        Column(gettext("Code")),
        Column(gettext("Where")),
        Column(gettext("Surroundings")),
        Column(gettext("Stage")),
        Column(gettext("Devices"), numeric=True),
        Column(gettext("Sensors"), numeric=True),
    )


def _cells(point: PointFacts) -> tuple[Cell, ...]:
    link = point_link(point)
    where = ", ".join(part for part in (point.town_name, point.district_name) if part)
    return (
        Cell(link.title, url=link.url, demo=point.is_example),
        Cell(point.code),
        Cell(where),
        Cell(point.surroundings_label),
        Cell(point.stage_label, tag=stage_tone(point.stage)),
        Cell(_devices(point)),
        Cell(str(point.sensors) if point.device_count else ""),
    )


def points_table(points: Iterable[PointFacts]) -> dict[str, Any]:
    """Columns and rows of a list of points; a column of which nothing is known is left out."""
    columns, rows = _columns(), [_cells(point) for point in points]
    told = [place for place in range(len(columns)) if not rows or any(row[place].text for row in rows)]
    unknown = Cell(pgettext("in place of a value", "not known"))
    return {
        "columns": [columns[place] for place in told],
        "rows": [[row[place] if row[place].text else unknown for place in told] for row in rows],
    }


def _devices(point: PointFacts) -> str:
    """Devices in the register; where there are none, how many are expected, and that they are only expected."""
    if point.device_count:
        return str(point.device_count)
    if not point.devices_expected:
        return ""
    return pgettext("number of devices", "expected: %(count)d") % {"count": point.devices_expected}


def _files(request: HttpRequest) -> tuple[FileItem, ...]:
    """The same points as files, with the filters of the page."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    words = {
        "csv": gettext("One row for each point"),
        "geojson": gettext("Points on the map (WGS84)"),
        "osm": gettext("Devices with the tags of OpenStreetMap"),
    }
    return tuple(
        FileItem(
            title="OpenStreetMap" if kind == "osm" else {"csv": "CSV", "geojson": "GeoJSON"}[kind],
            url=f"{reverse('reports:camera-points-file', args=[kind])}{query}",
            kind="JSON" if kind == "osm" else "",
            summary=summary,
        )
        for kind, summary in words.items()
    )


@require_safe
def camera_point(request: HttpRequest, code: str) -> HttpResponse:
    """The second layer for one point."""
    found = point_or_404(code)
    link = Link(found.point.name)
    context = {
        "found": found,
        "point": found.point,
        "system": found.system,
        "tone": stage_tone(found.point.stage),
        "supervisor": SUPERVISORS[found.system.country],
        "trail": camera_trail(Link(gettext("Camera points"), reverse("reports:camera-points")), link),
        **_shared(found),
    }
    return render(request, "reports/camera_point.html", context)


def _shared(found: PointPage) -> dict[str, Any]:
    """Lines of the point before those of its system."""
    return {
        "bases": (*found.bases, *found.system.bases),
        "consultations": (*found.consultations, *found.system.consultations),
        "costs": (*found.costs, *found.system.costs),
    }


@require_safe
def camera_system(request: HttpRequest, slug: str) -> HttpResponse:
    """The second layer for a whole system, with its points."""
    found = system_or_404(slug)
    context = {
        "system": found.system,
        **points_table(found.points),
        "numbers": _numbers(found.points),
        "bases": found.system.bases,
        "consultations": found.system.consultations,
        "costs": found.system.costs,
        "supervisor": SUPERVISORS[found.system.country],
        "report_year": today().year,
        "report_url": reverse("reports:camera-report", args=[slug, today().year]),
        "trail": camera_trail(Link(found.system.name)),
    }
    return render(request, "reports/camera_system.html", context)


def _numbers(points: Iterable[PointFacts]) -> dict[str, int]:
    """Active points, their devices, their sensors: each by itself."""
    active = [point for point in points if point.stage == "active"]
    return {
        "points": len(active),
        "devices": sum(point.device_count for point in active),
        "sensors": sum(point.sensors for point in active),
    }


def point_or_404(code: str) -> PointPage:
    """The published point of an address."""
    found = point_page(code, on=today())
    if found is None:
        raise Http404
    return found


def system_or_404(slug: str) -> SystemPage:
    """The published system of an address."""
    found = system_page(slug, on=today())
    if found is None:
        raise Http404
    return found
