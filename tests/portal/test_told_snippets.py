"""Alerts and topics: every change in the editors' screens is told to the audit trail."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from portal.models import Alert, Topic
from region.models import AuditEvent, RegionProfile
from tests.factories.places import town

pytestmark = pytest.mark.django_db


def address(model: Any, view: str, *args: Any) -> str:
    return reverse(model.snippet_viewset.get_url_name(view), args=args)


def test_alert_is_told_with_its_towns(county: RegionProfile, administrator_client: Client) -> None:
    first, second = town(), town()
    form = {"severity": "danger", "title_en": "Flood", "since": "2026-03-01 10:00", "towns": [str(first.pk)]}
    assert administrator_client.post(address(Alert, "add"), form).status_code == 302
    added = AuditEvent.objects.get(action="alert.add")
    assert (added.target, added.after["title_en"], added.after["towns"]) == ("Flood", "Flood", [str(first.pk)])
    alert = Alert.objects.get()
    form["towns"] = [str(second.pk)]
    assert administrator_client.post(address(Alert, "edit", alert.pk), form).status_code == 302
    changed = AuditEvent.objects.get(action="alert.change")
    assert (changed.before, changed.after) == ({"towns": [str(first.pk)]}, {"towns": [str(second.pk)]})
    assert administrator_client.post(address(Alert, "delete", alert.pk)).status_code == 302
    assert AuditEvent.objects.get(action="alert.delete").before["title_en"] == "Flood"
    assert not Alert.objects.exists()


def test_topic_is_told(county: RegionProfile, administrator_client: Client) -> None:
    assert administrator_client.post(address(Topic, "add"), {"slug": "a", "name_en": "A"}).status_code == 302
    assert AuditEvent.objects.get().after == {"slug": "a", "name_cs": "", "name_en": "A", "name_pl": ""}


def test_topics_deleted_together_are_told_each(county: RegionProfile, administrator_client: Client) -> None:
    topics = [Topic.objects.create(slug=slug, name_en=slug) for slug in "ab"]
    query = "&".join(f"id={topic.pk}" for topic in topics)
    url = reverse("wagtail_bulk_action", args=["portal", "topic", "delete"])
    assert administrator_client.post(f"{url}?{query}").status_code == 302
    assert sorted(AuditEvent.objects.values_list("target", flat=True)) == ["a", "b"]
