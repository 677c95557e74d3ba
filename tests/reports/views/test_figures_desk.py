"""Figures in the editors' screens, when two write at once, send twice, or try what the domain does not allow."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.users.models import UserProfile

from portal.domain.register_groups import make_register_groups
from reports.asked import Asked
from reports.domain.figures import (
    change_observation,
    correct_observation,
    remove_observation,
    withdraw_observation,
)
from reports.domain.figures_conflicts import resolve_conflict
from reports.domain.figures_metrics import publish_metric
from reports.models import Correction, EventRegister, Metric, Observation, SourceDocument
from reports.queries.figures import figure_page
from tests.factories.event_registers import category, loaded, register, written
from tests.factories.figures import krakow_interventions, new_metric, new_source, observe, year
from tests.factories.roles import with_role
from tests.reports.views.test_figures_admin import address, form_of, metric_form

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from region.models import RegionProfile

pytestmark = pytest.mark.django_db
WHY = {"en": "A slip of ours."}


@pytest.fixture(autouse=True)
def _site(county: RegionProfile, settings: SettingsWrapper) -> None:
    """Groups of registers; second factors are a matter of other tests."""
    settings.SECOND_FACTOR_REQUIRED = False
    make_register_groups()


@pytest.fixture
def editors(client: Client) -> Client:
    """An analyst at the editors' screens."""
    found = with_role("analyst")
    UserProfile.objects.update_or_create(user=found, defaults={"preferred_language": "en"})
    client.force_login(found)
    return client


def opened(editors: Client, row: Any) -> dict[str, str]:
    """What the form of a record brings along when it is opened."""
    page: Any = editors.get(address(type(row), "edit", row.pk))
    return {"seen": page.context["form"].initial.get("seen", "")}


