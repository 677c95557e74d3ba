"""Who holds which role now: asked once, forgotten together."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject

from region.queries.roles import active_grants, forget_grants
from tests.conftest import QueryCounter
from tests.factories.roles import give_role, with_role

pytestmark = pytest.mark.django_db


def test_roles_are_asked_once(count_queries: QueryCounter) -> None:
    user = with_role("editor")
    forget_grants(user)
    with count_queries() as queries:
        assert [grant.role for _round in range(3) for grant in active_grants(user)] == ["editor"] * 3
    assert len(queries) == 1


def test_account_and_the_lazy_one_of_a_request_forget_together() -> None:
    user = with_role("editor")
    lazy: Any = SimpleLazyObject(lambda: user)
    assert [grant.role for grant in active_grants(lazy)] == ["editor"]
    give_role(user, "analyst")
    forget_grants(user)
    assert {grant.role for grant in active_grants(lazy)} == {"editor", "analyst"}
    give_role(user, "adviser")
    forget_grants(lazy)
    assert {grant.role for grant in active_grants(user)} == {"editor", "analyst", "adviser"}
