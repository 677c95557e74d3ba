"""Loading metrics, documents, values and decisions from one file: what is there already is left as it is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import transaction

from region.domain.editing import note_edit, stored_values
from region.domain.users import system_user
from region.models import SecurityDistrict, Town
from reports.domain.figures import FACT, IDENTITY, add_observation, change_observation, correct_observation
from reports.domain.figures_conflicts import SHARED, resolve_conflict
from reports.domain.figures_metrics import check_change
from reports.models import Metric, MetricBreak, Observation, Resolution, SourceDocument

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import Model

    from region.models import User

LANGUAGES = ("cs", "pl", "en")
SECTIONS = ("source", "metric", "observation", "resolution")
Facts = dict[str, Any]
# What a wrong entry raises: unknown keys and columns, texts for numbers, rows that the domain refuses.
_MISTAKES = (
    ValidationError,
    FieldDoesNotExist,
    ObjectDoesNotExist,
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
)


class FiguresError(ValueError):
    """The file cannot be used; says where and why."""


@dataclass(slots=True)
class Loaded:
    """What loading did, by kind: added, changed, corrected, left."""

    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def note(self, kind: str, act: str) -> None:
        """Count one."""
        self.counts[kind, act] += 1

    @property
    def changed(self) -> int:
        """How many rows were written."""
        return sum(count for (_kind, act), count in self.counts.items() if act != "left")


def load_figures(*, facts: Mapping[str, Sequence[Mapping[str, Any]]], by: User | None, apply: bool = True) -> Loaded:
    """Write what the file says, in one transaction; without ``apply`` everything is tried and taken back.

    Texts are tables by language: ``name = {cs = "…", pl = "…", en = "…"}``. Values name metric, document, town and
    district by their keys. A published value that differs is corrected if the file says why (``correction``). Raises
    FiguresError naming the entry.
    """
    unknown = set(facts) - set(SECTIONS)
    if unknown:
        raise FiguresError(f"unknown sections: {', '.join(sorted(unknown))}")
    loaded = Loaded()
    with transaction.atomic():
        for section, load in (("source", _source), ("metric", _metric), ("observation", _observation)):
            for entry in facts.get(section, ()):
                _load(section, load, entry, by, loaded)
        for entry in facts.get("metric", ()):
            _load("metric", _related, entry, by, Loaded())
        for entry in facts.get("resolution", ()):
            _load("resolution", _resolution, entry, by, loaded)
        transaction.set_rollback(not apply)
    return loaded


def _load(section: str, load: Any, entry: Mapping[str, Any], by: User | None, loaded: Loaded) -> None:
    try:
        load(_flat(entry), by, loaded)
    except _MISTAKES as error:
        words = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        raise FiguresError(f"{section} {_name(entry)}: {words}") from error


def _name(entry: Mapping[str, Any]) -> str:
    said = (entry.get(name) for name in ("key", "metric", "source", "year", "from"))
    return " ".join(str(one) for one in said if one is not None)


def _flat(entry: Mapping[str, Any]) -> Facts:
    """Texts by language as columns: ``name = {cs = "…"}`` is ``name_cs``; `correction` and lists stay as they are."""
    flat: Facts = {}
    for name, value in entry.items():
        if isinstance(value, dict) and name != "correction":
            if set(value) - set(LANGUAGES):
                raise FiguresError(f"{name}: languages are cs, pl and en")
            flat |= {f"{name}_{code}": words for code, words in value.items()}
        else:
            flat[name] = value
    return flat


def _source(entry: Facts, by: User | None, loaded: Loaded) -> None:
    row = SourceDocument.objects.filter(key=entry["key"]).first() or SourceDocument()
    loaded.note("source", _fill(row, entry, by))


def _metric(entry: Facts, by: User | None, loaded: Loaded) -> None:
    own = {
        name: value for name, value in entry.items() if name not in {"similar", "breaks", "numerator", "denominator"}
    }
    row = Metric.objects.filter(key=entry["key"]).first() or Metric()
    if "numerator" in entry:
        own |= {part: Metric.objects.get(key=entry[part]) for part in ("numerator", "denominator")}
    was = Metric.objects.filter(key=entry["key"], is_published=True).exists()
    loaded.note("metric", _fill(row, own, by))
    check_change(metric=row, was_key=row.key, was_published=was)
    for one in entry.get("breaks", ()):
        known = _flat(one)
        MetricBreak.objects.update_or_create(metric=row, year=known.pop("year"), defaults=known)


def _related(entry: Facts, _by: User | None, _loaded: Loaded) -> None:
    if similar := entry.get("similar"):
        row = Metric.objects.get(key=entry["key"])
        row.similar.add(*(Metric.objects.get(key=key) for key in similar))


def _fill(row: Model, values: Facts, by: User | None) -> str:
    """Set the columns; whether the row was added, changed or left."""
    before = stored_values(row)
    for name, value in values.items():
        row._meta.get_field(name)
        setattr(row, name, value)
    row.full_clean()
    row.save()
    told = note_edit(target=row, before=before, by=by or system_user())
    if not before:
        return "added"
    return "changed" if told else "left"


def _observation(entry: Facts, by: User | None, loaded: Loaded) -> None:
    reasons, values = entry.pop("correction", {}), _values(entry)
    row = _known(values)
    if row is None:
        add_observation(by=by, **values)
        loaded.note("observation", "added")
        return
    changes = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not changes:
        loaded.note("observation", "left")
    elif row.metric.is_published and set(changes) & set(FACT):
        correct_observation(observation=row, reasons=reasons, by=by, **changes)
        loaded.note("observation", "corrected")
    else:
        change_observation(observation=row, by=by, **changes)
        loaded.note("observation", "changed")


def _known(values: Facts) -> Observation | None:
    same = {name: values.get(name) for name in IDENTITY}
    where = {(f"{name}__isnull" if value is None else name): value is None or value for name, value in same.items()}
    return Observation.objects.select_related("metric").filter(**where).first()


def _values(entry: Facts) -> Facts:
    """Columns of an observation: keys looked up, the period from ``year`` or ``from`` and ``until``."""
    values = entry | _place(entry) | _period(entry) | _as_of(entry)
    for name in ("town", "district", "year", "from", "until", "as_of", "metric", "source"):
        values.pop(name, None)
    values["metric_id"] = Metric.objects.get(key=entry["metric"]).pk
    values["source_id"] = SourceDocument.objects.get(key=entry["source"]).pk
    values["value"] = Decimal(str(entry["value"])) if "value" in entry else None
    return values


def _place(entry: Facts) -> Facts:
    town = Town.objects.get(slug=entry["town"]).pk if "town" in entry else None
    if "district" not in entry:
        return {"town_id": town, "district_id": None}
    return {"town_id": None, "district_id": SecurityDistrict.objects.get(town=town, code=str(entry["district"])).pk}


def _period(entry: Facts) -> Facts:
    if "year" in entry:
        return {"period_from": date(entry["year"], 1, 1), "period_until": date(entry["year"], 12, 31)}
    return {"period_from": entry["from"], "period_until": entry.get("until")}


def _as_of(entry: Facts) -> Facts:
    """``as_of``: a day, or the two between which it lies."""
    if "as_of" not in entry:
        return {}
    days = entry["as_of"] if isinstance(entry["as_of"], list) else [entry["as_of"]] * 2
    return {"as_of_earliest": days[0], "as_of_latest": days[1]}


def _resolution(entry: Facts, by: User | None, loaded: Loaded) -> None:
    values = _values({**entry, "value": 0})
    row = _known(values)
    if row is None:
        raise FiguresError("there is no such value to prefer")
    about = {name: getattr(row, name) for name in SHARED}
    in_force = Resolution.objects.filter(ended_at__isnull=True, preferred=row, metric_id=about["metric_id"])
    if in_force.exists():
        loaded.note("resolution", "left")
        return
    notes = {code: entry.get(f"public_note_{code}", "") for code in LANGUAGES}
    resolve_conflict(preferred=row, reason=entry["reason"], public_notes=notes, by=by)
    loaded.note("resolution", "added")
