"""Letters about one's account: through the outbox, in the language of whoever gets them, with plain headers."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import allauth
import pytest
from allauth.account.adapter import get_adapter
from allauth.core import context as current
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from django.urls import reverse

from region.account_letters import LETTERS, kind_of
from region.adapters import MESSAGES, AccountAdapter
from region.models import OutboxMessage
from tests.factories.accounts import new_user
from tests.factories.signing_in import CODE, confirm_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.test import Client, RequestFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
CONTEXT = {
    "code": "1234-5678",
    "from_email": "old@example.org",
    "to_email": "new@example.org",
    "deleted_email": "old@example.org",
    "provider": "Úřad",
}


@pytest.fixture
def adapter(rf: RequestFactory) -> Iterator[AccountAdapter]:
    with current.request_context(rf.get("/")):
        yield get_adapter()


@pytest.mark.parametrize("language", ["cs", "pl", "en"])
@pytest.mark.parametrize("prefix", sorted(LETTERS))
def test_letter_goes_to_the_outbox(adapter: AccountAdapter, prefix: str, language: str) -> None:
    person = new_user(language=language)
    adapter.send_mail(prefix, person.email, CONTEXT)
    letter = OutboxMessage.objects.get()
    assert (letter.to, letter.user, letter.kind) == (person.email, person, kind_of(prefix))
    assert letter.is_secret == bool(CODE.search(letter.body))
    assert "\n" not in letter.subject
    assert letter.subject.strip()
    assert "%(" not in letter.body
    assert "!" not in letter.subject + letter.body
    assert max(len(line) for line in letter.body.splitlines()) < 900


def test_letter_comes_in_the_language_of_whoever_gets_it(client: Client) -> None:
    person = new_user(email="pani@example.org", language="cs")
    confirm_address(person)
    client.post(reverse("account_request_login_code"), {"email": "PANI@example.org"})
    letter = OutboxMessage.objects.get()
    assert letter.user == person
    assert letter.is_secret
    assert re.search(r"\n    \d{4}-\d{4}\n", letter.body)


def test_address_that_is_being_added_belongs_to_its_person(adapter: AccountAdapter) -> None:
    person = new_user()
    person.emailaddress_set.create(email="new@example.org", verified=False)
    adapter.send_mail("account/email/email_confirmation", "new@example.org", CONTEXT)
    assert OutboxMessage.objects.get().user == person


def test_line_break_gets_into_no_header(adapter: AccountAdapter) -> None:
    with pytest.raises(ValidationError):
        adapter.send_mail("account/email/login_code", "a@example.org\nBcc: b@example.org", CONTEXT)
    assert not OutboxMessage.objects.exists()


def test_every_message_is_one_of_the_library() -> None:
    for name in MESSAGES:
        assert get_template(name)


def test_every_letter_of_the_library_is_ours() -> None:
    root = Path(allauth.__file__).parent / "templates"
    found = {str(path.relative_to(root)).removesuffix("_subject.txt") for path in root.glob("*/email/*_subject.txt")}
    # Links instead of codes, which are switched off.
    assert found - set(LETTERS) == {"account/email/password_reset_key"}
