"""Ways from one editors' screen of figures to the next, on which what is known already is filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import BooleanColumn, Column

from reports.models import Metric, Observation, Resolution, SourceDocument
from reports.queries.figures_history import value_words
from reports.queries.figures_words import period

if TYPE_CHECKING:
    from django.db.models import Model, QuerySet

# What the value of another source has in common with a value.
SAME = ("metric", "town", "district", "period_from", "period_until")
PUBLISHED = BooleanColumn("is_published", label=_("Published"), sort_key="is_published")
PERIOD = Column(
    "period",
    label=_("Period"),
    sort_key="period_from",
    accessor=lambda row: period(row.period_from, row.period_until, known=row.as_of_latest),
)
VALUE = Column("value", label=_("Value"), sort_key="value", accessor=lambda row: value_words(row, row.metric.decimals))


def adding(model: Any, **known: Any) -> str:
    """Address of the form for a new record with what is ``known`` filled in."""
    told = {name: value for name, value in known.items() if value not in (None, "")}
    return f"{reverse(model.snippet_viewset.get_url_name('add'))}?{urlencode(told)}"


def ways_from(row: Model) -> list[tuple[str, str]]:
    """Words and addresses of what usually comes next."""
    if isinstance(row, Metric):
        return [(gettext("Add a value"), adding(Observation, metric=row.pk))]
    if isinstance(row, SourceDocument):
        return [(gettext("Add a value from it"), adding(Observation, source=row.pk))]
    if not isinstance(row, Observation):
        return []
    known = {name: getattr(row, _column(name)) for name in SAME}
    found = [(gettext("Add what another source says"), adding(Observation, **known))]
    if Observation.objects.filter(**{_column(name): known[name] for name in SAME})[1:2]:
        found.append((gettext("Decide between the sources"), adding(Resolution, preferred=row.pk)))
    return found


def _column(name: str) -> str:
    """The column of a field: of a reference, its key."""
    field: Any = Observation._meta.get_field(name)
    return str(field.attname)


class WaysOn:
    """A form that fills in what the address tells, and offers what comes next when it is saved."""

    model: Any
    object: Any
    request: Any

    def get_initial_form_instance(self) -> Any:
        """What is known already; what the address tells wrongly is left out."""
        row = self.model()
        for name, told in self.request.GET.items():
            _fill(row, name, told)
        return row

    def get_success_buttons(self) -> list[Any]:
        """Wagtail's button and ours."""
        wagtails: Any = super()
        return [
            *wagtails.get_success_buttons(),
            *(messages.button(url, words) for words, url in ways_from(self.object)),
        ]


def _fill(row: Any, name: str, told: str) -> None:
    fields = {field.name: field for field in row._meta.concrete_fields if field.editable}
    if name not in fields:
        return
    field = fields[name]
    try:
        value = field.related_model.objects.get(pk=told) if field.is_relation else field.to_python(told)
    except (ObjectDoesNotExist, ValidationError, ValueError):
        return
    setattr(row, name, value)


def with_relations(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Rows of a list with the records that its columns name."""
    names = [field.name for field in rows.model._meta.concrete_fields if field.is_relation]
    return rows.select_related(*names).defer(*(f"{name}__boundary" for name in names if name in {"town", "district"}))
