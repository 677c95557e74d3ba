"""Inviting from the shell, and the page of roles."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from region.models import Invitation, OutboxMessage, User
from region.role_page import roles_page
from region.rules import can
from tests.factories.places import town as new_town
from tests.factories.roles import new_organisation


def invited(*args: str, **options: Any) -> str:
    """Path of the link that the command prints."""
    out = StringIO()
    call_command("invite", *args, stdout=out, **options)
    return "/" + out.getvalue().strip().split("/", 3)[3]


@pytest.mark.django_db
def test_first_administrator_comes_in_by_the_printed_link(client: Client) -> None:
    assert client.get(invited("administrator", "ada@example.org")).status_code == 302
    client.post("/en/account/invitation/", {"first_name": "Ada", "last_name": "Nová", "way": "code"})
    ada = User.objects.get(email="ada@example.org")
    assert (can(ada, "region.manage_people"), ada.is_superuser) == (True, True)
    assert OutboxMessage.objects.filter(to="ada@example.org", is_secret=True).count() == 1


@pytest.mark.django_db
def test_somebody_is_invited_to_an_organisation_or_a_town() -> None:
    organisation, town = new_organisation(), new_town()
    link = invited("signatory", "a@example.org", organisation=organisation.register_number, language="cs")
    assert link.startswith("/cs/account/invitation/")
    invited("town_editor", "b@example.org", town=town.code)
    found = Invitation.objects.order_by("email")
    assert [(one.organisation, one.town) for one in found] == [(organisation, None), (None, town)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"args": ("signatory", "a@example.org")},
        {"args": ("analyst", "nobody")},
        {"args": ("signatory", "a@example.org"), "organisation": "1"},
        {"args": ("town_editor", "a@example.org"), "town": "1"},
    ],
)
def test_what_is_wrong_is_said(wrong: dict[str, Any]) -> None:
    with pytest.raises(CommandError):
        invited(*wrong.pop("args"), **wrong)
    assert not Invitation.objects.exists()


def test_createsuperuser_says_what_to_do_instead() -> None:
    with pytest.raises(CommandError, match="manage invite administrator"):
        call_command("createsuperuser", "--noinput".lstrip("-"))


def test_page_of_roles_is_written(tmp_path: Path) -> None:
    call_command("roles_page", to=tmp_path / "roles.md")
    assert (tmp_path / "roles.md").read_text(encoding="utf-8") == roles_page()
