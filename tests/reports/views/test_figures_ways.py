"""The analyst's way from a metric to a decision between two sources, without writing anything twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from portal.domain.register_groups import make_register_groups
from region.domain.access import sync_access
from reports.models import Metric, Observation, Resolution, SourceDocument
from tests.factories.figures import new_metric, new_source, observe, year
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

YEAR = {"period_from": "2024-01-01", "period_until": "2024-12-31"}
pytestmark = pytest.mark.usefixtures("site")


@pytest.fixture
def editors() -> Client:
    """The analyst's browser."""
    make_register_groups()
    user = with_role("analyst")
    sync_access(user=user)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(user)
    return client


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def offered(answer: Any) -> dict[str, str]:
    """Buttons beside what is said after saving."""
    found = BeautifulSoup(answer.content, "html.parser").select(".messages a")
    return {link.get_text(strip=True): str(link["href"]) for link in found}


def test_each_step_offers_the_next_with_what_is_known(editors: Client) -> None:
    metric, one, other = new_metric(key="calls"), new_source(key="one"), new_source(key="other")
    values = {"metric": metric.pk, **YEAR, "precision": "exact", "status": "final"}
    first = editors.post(address(Observation, "add"), {**values, "source": one.pk, "value": "7500"}, follow=True)
    known = editors.get(offered(first)["Add what another source says"]).context["form"].initial
    assert (known["metric"], known["period_from"], known["period_until"]) == (
        metric.pk,
        date(2024, 1, 1),
        date(2024, 12, 31),
    )
    assert known["source"] is None
    assert "Decide between the sources" not in offered(first)
    second = editors.post(address(Observation, "add"), {**values, "source": other.pk, "value": "7208"}, follow=True)
    deciding = editors.get(offered(second)["Decide between the sources"])
    assert deciding.context["form"].initial["preferred"] == Observation.objects.get(source=other).pk
    assert Resolution.objects.count() == 0


def test_new_metric_and_new_document_lead_to_a_value(editors: Client) -> None:
    document = {"title_en": "Answer", "short_en": "answer", "key": "answer", "issuer": "City", "language": "en"}
    answer = editors.post(address(SourceDocument, "add"), document, follow=True)
    shown = editors.get(offered(answer)["Add a value from it"])
    assert shown.context["form"].initial["source"] == SourceDocument.objects.get().pk
    metric = new_metric(key="calls")
    page = editors.get(address(Metric, "edit", metric.pk))
    ways = [str(link["href"]) for link in BeautifulSoup(page.content, "html.parser").select("a[href]")]
    assert f"{address(Observation, 'add')}?metric={metric.pk}" in ways
    assert f"{address(Observation, 'list')}?metric={metric.pk}" in ways


@pytest.mark.parametrize(
    "wrong", ["metric=x", "metric=7d1a2f0e-0000-4000-8000-000000000000", "period_from=x", "nothing=1"]
)
def test_what_the_address_tells_wrongly_is_left_out(editors: Client, wrong: str) -> None:
    shown = editors.get(f"{address(Observation, 'add')}?{wrong}")
    assert (shown.status_code, shown.context["form"].initial["metric"]) == (200, None)


def test_list_writes_values_and_periods_as_people_do(editors: Client, count_queries: QueryCounter) -> None:
    metric = new_metric(key="calls")
    counts = []
    for number in range(1, 4):
        observe(metric, new_source(key=f"s{number}"), 7500 + number, **year(2020 + number))
        editors.get(address(Observation, "list"))
        with count_queries() as queries:
            page = editors.get(address(Observation, "list"))
        counts.append(len(queries))
    text = BeautifulSoup(page.content, "html.parser").get_text(" ", strip=True)
    assert "7,503" in text
    assert "7503.000000" not in text
    assert counts[0] == counts[2]


def test_analyst_finds_the_screens_in_the_office(editors: Client) -> None:
    soup = BeautifulSoup(editors.get("/en/office/").content, "html.parser")
    found = {link.get_text(strip=True): link["href"] for link in soup.select(".nav .group a")}
    assert found["Values"] == address(Observation, "list")
    reader = Client()
    reader.force_login(with_role("auditor"))
    soup = BeautifulSoup(reader.get("/en/office/").content, "html.parser")
    assert [link["href"] for link in soup.select(".nav a") if str(link["href"]).startswith("/admin")] == []


def test_form_shows_the_value_without_the_zeros_of_its_column(editors: Client) -> None:
    metric = new_metric()
    shown = {}
    for value in (300, "12.5"):
        row = observe(metric, new_source(), value)
        edit = address(Observation, "edit", row.pk)
        shown[value] = (
            str(Observation.objects.get(pk=row.pk).value),
            str(editors.get(edit).context["form"]["value"].value()),
        )
    assert shown == {300: ("300.000000", "300"), "12.5": ("12.500000", "12.5")}
