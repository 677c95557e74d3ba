"""What makes stored pages void, and what does not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Locale, Page

from portal.freshness import QUIET_APPS, QUIET_MODELS, is_shown
from portal.models import HomePage, NewsPage
from region.domain.content import public_content_changed
from region.models import AuditEvent, Officer, RegionProfile, Town, User
from region.stamp import shared_stamp
from tests.factories.accounts import new_editor
from tests.factories.places import town

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def bumps(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], object]], bool]:
    """Whether pages are void after the change is committed."""

    def changed(change: Callable[[], object]) -> bool:
        before = shared_stamp().read()
        with django_capture_on_commit_callbacks(execute=True):
            change()
        return shared_stamp().read() != before

    return changed


Bumps = "Callable[[Callable[[], object]], bool]"


@pytest.fixture
def home() -> HomePage:
    Locale.objects.get_or_create(language_code="cs")
    page: HomePage = Page.get_first_root_node().add_child(instance=HomePage(title="Úvod", slug="uvod-cs"))
    return page


def test_saved_and_deleted_records_of_the_region_void_pages(bumps: Any) -> None:
    made: list[Town] = []
    assert bumps(lambda: made.append(town()))
    assert bumps(made[0].save)
    assert bumps(made[0].delete)


def test_officer_voids_pages(bumps: Any) -> None:
    assert bumps(lambda: Officer.objects.create(name="Jana Nováková"))


def test_region_profile_voids_pages(bumps: Any) -> None:
    assert bumps(lambda: RegionProfile.load().save())


def test_nothing_is_void_before_the_commit() -> None:
    before = shared_stamp().read()
    town()
    assert shared_stamp().read() == before


def roll_back() -> None:
    """Save a town and think better of it."""
    with transaction.atomic():
        town()
        transaction.set_rollback(True)


def test_rolled_back_change_voids_nothing(bumps: Any) -> None:
    assert not bumps(roll_back)


def test_change_after_a_rolled_back_one_voids_pages(bumps: Any) -> None:
    def change() -> None:
        roll_back()
        town()

    assert bumps(change)


def test_bulk_write_voids_pages_when_announced(bumps: Any) -> None:
    town()
    assert not bumps(lambda: Town.objects.update(summary="new"))
    assert bumps(public_content_changed)


def test_published_moved_and_unpublished_pages_void(bumps: Any, home: HomePage) -> None:
    child: NewsPage = home.add_child(
        instance=NewsPage(title="Zpráva", slug="zprava", date=date(2026, 1, 2), live=False)
    )
    other = home.add_child(instance=HomePage(title="Jinde", slug="jinde"))
    revision = child.save_revision()
    assert bumps(revision.publish)
    assert bumps(lambda: Page.objects.get(pk=child.pk).move(other, pos="last-child"))
    assert bumps(Page.objects.get(pk=child.pk).specific.unpublish)
    assert bumps(Page.objects.get(pk=child.pk).delete)


def test_draft_of_a_page_voids_nothing(bumps: Any, home: HomePage) -> None:
    home.title = "Draft"
    assert not bumps(lambda: home.save_revision(changed=True))


def test_signing_in_voids_nothing(bumps: Any, client: Any) -> None:
    user = new_editor()
    assert not bumps(lambda: client.force_login(user))


def test_membership_of_groups_voids_only_for_shown_kinds(bumps: Any) -> None:
    group = Group.objects.create(name="Redakce")
    assert not bumps(lambda: group.permissions.set([1, 2]))


@pytest.mark.parametrize("model", [AuditEvent, Group])
def test_quiet_kinds_are_not_shown(model: Any) -> None:
    assert not is_shown(model)


def test_shown_kinds_are_shown() -> None:
    assert all(is_shown(model) for model in (Town, Officer, HomePage, User, RegionProfile))


def test_quiet_names_exist() -> None:
    every = {model._meta.label for model in apps.get_models()}
    labels = {label.split(".")[0] for label in every} | {"admin", "migrations"}
    assert not QUIET_MODELS - every
    assert not QUIET_APPS - labels