def test_a_form_opened_before_another_change_writes_nothing(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    url, seen = address(Observation, "edit", value.pk), opened(editors, value)
    assert editors.post(url, form_of(value, page="p. 2", **seen)).status_code == 302
    page: Any = editors.post(url, form_of(value, quote="other", **seen))
    assert page.status_code == 200
    assert "Somebody has changed this since you opened it" in page.content.decode()
    assert (Observation.objects.get(pk=value.pk).page, Observation.objects.get(pk=value.pk).quote) == ("p. 2", "")
    again = {"seen": page.context["form"]["seen"].value()}
    assert editors.post(url, form_of(value, quote="other", **again)).status_code == 302
    assert Observation.objects.get(pk=value.pk).quote == "other"


def test_a_metric_opened_before_another_change_is_not_written_over(editors: Client) -> None:
    metric = new_metric(key="one")
    url, seen = address(Metric, "edit", metric.pk), opened(editors, metric)
    form = metric_form(metric, is_published="on", **seen)
    assert editors.post(url, {**form, "limits_en": "Beware."}).status_code == 302
    page = editors.post(url, {**form, "method_en": "Counted."})
    assert "Somebody has changed this since you opened it" in page.content.decode()
    metric.refresh_from_db()
    assert (metric.limits_en, metric.method_en) == ("Beware.", "")


def test_a_correction_sent_twice_is_one(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    form = form_of(value, value="7501", reason_en="A slip of ours.")
    for _again in range(2):
        editors.post(address(Observation, "edit", value.pk), form)
    assert Correction.objects.count() == 1


def test_a_correction_that_cannot_be_withdrawn_at_once_is_not_half_published(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    resolve_conflict(preferred=value, reason="newer", public_notes=WHY, by=None)
    form = form_of(value, value="7501", withdraw="on", reason_en="A slip of ours.")
    page = editors.post(address(Observation, "edit", value.pk), form)
    assert "End that decision first" in page.content.decode()
    assert Observation.objects.get(pk=value.pk).value == 7500
    assert not Correction.objects.exists()


def test_a_value_is_not_born_withdrawn_or_corrected() -> None:
    for status in ("withdrawn", "corrected"):
        with pytest.raises(ValidationError, match="by an act of its own"):
            observe(new_metric(), new_source(), 5, status=status)


def test_a_withdrawn_part_of_a_year_that_is_corrected_is_a_part_again() -> None:
    part = {"status": "part", "as_of_earliest": date(2024, 6, 1), "as_of_latest": date(2024, 6, 1)}
    row = observe(new_metric(), new_source(), 5, **part)
    withdraw_observation(observation=row, reasons=WHY, by=None)
    correct_observation(observation=row, reasons=WHY, by=None, value=Decimal(6))
    assert Observation.objects.get().status == "part"


def test_a_correction_of_a_correction_keeps_all_three_values() -> None:
    row = krakow_interventions().values["page", 2023]
    for value in (7501, 7502):
        correct_observation(observation=row, reasons=WHY, by=None, value=Decimal(value))
    shown = figure_page("interventions-by-camera", Asked())
    assert shown is not None
    assert [(one.before, one.after) for one in shown.corrections] == [("7,501", "7,502"), ("7,500", "7,501")]


def test_a_published_quotient_has_published_parts() -> None:
    above, below = new_metric(is_published=False), new_metric()
    quotient = new_metric(numerator=above, denominator=below, is_published=False)
    with pytest.raises(ValidationError, match="calculated from"):
        publish_metric(metric=quotient, by=None)
    publish_metric(metric=above, by=None)
    assert publish_metric(metric=quotient, by=None).is_published


def test_a_part_of_a_published_quotient_stays_published(editors: Client) -> None:
    above, below = new_metric(key="above"), new_metric()
    new_metric(numerator=above, denominator=below, name_en="Cost of a point")
    page = editors.post(address(Metric, "edit", above.pk), metric_form(above))
    assert "Cost of a point" in page.content.decode()
    assert Metric.objects.get(pk=above.pk).is_published


def test_a_metric_with_values_does_not_become_a_quotient(editors: Client) -> None:
    metric, above, below = new_metric(), new_metric(), new_metric()
    observe(metric, new_source(), 5)
    form = metric_form(metric, is_published="on", numerator=str(above.pk), denominator=str(below.pk))
    page = editors.post(address(Metric, "edit", metric.pk), form)
    assert "has values of its own" in page.content.decode()
    nested = new_metric(numerator=above, denominator=below)
    plain = new_metric()
    form = metric_form(plain, is_published="on", numerator=str(nested.pk), denominator=str(below.pk))
    page = editors.post(address(Metric, "edit", plain.pk), form)
    assert "itself calculated" in page.content.decode()


@pytest.mark.references
def test_what_is_in_use_is_not_deleted(editors: Client) -> None:
    krakow = krakow_interventions()
    new_metric(numerator=krakow.metric, denominator=new_metric())
    for row in (krakow.metric, krakow.page):
        editors.post(address(type(row), "delete", row.pk))
        assert type(row).objects.filter(pk=row.pk).exists()
        bulk = reverse("wagtail_bulk_action", args=["reports", row._meta.model_name, "delete"])
        editors.post(f"{bulk}?id={row.pk}")
        assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.references
def test_the_file_of_a_source_is_not_deleted(client: Client) -> None:
    # A superuser of Wagtail, who keeps documents but no figures.
    keeper = with_role("editor")
    keeper.is_superuser = True
    keeper.save()
    client.force_login(keeper)
    file = Document.objects.create(title="Report", file=ContentFile(b"%PDF-1.4", name="report.pdf"))
    new_source(document=file, sha256="0" * 64)
    bulk = f"{reverse('wagtail_bulk_action', args=['wagtaildocs', 'document', 'delete'])}?id={file.pk}"
    for url in (reverse("wagtaildocs:delete", args=[file.pk]), bulk):
        assert client.post(url).status_code in {200, 302}
        assert Document.objects.filter(pk=file.pk).exists()


def test_a_register_with_events_keeps_its_key_and_is_not_deleted(editors: Client, tmp_path: Path) -> None:
    into = register(key="tows", category=category("tow"))
    loaded(written(tmp_path, "datum\n1.7.2013\n"), into)
    form = {name: getattr(into, name) for name in ("name_en", "issuer", "order")}
    form |= {"key": "other", "town": "", "category": str(into.category_id)}
    page = editors.post(address(EventRegister, "edit", into.pk), form)
    assert "keeps its key" in page.content.decode()
    into.refresh_from_db()
    assert into.key == "tows"


def test_an_unpublished_value_may_change_its_status_only_by_acts() -> None:
    row = observe(new_metric(is_published=False), new_source(), 5, **year(2023))
    with pytest.raises(ValidationError, match="by an act of its own"):
        change_observation(observation=row, by=None, status="withdrawn")


def test_sources_say_a_thing_once() -> None:
    row = observe(new_metric(), new_source(), 5)
    with pytest.raises(ValidationError, match="already"):
        observe(row.metric, row.source, 6)
    assert SourceDocument.objects.count() == 1


def test_a_published_value_does_not_vanish_with_its_import() -> None:
    row = observe(new_metric(), new_source(), 5)
    with pytest.raises(ValidationError, match="Withdraw it"):
        remove_observation(observation=row, by=None, why="undo")
    Metric.objects.update(is_published=False)
    remove_observation(observation=row, by=None, why="undo")
    assert not Observation.objects.exists()
