"""The calendar of the office: holidays, exceptions, and how long a term runs."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST, require_safe

from region.calendar import Calendar, Deadline, Term, Unit, Why
from region.clock import today
from region.domain.deadlines import MANAGE, add_override, deadline, office_calendar, remove_override
from region.forms.calendar import CountForm, OverrideForm, RemovalForm
from region.messages import Problem
from region.models import DayOverride
from region.navigation import trail_from
from region.office import Place
from region.parts import Link
from region.rules import can
from region.views.guards import permission_required, person_of
from region.views.sending import sent_once
from region.wording import problem_words

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

INCOMPLETE = 422
_FIRST_YEAR, _LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of a month as the page shows it; ``note`` says why it is marked."""

    day: date
    mark: str
    note: str = ""


@require_safe
@permission_required("region.view_calendar")
def calendar_year(request: HttpRequest) -> HttpResponse:
    """The year, and the account of a term when one is asked for."""
    counting = CountForm(request.GET) if "count" in request.GET else _empty_count()
    return _page(request, OverrideForm(), counting)


def _empty_count() -> CountForm:
    """A term to be filled in, from today as people write it."""
    day = today()
    return CountForm(initial={"start": f"{day.day}. {day.month}. {day.year}", "count": 15})


@require_POST
@permission_required(MANAGE)
def add_exception(request: HttpRequest) -> HttpResponseBase:
    """Decide about a day."""
    form = OverrideForm(request.POST)
    if form.is_valid():
        try:
            return sent_once(request, "dayoverride.add", lambda: _added(request, form.cleaned_data))
        except Problem as problem:
            form.add_error("day", problem_words(problem))
    return _page(request, form, _empty_count(), status=INCOMPLETE)


@require_POST
@permission_required(MANAGE)
def remove_exception(request: HttpRequest) -> HttpResponseBase:
    """Have the calendar of the country hold again; the field `day` says on which day."""
    form = RemovalForm(request.POST)
    if not form.is_valid():
        raise Http404
    return sent_once(request, "dayoverride.remove", lambda: _removed(request, form.cleaned_data["day"]))


def _added(request: HttpRequest, values: dict[str, Any]) -> str:
    row = add_override(**values, by=person_of(request))
    messages.success(request, gettext("The exception is in the calendar. Deadlines told earlier stay as they were."))
    return _address(row.day.year)


def _removed(request: HttpRequest, day: date) -> str:
    remove_override(day=day, by=person_of(request))
    messages.success(request, gettext("The exception is gone. Deadlines told earlier stay as they were."))
    return _address(day.year)


def _address(year: int) -> str:
    return f"{reverse('region:office-calendar')}?year={year}"


def _page(request: HttpRequest, form: OverrideForm, counting: CountForm, status: int = 200) -> HttpResponse:
    year, calendar = _year(request), office_calendar()
    shown = {
        "trail": trail_from(Place.OFFICE, Link(gettext("Calendar"), _address(year))),
        "year": year,
        "earlier": _address(year - 1) if year > _FIRST_YEAR else "",
        "later": _address(year + 1) if year < _LAST_YEAR else "",
        "months": [(date(year, month, 1), list(_weeks(calendar, year, month))) for month in range(1, 13)],
        "days_off": [(off, off.name(_language())) for off in calendar.year(year) if off.why is Why.HOLIDAY],
        "exceptions": DayOverride.objects.filter(day__year=year),
        "may_manage": can(request.user, MANAGE),
        "form": form,
        "counting": counting,
        "counted": _counted(counting),
    }
    return render(request, "region/calendar.html", shown, status=status)


def _year(request: HttpRequest) -> int:
    """The year asked for; this one when none or an odd one is."""
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() else 0
    return year if _FIRST_YEAR <= year <= _LAST_YEAR else today().year


def _language() -> str:
    return (get_language() or "en")[:2]


def _counted(form: CountForm) -> tuple[Deadline, list[tuple[str, Any, str]]] | None:
    """The deadline asked for with its steps: kind, step, and the name of a holiday or the reason of a closed day."""
    if not form.is_bound or not form.is_valid():
        return None
    values = form.cleaned_data
    found = deadline(start=values["start"], term=Term(values["count"], Unit(values["unit"])))
    return found, [(step.kind.value, step, step.off.name(_language()) if step.off else "") for step in found.steps]


def _weeks(calendar: Calendar, year: int, month: int) -> Iterator[list[Cell | None]]:
    """Weeks from Monday; days of the months beside are None."""
    for week in Weeks().monthdatescalendar(year, month):
        yield [_cell(calendar, day) if day.month == month else None for day in week]


def _cell(calendar: Calendar, day: date) -> Cell:
    override, off = calendar.overrides.get(day), calendar.off(day)
    if override is not None:
        return Cell(day, "works" if override.is_working else "closed", override.reason)
    if off is None:
        return Cell(day, "")
    return Cell(day, "holiday" if off.why is Why.HOLIDAY else "weekend", off.name(_language()))
