"""Progress of an import, told through a file or a connection of its own."""

from __future__ import annotations

import pytest
from django.db import connection

from region import progress
from region.models import RegionProfile
from region.progress import Progress, Teller, progress_of
from tests.factories.batches import uploaded, worked_on

pytestmark = pytest.mark.django_db
TOWNS = "kód;název\n1;Stod\n2;Planá\n"


class Lent:
    """The test's own connection as the second one: nothing is committed here that another could see."""

    def __init__(self) -> None:
        self.is_open = True

    def cursor(self) -> object:
        return connection.cursor()

    def close(self) -> None:
        self.is_open = False


def test_progress_is_told_beside_the_transaction(county: RegionProfile, monkeypatch: pytest.MonkeyPatch) -> None:
    lent = Lent()
    monkeypatch.setattr(progress.connections, "create_connection", lambda _alias: lent)
    batch = uploaded("towns", TOWNS)
    assert (progress_of(batch), progress_of(batch).percent) == (Progress(), 0)
    teller = Teller(batch.pk)
    teller(5, 10)
    teller(9, 10)  # a moment later: not told
    batch.refresh_from_db()
    assert (progress_of(batch), progress_of(batch).percent) == (Progress(5, 10), 50)
    teller.close()
    assert lent.is_open == (connection.vendor == "sqlite")
    assert worked_on(batch).status == "uploaded"
