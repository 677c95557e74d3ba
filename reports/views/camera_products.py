"""What is made from the register: the sign, the yearly report, the record of processing, what systems lack."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from region.clock import today
from region.listing.exports import csv_parts, xlsx_file
from region.navigation import trail_from
from region.office import Place
from region.parts import Link
from region.pdf import pdf_of
from region.queries.profile import current_profile
from region.rules import can
from region.views.guards import permission_required, person_of
from region.views.prepared import Wanted, prepared_pdf
from reports.camera_checklist import Item, Where, checklist
from reports.camera_words import SUPERVISORS
from reports.exports.processing import COLUMNS, processing_rows
from reports.models import CameraSystem, ExternalCameraSet
from reports.qr import qr_drawing
from reports.queries.camera_checks import facts_of_system, with_system_checks
from reports.queries.camera_office import VIEW, systems_for
from reports.queries.camera_report import CameraReport, camera_report
from reports.states.cameras import MANAGE
from reports.views.camera_office import mend_system
from reports.views.cameras_admin import CameraViewSetGroup, editors_url
from reports.views.cameras_public import point_or_404

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

_OF_POINTS = {Where.POINT, Where.CONSULTATION, Where.REVIEW}


@require_safe
def camera_sign(request: HttpRequest, code: str) -> HttpResponse:
    """The sign of a point: the first layer, with the way to the second."""
    found = point_or_404(code)
    back = Link(found.point.name, reverse("reports:camera-point", args=[code]))
    return prepared_pdf(request, Wanted("camera-sign", code, f"sign-{code}", back))


def sign_as_pdf(code: str) -> bytes:
    """The sign of a point; a worker makes it."""
    found = point_or_404(code)
    address = f"{settings.BASE_URL}{reverse('reports:camera-point', args=[code])}"
    context = {
        "point": found.point,
        "system": found.system,
        "purposes": [basis.purpose for basis in (*found.bases, *found.system.bases)],
        "address": address,
        "qr": qr_drawing(address),
        "region": current_profile(),
    }
    return pdf_of(render_to_string("print/camera_sign.html", context), style="portal/camera-sign.css")


@require_safe
def system_report(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The yearly report of a system."""
    system = _report(slug, year).system
    back = Link(system.name, reverse("reports:camera-system", args=[slug]))
    return prepared_pdf(request, Wanted("camera-report", f"{year} {slug}", f"{slug}-{year}", back))


def report_as_pdf(about: str) -> bytes:
    """The yearly report named by its year and its system; a worker makes it."""
    year, _space, slug = about.partition(" ")
    report = _report(slug, int(year))
    context = {
        "report": report,
        "system": report.system,
        "address": f"{settings.BASE_URL}{reverse('reports:camera-system', args=[slug])}",
        "supervisor": SUPERVISORS[report.system.country],
        "region": current_profile(),
    }
    return pdf_of(render_to_string("print/camera_report.html", context), style="portal/sheet.css")


def _report(slug: str, year: int) -> CameraReport:
    report = camera_report(slug, year, today=today())
    if report is None:
        raise Http404
    return report


def _asked_of(system: CameraSystem, on: date) -> list[Item]:
    return [item for item in checklist(facts_of_system(system, on=on)) if item.where not in _OF_POINTS]


def _belonging(system: CameraSystem, here: str) -> list[Link]:
    """Registers that hold something of one system, and the system itself."""
    points = Link(gettext("Camera points"), f"{reverse('reports:office-cameras')}?system={system.pk}")
    change = Link(gettext("Change the system"), editors_url(CameraSystem, "edit", system.pk, next=here))
    registers = [viewset.model for viewset in CameraViewSetGroup.items if "system" in viewset.list_filter]
    names = [(str(model._meta.verbose_name_plural), editors_url(model, system=system.pk)) for model in registers]
    return [change, points, *(Link(name[:1].upper() + name[1:], url) for name, url in names)]


@require_safe
@permission_required(VIEW)
def systems(request: HttpRequest) -> HttpResponse:
    """Every system with what it lacks."""
    by, on = person_of(request), today()
    may_manage, here = can(by, MANAGE), reverse("reports:office-camera-systems")
    context = {
        "systems": [
            (row, [(item, mend_system(item, row, back=here)) for item in _asked_of(row, on)], _belonging(row, here))
            for row in with_system_checks(systems_for(by))
        ],
        "may_manage": may_manage,
        "add_url": editors_url(CameraSystem, "add", next=here),
        "externals": Link(str(ExternalCameraSet._meta.verbose_name_plural), editors_url(ExternalCameraSet)),
        "year": on.year,
        "trail": trail_from(Place.OFFICE, Link(gettext("Camera systems"))),
    }
    return render(request, "reports/office/camera_systems.html", context)


@require_safe
@permission_required(VIEW)
def processing(request: HttpRequest, kind: str) -> HttpResponse:
    """The record of processing as a file."""
    rows = processing_rows(systems_for(person_of(request)))
    columns = list(COLUMNS)
    name = f'attachment; filename="processing-{today().isoformat()}.{kind}"'
    if kind == "csv":
        body: Any = "".join(csv_parts(columns, rows))
        return HttpResponse(body, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})
    body = xlsx_file(columns, rows, title=gettext("Record of processing")).getvalue()
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return HttpResponse(body, content_type=sheet, headers={"Content-Disposition": name})
