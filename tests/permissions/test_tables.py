"""Every row of every table: each actor asks by GET and by POST, and is answered what the row says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from region import roles as known
from tests.permissions.asking import Asker, path_of
from tests.permissions.rows import ACTORS, ROLES, STAFF, TENANTS, Row, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_every_actor_is_answered_as_the_table_says(row: Row, asker: Asker, world: World) -> None:
    path = path_of(row, world)
    found = {
        "get": asker.ask_all("get", path),
        "post": {actor: asker.ask(actor, "post", path, row.data(world)) for actor in ACTORS},
    }
    assert found == {
        "get": {actor: row.get.of(actor) for actor in ACTORS},
        "post": {actor: row.post.of(actor) for actor in ACTORS},
    }


def test_tables_speak_of_the_roles_that_exist() -> None:
    assert set(known.ROLES) == ROLES
    assert set(known.STAFF_ROLES) == STAFF
    assert set(known.ORGANISATION_ROLES) == TENANTS


def test_slip_in_the_name_of_a_role_is_found() -> None:
    with pytest.raises(ValueError, match="coordinater"):
        roles("coordinater")
