"""Analysts keep figures in the editors' screens; every change goes through the domain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.domain.register_groups import REGISTER_GROUPS, RegisterGroup, make_register_groups
from region.domain.access import sync_access
from region.models import AuditEvent
from region.roles import ROLES
from reports.domain.figures_conflicts import resolve_conflict
from reports.models import Correction, Metric, Observation, ObservationRevision, Resolution, SourceDocument
from tests.factories import trees
from tests.factories.figures import Krakow, krakow_interventions, new_metric, new_source, observe
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from region.models import RegionProfile, User

pytestmark = [
    pytest.mark.django_db,
    # Wagtail's spreadsheets leave a temporary file to the garbage collector.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
MODELS = (Metric, SourceDocument, Observation, Resolution)


@pytest.fixture(autouse=True)
def _site(county: RegionProfile, settings: SettingsWrapper) -> None:
    """Groups of registers; second factors are a matter of other tests."""
    settings.SECOND_FACTOR_REQUIRED = False
    make_register_groups()


@pytest.fixture
def analyst() -> User:
    """Somebody who keeps figures."""
    found = with_role("analyst")
    UserProfile.objects.update_or_create(user=found, defaults={"preferred_language": "en"})
    return found


@pytest.fixture
def editors(analyst: User, client: Client) -> Client:
    """The same, signed in."""
    client.force_login(analyst)
    return client


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def form_of(row: Observation, /, **changes: Any) -> dict[str, Any]:
    """What the form of a value sends."""
    names = ("value", "missing", "precision", "status", "page", "quote", "note_cs", "note_pl", "note_en")
    known = {name: getattr(row, name) for name in names}
    days = ("period_from", "period_until", "as_of_earliest", "as_of_latest")
    known |= {name: getattr(row, name) or "" for name in days}
    known |= {"metric": str(row.metric_id), "source": str(row.source_id), "town": "", "district": ""}
    return {**known, **changes}


def test_lists_and_forms_open(editors: Client) -> None:
    krakow = krakow_interventions()
    made = resolve_conflict(preferred=krakow.values["page", 2024], reason="x", public_notes={"en": "x"}, by=None)
    for model, row in ((Metric, krakow.metric), (SourceDocument, krakow.page), (Resolution, made)):
        assert editors.get(address(model, "list")).status_code == 200
        assert editors.get(address(model, "add")).status_code == 200
        assert editors.get(address(model, "edit", row.pk)).status_code == 200
    assert editors.get(address(Observation, "list") + "?status=final").status_code == 200
    assert editors.get(address(Observation, "edit", krakow.values["page", 2023].pk)).status_code == 200


def test_a_value_is_added_by_the_domain(editors: Client, analyst: User) -> None:
    metric, source = new_metric(), new_source()
    row = Observation(metric=metric, source=source)
    form = form_of(row, value="7500.5", period_from="2023-01-01", period_until="2023-12-31")
    assert editors.post(address(Observation, "add"), form).status_code == 302
    assert ObservationRevision.objects.get().by == analyst
    assert AuditEvent.objects.filter(action="observation.add").count() == 1


def test_what_the_domain_refuses_is_said_in_the_form(editors: Client) -> None:
    krakow = krakow_interventions()
    form = form_of(krakow.values["page", 2023])
    page = editors.post(address(Observation, "add"), form)
    assert page.status_code == 200
    assert "has a value for this area and period already" in page.content.decode()
    calculated = new_metric(numerator=new_metric(), denominator=new_metric())
    page = editors.post(address(Observation, "add"), {**form, "metric": str(calculated.pk)})
    assert "calculated by us" in page.content.decode()


def test_a_published_value_is_corrected_with_a_reason_only(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    page = editors.post(address(Observation, "edit", value.pk), form_of(value, value="7501"))
    assert page.status_code == 200
    assert "Say why it is wrong" in page.content.decode()
    assert Observation.objects.get(pk=value.pk).value == 7500
    form = form_of(value, value="7501", reason_en="A slip of ours.")
    assert editors.post(address(Observation, "edit", value.pk), form).status_code == 302
    assert Correction.objects.get().reason == "A slip of ours."
    assert Observation.objects.get(pk=value.pk).status == "corrected"


def test_what_stands_beside_needs_no_reason(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    assert editors.post(address(Observation, "edit", value.pk), form_of(value, page="p. 2")).status_code == 302
    assert Observation.objects.get(pk=value.pk).page == "p. 2"
    assert not Correction.objects.exists()


def test_a_value_is_not_moved_nor_withdrawn_by_its_status(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    page = editors.post(address(Observation, "edit", value.pk), form_of(value, period_from="2022-01-01"))
    assert "Withdraw it and add another one" in page.content.decode()
    page = editors.post(address(Observation, "edit", value.pk), form_of(value, status="withdrawn"))
    assert "by an act of its own" in page.content.decode()
    assert Observation.objects.get(pk=value.pk).status == "final"


def test_a_value_is_withdrawn(editors: Client) -> None:
    value = krakow_interventions().values["page", 2023]
    url = address(Observation, "edit", value.pk)
    assert editors.post(url, form_of(value, withdraw="on")).status_code == 200
    assert editors.post(url, form_of(value, withdraw="on", reason_cs="Není naše.")).status_code == 302
    assert Observation.objects.get(pk=value.pk).status == "withdrawn"


def test_decisions_are_made_and_ended(editors: Client, analyst: User) -> None:
    krakow = krakow_interventions()
    form = {"preferred": str(krakow.values["page", 2024].pk), "reason": "Newer", "public_note_en": "Newer."}
    assert editors.post(address(Resolution, "add"), form).status_code == 302
    made = Resolution.objects.get()
    assert (made.made_by, made.ended_at) == (analyst, None)
    url = address(Resolution, "edit", made.pk)
    page = editors.post(url, {**form, "reason": "Other"})
    assert "A decision is not changed" in page.content.decode()
    kept = {**form, "public_note_cs": "", "public_note_pl": ""}
    assert editors.post(url, kept).status_code == 302
    assert Resolution.objects.get().ended_at is None
    assert editors.post(url, {**kept, "end": "on"}).status_code == 302
    assert Resolution.objects.get().ended_by == analyst


def metric_form(metric: Metric, **changes: Any) -> dict[str, Any]:
    """What the form of a metric sends."""
    names = [field.name for field in Metric._meta.concrete_fields if field.name not in {"id", "is_published"}]
    known = {name: getattr(metric, name) if getattr(metric, name) is not None else "" for name in names}
    rows = {"breaks-TOTAL_FORMS": 0, "breaks-INITIAL_FORMS": 0, "breaks-MIN_NUM_FORMS": 0, "breaks-MAX_NUM_FORMS": 1000}
    return {**known, **rows, **changes}


def test_a_metric_is_told_to_the_audit_trail(editors: Client) -> None:
    metric = new_metric(key="one")
    form = metric_form(metric, limits_en="Beware.", is_published="on")
    assert editors.post(address(Metric, "edit", metric.pk), form).status_code == 302
    assert AuditEvent.objects.get(action="metric.change").after == {"limits_en": "Beware."}


def test_a_metric_on_a_page_is_not_hidden_renamed_or_deleted(editors: Client) -> None:
    metric = new_metric(key="one")
    trees.news(trees.trees("cs")["cs"], title="Zpráva", body=[("figure", {"figure": "one"})])
    for form in (metric_form(metric), metric_form(metric, key="two", is_published="on")):
        page = editors.post(address(Metric, "edit", metric.pk), form)
        assert "This figure stands on pages: Zpráva" in page.content.decode()
    page = editors.post(address(Metric, "delete", metric.pk), follow=True)
    assert "This figure stands on pages: Zpráva" in page.content.decode()
    bulk = reverse("wagtail_bulk_action", args=["reports", "metric", "delete"])
    editors.post(f"{bulk}?id={metric.pk}")
    metric.refresh_from_db()
    assert (metric.key, metric.is_published) == ("one", True)
    assert not AuditEvent.objects.filter(action="metric.delete").exists()


def test_a_metric_that_stands_nowhere_is_deleted(editors: Client) -> None:
    metric = new_metric()
    assert editors.post(address(Metric, "delete", metric.pk)).status_code == 302
    assert not Metric.objects.exists()
    assert AuditEvent.objects.filter(action="metric.delete").count() == 1


def test_history_tells_each_column(editors: Client) -> None:
    krakow = krakow_interventions()
    value = krakow.values["page", 2023]
    editors.post(address(Observation, "edit", value.pk), form_of(value, value="7501", reason_en="A slip of ours."))
    page = editors.get(address(Metric, "values", krakow.metric.pk)).content.decode()
    assert "<del>7,500</del> → 7,501" in page
    assert "A slip of ours." in page
    assert (
        address(Metric, "values", krakow.metric.pk)
        in editors.get(address(Metric, "edit", krakow.metric.pk)).content.decode()
    )


def test_files_are_given_to_those_who_may_and_hold_no_formula(editors: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    observe(new_metric(key="one"), new_source(), 5, quote="=HYPERLINK(1)")
    url = address(Observation, "list")
    rows = b"".join(editors.get(f"{url}?export=csv").streaming_content).decode()
    assert "'=HYPERLINK(1)" in rows
    assert editors.get(f"{url}?export=xlsx").status_code == 200
    monkeypatch.setattr("reports.views.figures_admin.EXPORT", "reports.nobody")
    assert editors.get(f"{url}?export=csv").status_code == 302
    assert "export=csv" not in editors.get(url).content.decode()


@pytest.mark.parametrize("code", sorted(ROLES))
def test_groups_follow_roles(code: str) -> None:
    person = with_role(code)
    sync_access(user=person)
    wanted = {group.name for role, group in REGISTER_GROUPS.items() if role == code}
    ours = {group.name for group in REGISTER_GROUPS.values()}
    assert set(person.groups.values_list("name", flat=True)) & ours == wanted


@pytest.mark.parametrize("group", REGISTER_GROUPS.values(), ids=lambda group: group.name)
def test_groups_hold_their_registers_only(group: RegisterGroup) -> None:
    codes = set(Group.objects.get(name=group.name).permissions.values_list("content_type__app_label", "codename"))
    acts = {(model, act) for model in (*group.kept, *group.passing) for act in ("add", "change", "view")}
    acts |= {(model, "delete") for model in group.passing}
    own = {("reports", f"{act}_{model._meta.model_name}") for model, act in acts}
    assert codes == own | {("wagtailadmin", "access_admin")}
    assert not {Observation, Resolution} & set(group.passing)


@pytest.mark.parametrize("code", ["administrator", "camera_registrar", "editor", "coordinator", "auditor"])
def test_others_do_not_open_figures(code: str, client: Client) -> None:
    krakow: Krakow = krakow_interventions()
    client.force_login(with_role(code))
    value = krakow.values["page", 2023]
    for model, row in ((Metric, krakow.metric), (SourceDocument, krakow.page), (Observation, value)):
        for url in (address(model, "list"), address(model, "add"), address(model, "edit", row.pk)):
            assert client.get(url).status_code in {302, 403}
        assert client.post(address(model, "delete", row.pk)).status_code in {302, 403}
    bulk = reverse("wagtail_bulk_action", args=["reports", "metric", "delete"])
    client.post(f"{bulk}?id={krakow.metric.pk}")
    assert Metric.objects.count() == 1
    assert Observation.objects.count() == 5
