"""Rights in the editors' screens follow roles at the door."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from region.models import RoleGrant, User
from tests.factories.accounts import new_user

if TYPE_CHECKING:
    from django.test import Client

    from portal.domain.site import Pages
    from tests.conftest import QueryCounter


def test_editor_whose_role_ended_by_date_is_out_the_same_second(
    site: Pages, editor: User, editor_client: Client
) -> None:
    assert editor_client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(user=editor).update(
        valid_from=timezone.now() - timedelta(days=1), valid_until=timezone.now()
    )
    assert editor_client.get("/admin/").status_code == 403
    assert not editor.groups.exists()


def test_administrator_whose_role_ended_by_date_is_superuser_no_more(
    site: Pages, administrator: User, administrator_client: Client
) -> None:
    assert administrator_client.get("/admin/").status_code == 200
    RoleGrant.objects.filter(user=administrator).update(
        valid_from=timezone.now() - timedelta(days=1), valid_until=timezone.now()
    )
    assert administrator_client.get("/admin/").status_code == 403
    administrator.refresh_from_db()
    assert not administrator.is_superuser


def test_role_that_begins_by_date_works_at_the_door(site: Pages, client: Client) -> None:
    user = new_user()
    RoleGrant.objects.create(user=user, role="administrator", valid_from=timezone.now() - timedelta(seconds=1))
    client.force_login(user)
    assert client.get("/admin/").status_code == 200


def test_anonymous_reader_is_sent_to_sign_in(site: Pages, client: Client) -> None:
    assert client.get("/admin/").status_code == 302


@pytest.mark.django_db
def test_public_pages_are_asked_nothing(site: Pages, client: Client, count_queries: QueryCounter) -> None:
    client.get("/cs/")
    with count_queries() as queries:
        client.get("/cs/")
    assert not [query for query in queries if "rolegrant" in query["sql"]]
