"""The editors' screens speak the language of whoever works there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wagtail.users.models import UserProfile

if TYPE_CHECKING:
    from django.test import Client

    from portal.domain.site import Pages
    from region.models import User


def _language(client: Client) -> str:
    page = client.get("/admin/", headers={"accept-language": "en"}).content.decode()
    return page.partition('<html lang="')[2][:2]


def test_screens_speak_the_language_of_the_account(site: Pages, editor: User, editor_client: Client) -> None:
    for language in ("cs", "pl", "en"):
        editor.language = language
        editor.save()
        assert _language(editor_client) == language


def test_language_chosen_among_the_screens_wins(site: Pages, editor: User, editor_client: Client) -> None:
    editor.language = "cs"
    editor.save()
    UserProfile.objects.update_or_create(user=editor, defaults={"preferred_language": "pl"})
    assert _language(editor_client) == "pl"


def test_stranger_is_sent_to_sign_in_as_before(client: Client, db: None) -> None:
    assert client.get("/admin/", headers={"accept-language": "en"}).status_code == 302
