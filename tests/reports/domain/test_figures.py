"""Writing values: what may change silently, what is a correction, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from region.models import AuditEvent
from region.parts import Link
from reports.domain import figures_metrics
from reports.domain.figures import (
    add_observation,
    change_observation,
    correct_month,
    correct_observation,
    remove_observation,
    withdraw_observation,
)
from reports.domain.figures_conflicts import end_resolution, resolve_conflict
from reports.domain.figures_metrics import check_change, check_unused, publish_metric, register_uses
from reports.models import Correction, Metric, Observation, ObservationRevision, Resolution
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year
from tests.factories.places import district, town
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
SQL = {
    Correction: "UPDATE reports_correction SET at = at",
    ObservationRevision: "UPDATE reports_observationrevision SET at = at",
}
WHY = {"en": "A slip of ours."}


def test_a_value_is_added_with_its_history_and_audit() -> None:
    analyst = with_role("analyst")
    known: dict[str, Any] = {"metric": new_metric(), "source": new_source(), "value": Decimal(7500), **year(2023)}
    made = add_observation(by=analyst, why="From the page", **known)
    kept = ObservationRevision.objects.get(observation_id=made.pk)
    assert (kept.act, kept.by, kept.why, kept.state["value"]) == ("add", analyst, "From the page", "7500")
    event = AuditEvent.objects.get(action="observation.add")
    assert (event.target_id, event.after["value"], event.actor_id) == (str(made.pk), "7500", str(analyst.pk))


@pytest.mark.parametrize("code", ["editor", "coordinator", "camera_registrar", "administrator", "auditor"])
def test_others_write_nothing(code: str) -> None:
    krakow, other = krakow_interventions(), with_role(code)
    of_2020: dict[str, Any] = year(2020)
    value = krakow.values["page", 2023]
    for act in (
        lambda: add_observation(by=other, metric=krakow.metric, source=krakow.page, value=1, **of_2020),
        lambda: change_observation(observation=value, by=other, page="1"),
        lambda: correct_observation(observation=value, reasons=WHY, by=other, value=Decimal(1)),
        lambda: withdraw_observation(observation=value, reasons=WHY, by=other),
        lambda: remove_observation(observation=value, by=other, why="x"),
        lambda: resolve_conflict(preferred=value, reason="x", public_notes=WHY, by=other),
        lambda: publish_metric(metric=krakow.metric, by=other),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_a_second_source_never_overwrites_and_the_same_one_is_refused() -> None:
    krakow = krakow_interventions()
    with pytest.raises(ValidationError):
        observe(krakow.metric, krakow.page, 1, **year(2023))
    observe(krakow.metric, new_source(), 1, **year(2023))
    assert Observation.objects.filter(period_from=date(2023, 1, 1)).count() == 3


@pytest.mark.parametrize("place", ["region", "town", "district"])
@pytest.mark.parametrize("until", [date(2024, 12, 31), None])
def test_the_database_keeps_one_value_of_a_source(place: str, until: date | None) -> None:
    places: dict[str, dict[str, Any]] = {
        "region": {},
        "town": {"town": town()},
        "district": {"district": district()},
    }
    known: dict[str, Any] = {
        "metric": new_metric(),
        "source": new_source(),
        "period_from": date(2024, 1, 1),
        "period_until": until,
        "as_of_earliest": date(2024, 6, 1),
        "as_of_latest": date(2024, 6, 1),
        "value": 1,
        **places[place],
    }
    Observation.objects.create(**known)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(**known)


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None},
        {"value": 1, "missing": "unknown"},
        {"period_until": None},
        {"status": "part"},
        {"period_until": date(2023, 12, 30)},
        {"as_of_earliest": date(2024, 2, 2), "as_of_latest": date(2024, 2, 1)},
        {"as_of_earliest": date(2024, 2, 2)},
        {"missing": "nonsense", "value": None},
        {"status": "nonsense"},
        {"precision": "nonsense"},
    ],
)
def test_contradictions_are_refused_by_form_and_database(wrong: dict[str, object]) -> None:
    known: dict[str, Any] = {"metric": new_metric(), "source": new_source(), "value": 1, **year(2024), **wrong}
    with pytest.raises(ValidationError):
        add_observation(by=None, **known)
    with pytest.raises(IntegrityError), transaction.atomic():
        Observation.objects.create(**known)


def test_a_published_value_is_not_changed_silently() -> None:
    value = krakow_interventions().values["page", 2023]
    with pytest.raises(ValidationError, match="published"):
        change_observation(observation=value, by=None, value=Decimal(1))
    value.refresh_from_db()
    assert value.value == 7500


def test_an_unpublished_value_changes_and_what_stands_beside_always_may() -> None:
    metric = new_metric(is_published=False)
    value = observe(metric, new_source(), 5)
    assert change_observation(observation=value, by=None, value=Decimal(6)).value == 6
    metric.is_published = True
    metric.save()
    assert change_observation(observation=value, by=None, page="p. 3").page == "p. 3"
    assert [one.act for one in ObservationRevision.objects.all()] == ["add", "change", "change"]
    change_observation(observation=value, by=None, page="p. 3")
    assert ObservationRevision.objects.count() == 3


def test_a_value_stays_where_it_is() -> None:
    value = krakow_interventions().values["page", 2023]
    with pytest.raises(ValidationError, match="stays"):
        change_observation(observation=value, by=None, period_from=date(2022, 1, 1))


def test_a_correction_keeps_both_values_and_the_reason() -> None:
    value, analyst = krakow_interventions().values["page", 2023], with_role("analyst")
    made = correct_observation(observation=value, reasons=WHY, by=analyst, value=Decimal(7501))
    value.refresh_from_db()
    assert (value.value, value.status) == (Decimal(7501), "corrected")
    assert (made.before["value"], made.after["value"], made.reason) == ("7500", "7501", "A slip of ours.")
    assert AuditEvent.objects.filter(action="observation.correct").count() == 1


def test_a_corrected_part_of_a_year_stays_a_part() -> None:
    value = krakow_interventions().values["answer", 2025]
    correct_observation(observation=value, reasons=WHY, by=None, value=Decimal(8957))
    value.refresh_from_db()
    assert value.status == "part"


@pytest.mark.parametrize("reasons", [{}, {"en": "  "}])
def test_no_correction_without_a_reason(reasons: dict[str, str]) -> None:
    value = krakow_interventions().values["page", 2023]
    with pytest.raises(ValidationError, match="why"):
        correct_observation(observation=value, reasons=reasons, by=None, value=Decimal(7501))
    value.refresh_from_db()
    assert value.value == 7500
    with pytest.raises(ValidationError, match="nothing to correct"):
        correct_observation(observation=value, reasons=WHY, by=None, value=Decimal(7500))


def test_a_month_of_a_register_is_corrected_too() -> None:
    made = correct_month(
        register="interventions",
        month=date(2024, 3, 1),
        before={"value": "10"},
        after={"value": "12"},
        reasons=WHY,
        by=None,
    )
    assert (made.register, made.observation) == ("interventions", None)


@pytest.mark.parametrize("kind", [Correction, ObservationRevision])
def test_corrections_and_history_are_kept(kind: type[Correction | ObservationRevision]) -> None:
    value = krakow_interventions().values["page", 2023]
    correct_observation(observation=value, reasons=WHY, by=None, value=Decimal(7501))
    one = kind.objects.first()
    assert one is not None
    for act in (one.save, one.delete, kind.objects.all().delete, lambda: kind.objects.update(at=one.at)):
        with pytest.raises(TypeError, match="append-only"):
            act()
    with pytest.raises(DatabaseError, match="kept"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(SQL[kind])


def test_a_withdrawn_value_is_withdrawn_once() -> None:
    value = krakow_interventions().values["page", 2023]
    made = withdraw_observation(observation=value, reasons=WHY, by=None)
    assert (made.before["status"], made.after["status"]) == ("final", "withdrawn")
    with pytest.raises(ValidationError, match="already"):
        withdraw_observation(observation=value, reasons=WHY, by=None)
    with pytest.raises(ValidationError, match="withdrawn"):
        resolve_conflict(preferred=value, reason="x", public_notes=WHY, by=None)


def test_an_undone_import_leaves_the_history() -> None:
    krakow = krakow_interventions()
    value = krakow.values["page", 2023]
    Metric.objects.update(is_published=False)
    remove_observation(observation=value, by=None, why="import undone")
    assert [one.act for one in ObservationRevision.objects.filter(observation_id=value.pk)] == ["add", "remove"]
    corrected = krakow.values["page", 2024]
    correct_observation(observation=corrected, reasons=WHY, by=None, value=Decimal(1))
    with pytest.raises(ProtectedError):
        remove_observation(observation=corrected, by=None, why="import undone")


def test_a_calculated_figure_has_no_values_of_its_own() -> None:
    metric = new_metric(numerator=new_metric(), denominator=new_metric())
    with pytest.raises(ValidationError, match="calculated"):
        observe(metric, new_source(), 1)


def test_one_decision_is_in_force_and_earlier_ones_stay() -> None:
    krakow, analyst = krakow_interventions(), with_role("analyst")
    first = resolve_conflict(preferred=krakow.values["page", 2024], reason="a", public_notes=WHY, by=analyst)
    second = resolve_conflict(preferred=krakow.values["answer", 2024], reason="b", public_notes=WHY, by=analyst)
    first.refresh_from_db()
    assert (first.ended_by, second.ended_at) == (analyst, None)
    assert Resolution.objects.count() == 2
    ended = end_resolution(resolution=second, by=analyst)
    assert end_resolution(resolution=ended, by=analyst).ended_at == ended.ended_at
    assert AuditEvent.objects.filter(action="resolution.end").count() == 2


def test_the_database_knows_one_decision_in_force() -> None:
    krakow = krakow_interventions()
    made = resolve_conflict(preferred=krakow.values["page", 2024], reason="a", public_notes=WHY, by=None)
    made.pk, made._state.adding = None, True
    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_nothing_is_decided_without_conflict_or_reason() -> None:
    krakow = krakow_interventions()
    with pytest.raises(ValidationError, match="Only one source"):
        resolve_conflict(preferred=krakow.values["answer", 2025], reason="x", public_notes=WHY, by=None)
    for reason, notes in (("", WHY), ("x", {"en": " "})):
        with pytest.raises(ValidationError, match="why"):
            resolve_conflict(preferred=krakow.values["answer", 2024], reason=reason, public_notes=notes, by=None)


def test_a_preferred_value_is_not_withdrawn() -> None:
    value = krakow_interventions().values["page", 2024]
    made = resolve_conflict(preferred=value, reason="x", public_notes=WHY, by=None)
    with pytest.raises(ValidationError, match="preferred"):
        withdraw_observation(observation=value, reasons=WHY, by=None)
    end_resolution(resolution=made, by=None)
    withdraw_observation(observation=value, reasons=WHY, by=None)


def test_a_metric_is_published_once_it_says_what_it_counts() -> None:
    metric = new_metric(is_published=False, definition_en="")
    with pytest.raises(ValidationError, match="what the figure counts"):
        publish_metric(metric=metric, by=with_role("analyst"))
    Metric.objects.filter(pk=metric.pk).update(definition_cs="Zásahy")
    assert publish_metric(metric=metric, by=None).is_published
    assert publish_metric(metric=metric, by=None).is_published
    assert AuditEvent.objects.filter(action="metric.publish").count() == 1


def test_a_figure_in_use_is_neither_hidden_nor_renamed(monkeypatch: pytest.MonkeyPatch) -> None:
    metric = new_metric(key="used")
    monkeypatch.setattr(figures_metrics, "_uses", [])
    register_uses(lambda key: [Link("Page of cameras", "/cameras/")] if key == "used" else [])
    with pytest.raises(ValidationError, match="Page of cameras"):
        check_unused(metric=metric)
    metric.is_published = False
    with pytest.raises(ValidationError, match="Page of cameras"):
        check_change(metric=metric, was_key="used", was_published=True)
    metric.is_published, metric.key = True, "renamed"
    with pytest.raises(ValidationError, match="Page of cameras"):
        check_change(metric=metric, was_key="used", was_published=True)
    metric.key = "used"
    check_change(metric=metric, was_key="used", was_published=True)
