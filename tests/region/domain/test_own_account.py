"""Changing one's own name and language of letters."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from region.domain.own_account import change_details
from region.models import AuditEvent
from tests.factories.accounts import new_user

pytestmark = pytest.mark.django_db


def test_details_are_changed_and_noted_once() -> None:
    person = new_user(first_name="Jana", language="cs")
    wanted = {"first_name": " Hana ", "last_name": "Nová", "language": "pl"}
    changed = change_details(user=person, by=person, **wanted)
    assert (changed.first_name, changed.last_name, changed.language) == ("Hana", "Nová", "pl")
    change_details(user=changed, by=changed, **wanted)
    (event,) = AuditEvent.objects.filter(action="user.change_details")
    assert event.actor_id == str(person.pk)
    assert "Hana" not in str(event.after)


def test_nobody_changes_somebody_else() -> None:
    with pytest.raises(PermissionDenied):
        change_details(user=new_user(), by=new_user(), first_name="X", last_name="", language="cs")


@pytest.mark.parametrize(
    "name", ["Visit https://bad.example", "jana@bad.example", "<b>Jana</b>", "=HYPERLINK(1)", "Jana\u202eanaJ", "J\x07"]
)
def test_what_no_name_holds_is_refused(name: str) -> None:
    """Names stand in letters to others, who would follow an address in them."""
    person = new_user(first_name="Jana")
    with pytest.raises(ValidationError) as refused:
        change_details(user=person, by=person, first_name=name, last_name="Nová", language="cs")
    assert list(refused.value.message_dict) == ["first_name"]


def test_name_stands_on_one_line() -> None:
    person = new_user()
    changed = change_details(
        user=person, by=person, first_name="Anna\r\n\r\nMaria", last_name="O'Neil-Nová", language="cs"
    )
    assert str(changed) == "Anna Maria O'Neil-Nová"


@pytest.mark.parametrize("wrong", [{"language": "xx"}, {"first_name": "x" * 151}])
def test_what_is_no_name_or_language_is_refused(wrong: dict[str, str]) -> None:
    person = new_user()
    with pytest.raises(ValidationError):
        change_details(user=person, by=person, **{"first_name": "", "last_name": "", "language": "cs", **wrong})
    assert not AuditEvent.objects.exists()
