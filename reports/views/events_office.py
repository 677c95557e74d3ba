"""Registers of events in the office: what was loaded, taking a load back, and sorting spellings into categories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import django_filters
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from region.listing import Action, Column, Kind, ListFilters, Listing, View, folded, trail_to
from region.messages import Problem
from region.numerals import number
from region.parts import Fact, Link
from region.rules import can
from region.views.asking import Question, ask
from region.views.audit import history_url
from region.views.guards import permission_required, person_of
from region.wording import problem_words
from reports.domain.events_loading import MANAGE
from reports.domain.events_sorting import sort_spellings
from reports.domain.events_undoing import KEPT, undo_load
from reports.enums.events import LoadState
from reports.forms.events import SortForm
from reports.models import EventCategory, EventLabel, EventLoad, EventRegister
from reports.queries.events_office import VIEW, loads_of, registers_for, spellings_for
from reports.tasks import recount_later
from reports.views.cameras_admin import editors_url

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

    from region.models import User

_SORTED = (("no", _("not yet sorted")), ("yes", pgettext_lazy("spellings of events", "sorted")))


def _create(user: User) -> Link | None:
    return Link(gettext("Add a register"), editors_url(EventRegister, "add")) if can(user, MANAGE) else None


def register_url(register: EventRegister) -> str:
    """Address of a register in the office."""
    return reverse("reports:office-event-register", args=[register.key])


def spellings_url(register: EventRegister) -> str:
    """Address of its spellings, those that wait first."""
    return f"{reverse('reports:office-event-spellings')}?register={register.pk}"


class SpellingFilters(ListFilters):
    """What narrows the list of spellings."""

    register = django_filters.ModelChoiceFilter(
        label=_("Register"), queryset=EventRegister.objects.all(), empty_label=pgettext_lazy("filter", "any")
    )
    category = django_filters.ModelChoiceFilter(
        label=_("Category"), queryset=EventCategory.objects.all(), empty_label=pgettext_lazy("filter", "any")
    )
    sorted = django_filters.ChoiceFilter(
        label=pgettext_lazy("spellings of events", "State"),
        choices=_SORTED,
        method="by_state",
        empty_label=pgettext_lazy("filter", "any"),
    )

    def by_state(self, rows: QuerySet[EventLabel], _name: str, value: str) -> QuerySet[EventLabel]:
        """Those that wait for a category, or those that have one."""
        return rows.filter(category__isnull=value == "no")


def _sort(label: EventLabel, by: User, *, category: EventCategory | None) -> None:
    """Let one spelling mean a category."""
    sort_spellings(register=label.register, keys=[label.pk], category=category, by=by, later=recount_later)


REGISTERS = Listing(
    url_name="reports:office-event-registers",
    title=_("Registers of events"),
    lead=_(
        "Each is one source. Their names and definitions are kept in the editors' screens, their rows come by import."
    ),
    permissions=(VIEW,),
    rows=registers_for,
    columns=(
        Column(key="name", label=_("Register"), sort="key", link=register_url),
        Column(key="issuer", label=pgettext_lazy("register of events", "Kept by"), sort=folded("issuer")),
        Column(
            key="rows_used", label=pgettext_lazy("intervention events", "Events"), sort="rows_used", kind=Kind.NUMBER
        ),
        Column(key="last_month", label=_("Last month"), sort="last_month", kind=Kind.DATE),
        Column(key="waiting", label=_("Spellings not yet sorted"), sort="waiting", kind=Kind.NUMBER),
        Column(key="published", label=_("Published"), value="is_published"),
    ),
    order="name",
    create=_create,
    search=("key", "name_cs", "name_pl", "name_en", "issuer"),
    empty_title=_("No register of events yet"),
    empty_text=_("Add one in the editors' screens; then import its files."),
)
SPELLINGS = Listing(
    url_name="reports:office-event-spellings",
    title=_("Spellings of events"),
    lead=_("Each spelling of a register means one category. Choose several to sort them at once; counts follow."),
    permissions=(VIEW,),
    rows=spellings_for,
    columns=(
        Column(key="spelling", label=_("Spelling"), sort=folded("spelling")),
        Column(key="register", label=_("Register"), value="register.name", sort="register__key"),
        Column(
            key="category", label=_("Category"), value="category.name", empty=_("not yet sorted"), sort="category_key"
        ),
        Column(
            key="events",
            label=pgettext_lazy("intervention events", "Events"),
            value="events_count",
            sort=("is_waiting", "events_count"),
            kind=Kind.NUMBER,
        ),
    ),
    order="-events",
    filters=SpellingFilters,
    search=("spelling",),
    views=(View(label=_("All")), View(label=_("Not yet sorted"), query="sorted=no")),
    actions=(
        Action(
            code="sort",
            label=_("Sort into a category"),
            permission=MANAGE,
            check=lambda _label, _user: None,
            apply=_sort,
            form=SortForm,
            explanation=_("The counts of the register are made anew in the background."),
        ),
    ),
    empty_title=_("No spelling yet"),
    empty_text=_("They come with the first import of events."),
)


@require_safe
@permission_required(VIEW)
def register(request: HttpRequest, key: str) -> HttpResponse:
    """One register: its state, its loads, how far counting anew is."""
    user = person_of(request)
    shown: Any = get_object_or_404(registers_for(user), key=key)
    facts = (
        Fact(pgettext("register of events", "Kept by"), shown.issuer),
        Fact(gettext("What it counts"), shown.definition),
        Fact(pgettext("intervention events", "Events"), number(shown.rows_used)),
        Fact(gettext("Published"), pgettext("yes or no", "yes") if shown.is_published else pgettext("yes or no", "no")),
        Fact(gettext("Spellings not yet sorted"), number(shown.waiting), spellings_url(shown)),
    )
    context = {
        "register": shown,
        "facts": [fact for fact in facts if fact.value],
        "loads": loads_of(shown)[:100],
        "may_manage": can(user, MANAGE),
        "edit_url": editors_url(EventRegister, "edit", shown.pk),
        # What older loads exchanged is deleted by now.
        "undone_since": timezone.now() - KEPT,
        "history": history_url(shown) if can(user, "region.view_audit") else "",
        "trail": trail_to(REGISTERS, Link(shown.name)),
    }
    return render(request, "reports/office/event_register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required(MANAGE)
def undo(request: HttpRequest, load_id: UUID) -> HttpResponseBase:
    """Take a load back, after asking."""
    user = person_of(request)
    load = get_object_or_404(EventLoad.objects.select_related("register"), pk=load_id, state=LoadState.APPLIED)
    back = Link(load.register.name, register_url(load.register))
    question = Question(
        title=gettext("Take this load back?"),
        lead=gettext("The events of %(file)s go (%(count)s), and the months that it exchanged come back as they were.")
        % {"count": number(load.rows_stored), "file": load.file_name},
        button=gettext("Take it back"),
        action="events.undo",
        back=back,
        done=gettext("The load was taken back."),
        is_danger=True,
        trail=trail_to(REGISTERS, back, Link(load.file_name)),
    )

    def act(_values: dict[str, Any]) -> None:
        try:
            undo_load(load_id=load.pk, by=user)
        except Problem as problem:
            raise ValidationError(problem_words(problem)) from problem

    return ask(request, question, act)
