"""Messages on their way, as administrators see them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from region.enums import MailStatus
from region.models import OutboxMessage, RegionProfile, User


def address(view: str, *args: Any) -> str:
    """Address of a screen of the messages."""
    return reverse(OutboxMessage.snippet_viewset.get_url_name(view), args=args)


@pytest.fixture
def failed(county: RegionProfile) -> OutboxMessage:
    """A message that could not be sent."""
    return OutboxMessage.objects.create(
        to="jana@example.org",
        subject="Lampa",
        body="Nesvítí.",
        status=MailStatus.FAILED,
        last_error="SMTPDataError 554",
    )


def test_failed_message_is_seen_by_administrators_without_its_text(
    failed: OutboxMessage, administrator_client: Client
) -> None:
    page = administrator_client.get(address("list")).content.decode()
    assert [text in page for text in ("jana@example.org", "SMTPDataError 554", "Nesvítí.")] == [True, True, False]


def test_message_can_be_neither_added_nor_changed_nor_deleted(
    failed: OutboxMessage, administrator_client: Client
) -> None:
    for screen in (address("add"), address("edit", failed.pk), address("delete", failed.pk)):
        administrator_client.post(screen, {"subject": "Jiné"})
    bulk = reverse("wagtail_bulk_action", args=("region", "outboxmessage", "delete"))
    administrator_client.post(f"{bulk}?id={failed.pk}")
    assert list(OutboxMessage.objects.values_list("subject", flat=True)) == ["Lampa"]


def test_messages_are_hidden_from_those_who_may_not_see_them(failed: OutboxMessage, client: Client) -> None:
    client.force_login(User.objects.create_user("editor@example.org", is_staff=True))
    assert client.get(address("list")).status_code == 302
