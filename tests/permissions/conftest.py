"""The region that is asked stands once for each file of tests; pages are not drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.contrib import auth
from django.db import transaction
from django.template.backends.django import Template
from django.utils import translation

from region.queries.roles import active_grants
from tests.permissions.asking import Asker
from tests.permissions.tables import every_row
from tests.permissions.world import World, build_world

if TYPE_CHECKING:
    from django.http import HttpRequest
    from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), translation.override("en"), transaction.atomic():
        yield build_world()
        transaction.set_rollback(True)


def _remembering(get_user: Callable[[HttpRequest], Any]) -> Callable[[HttpRequest], Any]:
    """Each session's person, asked of the database once and not by each of twenty thousand requests.

    Every request gets a copy of its own, with the roles and rights that the person had at first: what a request changes
    is taken back after it, so that they are the same each time.
    """
    known: dict[str | None, Any] = {}

    def remembered(request: HttpRequest) -> Any:
        key = request.session.session_key
        if key not in known:
            known[key] = get_user(request)
            known[key].get_all_permissions()
            active_grants(known[key])
        return copy(known[key])

    return remembered


@pytest.fixture(scope="module")
def drawn_by_nobody() -> Iterator[None]:
    """What pages look like is other tests' business: only who is let in matters here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "render", lambda *_parts, **_named: "")
        # Staff have shown their second factor, so that what is asked here is what they get after it.
        patch.setattr(settings, "SECOND_FACTOR_REQUIRED", True)
        # Roles and rights in the editors' screens were compared when the people were made.
        patch.setattr("portal.middleware.editor_rights.sync_access", lambda **_named: False)
        patch.setattr(auth, "get_user", _remembering(auth.get_user))
        for module in ("region.views.sheet", "reports.views.camera_dashboard", "reports.views.camera_products"):
            patch.setattr(f"{module}.pdf_of", lambda *_parts, **_named: b"%PDF")
        yield


@pytest.fixture(scope="module")
def asker(world: World, drawn_by_nobody: None) -> Asker:
    return Asker(world)


@pytest.fixture(scope="module")
def patient_asker(world: World, drawn_by_nobody: None) -> Asker:
    """One that is told 500 as it is: Wagtail's forms break on odd data once somebody is let in."""
    return Asker(world, raises=False)


def pytest_generate_tests(metafunc: Any) -> None:
    """Rows of every table in this folder, one test each."""
    if "row" in metafunc.fixturenames:
        metafunc.parametrize("row", every_row(), ids=str)
