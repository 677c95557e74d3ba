"""Which rows and columns of a crosstab are which figure, and what holds for the whole file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from region.models import Town
from region.tables.crosstab_picks import (
    AREAS,
    PERIODS,
    YEARS,
    column_keys,
    is_years,
    row_keys,
    row_like,
    year_groups,
)
from region.tables.crosstabs import Crosstab
from region.tables.periods import find_period
from reports.domain.crosstab_import import Order, Pick
from reports.enums.figures import ObservationPrecision, ObservationStatus
from reports.forms.figure_import import PeriodForm, source_field
from reports.models import Metric

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.forms import BoundField

# Lines to fill in at first, empty ones kept below those that are filled, and how many there may be at all.
FIRST_LINES, SPARE_LINES, MOST_LINES = 4, 3, 60
_PARTS = ("metric", "row", "measure")
_STATES = (ObservationStatus.FINAL, ObservationStatus.PROVISIONAL)


class CrosstabValuesForm(PeriodForm):
    """Source, period, area; and lines that say which figure stands in which row and column.

    ``lost`` are rows and columns of a kept way of reading that this file does not have.
    """

    source = source_field(required=True)
    town = forms.ModelChoiceField(
        label=_("Area"),
        queryset=Town.objects.defer("boundary"),
        required=False,
        empty_label=_("The whole region"),
    )
    status = forms.ChoiceField(
        label=_("How final the values are"),
        choices=[(one.value, one.label) for one in _STATES],
        initial=ObservationStatus.FINAL,
    )
    precision = forms.ChoiceField(
        label=_("How exact the values are"),
        choices=ObservationPrecision.choices,
        initial=ObservationPrecision.EXACT,
    )

    def __init__(
        self,
        data: Any = None,
        *,
        table: Crosstab,
        sheet: str,
        initial: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.sheet, self.titles = sheet, table.titles
        self._rows, self._columns, self._groups = row_keys(table), column_keys(table), year_groups(table)
        self._headings = {one.place: one.heading for one in table.measures}
        self.lost: list[str] = []
        told = dict(initial or {})
        super().__init__(data, initial={**self._found_period(), **self._known(told)}, **kwargs)
        self.order_fields(["source", "town", "period_from", "period_until", "status", "precision"])
        for number in range(self._count(data if data is not None else told)):
            self._add_line(number)

    def _found_period(self) -> dict[str, Any]:
        """The period that the titles above the table name."""
        found = find_period(self.titles)
        return {"period_from": found[0], "period_until": found[1]} if found else {}

    def _known(self, told: Mapping[str, Any]) -> dict[str, Any]:
        """What was said before, rows and columns as this file has them."""
        found = {name: value for name, value in told.items() if value not in (None, "")}
        for name in [name for name in found if name.startswith(("row-", "measure-"))]:
            kept = str(found[name])
            is_row = name.startswith("row-")
            here = (
                row_like(kept, self._rows) if is_row else kept if kept in {*self._columns, *self._groups, YEARS} else ""
            )
            if not here:
                self.lost.append(kept.replace("|", " ").strip())
            found[name] = here
        return found

    @staticmethod
    def _count(told: Mapping[str, Any]) -> int:
        filled = [int(name[7:]) for name in told if name.startswith("metric-") and name[7:].isdigit() and told[name]]
        return min(max(max(filled, default=-1) + 1 + SPARE_LINES, FIRST_LINES), MOST_LINES)

    def _add_line(self, number: int) -> None:
        choices = {"metric": self._metrics(), "row": self._row_choices(), "measure": self._column_choices()}
        labels = {"metric": gettext("Figure"), "row": gettext("Row"), "measure": pgettext("of a table", "Column")}
        for part in _PARTS:
            label = f"{labels[part]} {number + 1}"
            self.fields[f"{part}-{number}"] = forms.ChoiceField(
                label=label,
                choices=[("", "–"), *choices[part]],
                required=False,
                widget=forms.Select(attrs={"aria-label": label}),
            )

    def _metrics(self) -> list[tuple[str, str]]:
        if not hasattr(self, "_all_metrics"):
            found = Metric.objects.filter(numerator=None)
            self._all_metrics = {metric.key: metric for metric in found}
        return [(key, str(metric)) for key, metric in self._all_metrics.items()]

    def _row_choices(self) -> list[tuple[str, str]]:
        sums = gettext("sum of others")
        rows = [
            (key, f"{line.code} {line.label}{f' ({sums})' if line.is_total else ''}".strip())
            for key, line in self._rows.items()
        ]
        special = [(AREAS, gettext("each row is an area of its own")), (PERIODS, gettext("each row is a period"))]
        return [*special, *rows]

    def _column_choices(self) -> list[tuple[str, str]]:
        columns = [(key, self._headings[place]) for key, place in self._columns.items()]
        years = gettext("each column is a year")
        groups = [(key, f"{words} – {years}") for key, words in self._groups.items()]
        return [*(groups or [(YEARS, years)]), *columns]

    def table_rows(self) -> list[list[BoundField]]:
        """The lines, for a table of their own."""
        numbers = sorted(int(name[7:]) for name in self.fields if name.startswith("metric-"))
        return [[self[f"{part}-{number}"] for part in _PARTS] for number in numbers]

    def plain_fields(self) -> list[BoundField]:
        """The other fields."""
        return [self[name] for name in self.fields if not name.startswith(tuple(f"{part}-" for part in _PARTS))]

    def clean(self) -> dict[str, Any]:
        """Lines are whole or empty, at least one is there; a period is known."""
        told = super().clean()
        picks = []
        for bound in self.table_rows():
            chosen = [told.get(one.name, "") for one in bound]
            if any(chosen) and not all(chosen):
                empty = next(one for one, value in zip(bound, chosen, strict=True) if not value)
                self.add_error(empty.name, _("Choose figure, row and column, or leave all three empty."))
            elif all(chosen):
                picks.append(Pick(self._all_metrics[chosen[0]], chosen[1], chosen[2]))
        if not picks and not self.errors:
            self.add_error("metric-0", _("Choose at least one figure with its row and column."))
        has_own = all(pick.row == PERIODS or is_years(pick.column) for pick in picks)
        if picks and not has_own and self.period is None and not self.errors:
            self.add_error("period_from", _("Say of which period the values are."))
        return {**told, "order": self._order(told, tuple(picks)) if not self.errors else None}

    def _order(self, told: Mapping[str, Any], picks: tuple[Pick, ...]) -> Order:
        """What is to be imported."""
        return Order(
            source=told["source"],
            picks=picks,
            period=self.period,
            town=told["town"].pk if told["town"] else None,
            status=told["status"],
            precision=told["precision"],
            sheet=self.sheet,
        )
