"""The addresses of a list: the list itself, its files, bulk actions, views that people keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from region.clock import today
from region.domain.saved_views import delete_view, save_view
from region.forms.saved_views import SavedViewForm
from region.listing.actions import Action, apply_to_each
from region.listing.bulk import (
    ACTION,
    MOST_AT_ONCE,
    action_of,
    asked_of,
    chosen_rows,
    keep_report,
    kept_keys,
    kept_report,
    named,
    refused,
)
from region.listing.exports import csv_parts, file_columns, xlsx_file
from region.listing.listing import Asked, Listing, normal_query
from region.listing.pages import shown, trail_to
from region.messages import Problem
from region.parts import Link
from region.queries.saved_views import saved_views_of
from region.security_log import note
from region.views.guards import View, permission_required, person_of
from region.views.sending import sent_once
from region.wording import problem_words

if TYPE_CHECKING:
    from django.http import HttpRequest

BAD_REQUEST = 400
INCOMPLETE = 422
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def list_view(listing: Listing) -> View[...]:
    """The list."""

    @permission_required(*listing.permissions)
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        asked = Asked(listing, person_of(request), request.GET, request)
        status = 200 if asked.is_valid else BAD_REQUEST
        return render(request, listing.template, shown(asked, request), status=status)

    return view


def export_view(listing: Listing) -> View[...]:
    """All rows that match, or those that were ticked, as a file: ``?format=csv`` or ``xlsx``."""

    @permission_required(*listing.permissions)
    @require_safe
    def view(request: HttpRequest) -> HttpResponseBase:
        asked = asked_of(listing, request)
        if not asked.is_valid or not listing.is_exported:
            return redirect(f"{listing.url()}{asked.address(format='')}")
        rows = chosen_rows(asked, request.GET) if request.GET.getlist("pick") else asked.rows
        kind = "xlsx" if request.GET.get("format") == "xlsx" else "csv"
        about = "personal data" if listing.is_personal else ""
        note("export", request=request, what=listing.url_name, rows=rows.count(), format=kind, kind=about)
        return _file(listing, rows, kind)

    return view


def _file(listing: Listing, rows: Any, kind: str) -> HttpResponseBase:
    columns = file_columns(listing.columns)
    name = f"{listing.name.partition('-')[2] or listing.name}-{today():%Y-%m-%d}.{kind}"
    if kind == "xlsx":
        made = xlsx_file(columns, rows, title=str(listing.title))
        return FileResponse(made, as_attachment=True, filename=name, content_type=XLSX)
    response = StreamingHttpResponse(csv_parts(columns, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def bulk_view(listing: Listing) -> View[...]:
    """GET shows what an action would do to the chosen rows; POST does it, once for each preview."""

    @permission_required(*listing.permissions)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        action = action_of(listing, request.user, request.GET.get(ACTION, ""))
        asked = asked_of(listing, request)
        if not asked.is_valid:
            return redirect(f"{listing.url()}{asked.address()}")
        if request.method != "POST":
            return _preview(request, action, asked, _values(action, None))
        values = _values(action, request.POST)
        if values is not None and not values.is_valid():
            return _preview(request, action, asked, values)
        return _confirmed(request, listing, action, values)

    return view


def _values(action: Action, data: Any) -> forms.Form | None:
    return action.form(data) if action.form else None


def _preview(request: HttpRequest, action: Action, asked: Asked, values: forms.Form | None) -> HttpResponse:
    listing = asked.listing
    records = list(chosen_rows(asked, request.GET)[: MOST_AT_ONCE + 1])
    is_too_many = len(records) > MOST_AT_ONCE
    context = {
        **refused(listing, action, [] if is_too_many else records, request.user),
        "frame": listing.place.frame,
        "listing": listing,
        "action": action,
        "form": values,
        "most": MOST_AT_ONCE,
        "is_too_many": is_too_many,
        "back": f"{listing.url()}{asked.address()}",
        "trail": trail_to(listing, Link(str(action.label))),
    }
    status = INCOMPLETE if values is not None and values.errors else 200
    return render(request, "office/bulk_preview.html", context, status=status)


def _confirmed(request: HttpRequest, listing: Listing, action: Action, values: forms.Form | None) -> HttpResponse:
    """Apply to the records of the preview; sent again, it leads to the same result."""
    person = person_of(request)
    rows = listing.rows(person)

    def effect() -> str:
        keys = kept_keys(rows, request.POST.get("keys", ""))
        given = values.cleaned_data if values is not None else {}
        report = apply_to_each(action=action, rows=rows, keys=keys, by=person, values=given)
        key = uuid4()
        keep_report(request, key, listing, action, report)
        return listing.url("bulk-result", key)

    return sent_once(request, f"bulk {listing.name} {action.code}", effect)


def bulk_result_view(listing: Listing) -> View[...]:
    """What happened to each record."""

    @permission_required(*listing.permissions)
    @require_safe
    def view(request: HttpRequest, key: UUID) -> HttpResponse:
        action, report = kept_report(request, key, listing)
        context = {
            "frame": listing.place.frame,
            "listing": listing,
            "action": action,
            "changed": named(listing, request.user, report.changed),
            "failed": named(listing, request.user, report.failed),
            "trail": trail_to(listing, Link(gettext("Result"))),
        }
        return render(request, "office/bulk_result.html", context)

    return view


def views_view(listing: Listing) -> View[...]:
    """The person's own views of the list, and the form that keeps one more."""

    @permission_required(*listing.permissions)
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request: HttpRequest) -> HttpResponse:
        person = person_of(request)
        if request.method != "POST":
            form = SavedViewForm(initial={"query": normal_query(request.GET)})
            return _views_page(request, listing, form)
        form = SavedViewForm(request.POST)
        if form.is_valid() and _kept(request, listing, form, person):
            return redirect(f"{listing.url()}?{normal_query(form.cleaned_data['query'])}")
        return _views_page(request, listing, form, status=INCOMPLETE)

    return view


def _kept(request: HttpRequest, listing: Listing, form: SavedViewForm, person: Any) -> bool:
    name, query = form.cleaned_data["name"], normal_query(form.cleaned_data["query"])
    try:
        saved, is_new = save_view(screen=listing.url_name, name=name, query=query, by=person)
    except Problem as problem:
        form.add_error("name", problem_words(problem))
        return False
    told = gettext("The view “%(name)s” is kept.") if is_new else gettext("The view “%(name)s” has these filters now.")
    messages.success(request, told % {"name": saved.name})
    return True


def _views_page(request: HttpRequest, listing: Listing, form: SavedViewForm, status: int = 200) -> HttpResponse:
    context = {
        "frame": listing.place.frame,
        "listing": listing,
        "form": form,
        "views": [
            (kept.name, f"{listing.url()}?{kept.query}", listing.url("view-delete", kept.pk))
            for kept in _own(request, listing)
        ],
        "trail": trail_to(listing, Link(gettext("My views"))),
    }
    return render(request, "office/saved_views.html", context, status=status)


def view_delete_view(listing: Listing) -> View[...]:
    """Forget one of the person's own views."""

    @permission_required(*listing.permissions)
    @require_POST
    def view(request: HttpRequest, view_id: UUID) -> HttpResponse:
        person = person_of(request)
        kept = get_object_or_404(_own(request, listing), pk=view_id)
        delete_view(view=kept, by=person)
        messages.success(request, gettext("The view “%(name)s” is gone.") % {"name": kept.name})
        return redirect(listing.url("views"))

    return view


def _own(request: HttpRequest, listing: Listing) -> Any:
    return saved_views_of(person_of(request), screen=listing.url_name)
