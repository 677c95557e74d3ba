"""Publishing metrics, and the knowledge of where a figure is shown: what is in use neither vanishes nor is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeAlias

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from region.domain.audit import record
from region.parts import Link
from reports.domain.figures import may_manage
from reports.models import Metric, Observation

if TYPE_CHECKING:
    from region.models import User

# Pages that show the figure of a key, as links for people.
Uses: TypeAlias = "Callable[[str], Iterable[Link]]"
_uses: list[Uses] = []


def register_uses(uses: Uses) -> None:
    """Have ``uses`` asked where a figure is shown; the area that has pages says so in its ``apps.ready()``."""
    if uses not in _uses:
        _uses.append(uses)


def places_of(key: str) -> list[Link]:
    """Where the figure of a key is shown. One query for each registered source."""
    return [link for uses in _uses for link in uses(key)]


def check_unused(*, metric: Metric) -> None:
    """Raise ValidationError, naming the pages, when the figure is shown somewhere."""
    places = places_of(metric.key)
    if places:
        words = gettext("This figure stands on pages: %(pages)s. Take it away from there first.")
        raise ValidationError(words % {"pages": ", ".join(link.title for link in places)})


def publish_metric(*, metric: Metric, by: User | None) -> Metric:
    """Show the figure to everybody. Raises PermissionDenied; ValidationError when nothing says what it counts."""
    may_manage(by=by)
    with transaction.atomic():
        row = Metric.objects.select_for_update(of=("self",)).get(pk=metric.pk)
        check_publishable(metric=row)
        if not row.is_published:
            row.is_published = True
            row.save(update_fields=["is_published"])
            record(action="metric.publish", target=row, by=by)
    return row


def check_publishable(*, metric: Metric) -> None:
    """Raise ValidationError unless the metric says what it counts, in which unit, in one language at least."""
    said = {
        "definition": any((metric.definition_cs, metric.definition_pl, metric.definition_en)),
        "unit": bool(metric.unit),
    }
    if not all(said.values()):
        raise ValidationError(gettext("Before it is published, say what the figure counts and its unit."))
    hidden = [str(part) for part in _parts(metric) if not part.is_published]
    if hidden:
        words = gettext("Publish first what it is calculated from: %(names)s. Readers see its values, too.")
        raise ValidationError(words % {"names": ", ".join(hidden)})


def check_change(*, metric: Metric, was_key: str, was_published: bool) -> None:
    """Guard of a changed metric: a figure in use keeps its key and stays published; a published one is complete."""
    if was_key and (metric.key != was_key or (was_published and not metric.is_published)):
        check_unused(metric=Metric(key=was_key))
    made = Metric.objects.filter(Q(numerator__key=was_key) | Q(denominator__key=was_key)) if was_key else ()
    if was_published and not metric.is_published:
        _refuse_parts(one for one in made if one.is_published)
    if metric.is_calculated:
        _check_calculated(metric, was_key, is_part=bool(made))
    if metric.is_published:
        check_publishable(metric=metric)


def _parts(metric: Metric) -> list[Metric]:
    return [part for part in (metric.numerator, metric.denominator) if part is not None]


def _refuse_parts(shown: Iterable[Metric]) -> None:
    """Raise ValidationError when published figures are calculated from the one that is to be hidden."""
    names = ", ".join(str(one) for one in shown)
    if names:
        words = gettext("Published figures are calculated from this one: %(names)s. Hide them first.")
        raise ValidationError(words % {"names": names})


def _check_calculated(metric: Metric, was_key: str, *, is_part: bool) -> None:
    """Raise ValidationError where values would vanish, or where a quotient is made of quotients."""
    if Observation.objects.filter(metric__key=was_key).exists():
        raise ValidationError(gettext("This figure has values of its own; a calculated one is another figure."))
    if is_part or any(part.is_calculated for part in _parts(metric)):
        words = gettext("A figure is calculated from two that have values, never from one that is itself calculated.")
        raise ValidationError(words)
