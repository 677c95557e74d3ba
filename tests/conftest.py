"""What every test may ask for. Factories of records are plain functions in ``tests/factories``."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeAlias

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import settings

from tests.factories.accounts import new_administrator, new_editor
from tests.factories.profiles import czech_county, polish_city

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from django.test import Client

    from portal.domain.site import Pages
    from region.models import RegionProfile, User
    from tests.plugins.kept_site import KeptSite

# A busy machine is no fault of the code: examples may take as long as they need.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

pytest_plugins = [
    "tests.plugins.catalogues",
    "tests.plugins.committed",
    "tests.plugins.database_only",
    "tests.plugins.garbage",
    "tests.plugins.kept_site",
    "tests.plugins.prepared_database",
    "tests.plugins.references",
    "tests.plugins.templates",
    "tests.plugins.uncounted",
]

QueryCounter: TypeAlias = "Callable[[], AbstractContextManager[CaptureQueriesContext]]"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages outside a request are read in English, so that a test compares what the code says."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def empty_caches() -> Iterator[None]:
    """Nothing remembered from the test before: profile, pages, renditions, rate limits."""
    for cache in caches.all(initialized_only=True):
        cache.clear()
    yield
    for cache in caches.all(initialized_only=True):
        cache.clear()


@pytest.fixture(autouse=True)
def lasting_profile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold the profile for the whole test: how many queries a page makes must not depend on how busy the machine is."""
    monkeypatch.setattr("region.queries.profile._SECONDS", 3600)


@pytest.fixture
def count_queries() -> QueryCounter:
    """Queries made inside a block, for ``len()`` after it."""

    @contextmanager
    def counting() -> Iterator[CaptureQueriesContext]:
        with CaptureQueriesContext(connection) as captured:
            yield captured

    return counting


@pytest.fixture
def county(db: None) -> RegionProfile:
    """The profile of a Czech county with municipalities."""
    return czech_county()


@pytest.fixture
def city(db: None) -> RegionProfile:
    """The profile of a Polish city with districts."""
    return polish_city()


@pytest.fixture(params=["county", "city"])
def any_profile(request: pytest.FixtureRequest, db: None) -> RegionProfile:
    """Both profiles, one after the other."""
    return czech_county() if request.param == "county" else polish_city()


@pytest.fixture
def editor(db: None) -> User:
    """Somebody who may edit pages and publish them."""
    return new_editor()


@pytest.fixture
def administrator(db: None) -> User:
    """Somebody who may do everything."""
    return new_administrator()


@pytest.fixture
def editor_client(client: Client, editor: User) -> Client:
    """Browser of the signed-in editor."""
    client.force_login(editor)
    return client


@pytest.fixture
def administrator_client(client: Client, administrator: User) -> Client:
    """Browser of the signed-in administrator."""
    client.force_login(administrator)
    return client


@pytest.fixture
def site(kept_site: KeptSite, county: RegionProfile) -> Pages:
    """The outline of the site in three languages, by key and language: ``site["news"]["cs"]``."""
    return kept_site.put_back()
