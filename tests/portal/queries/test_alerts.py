"""On which pages an alert stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.factories import places, trees
from tests.factories.pages import alert as new_alert

if TYPE_CHECKING:
    from django.test import Client

    from region.models import RegionProfile


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/cs/", True),
        ("/cs/mesta/stribro/", True),
        ("/cs/mesta/tachov/", False),
        ("/cs/kdo-odpovida/stribro/", True),
        ("/cs/kdo-odpovida/stribro/1/", True),
        ("/cs/kdo-odpovida/tachov/", False),
        ("/cs/kdo-odpovida/", False),
        ("/cs/novinky/", False),
    ],
)
def test_alert_of_a_town_stands_on_its_pages(address: str, shown: bool, county: RegionProfile, client: Client) -> None:
    tree = trees.trees("cs")["cs"]
    town, other = places.town(slug="stribro"), places.town(slug="tachov")
    places.district(town=town, code="1")
    for place in (town, other):
        trees.town_page(tree, place)
    alert = new_alert(title_cs="Povodeň")
    alert.towns = [town]
    alert.save()
    assert [one.title for one in client.get(address).context["alerts"]] == (["Povodeň"] if shown else [])


def test_alert_of_no_town_stands_everywhere(county: RegionProfile, client: Client) -> None:
    trees.trees("cs")
    new_alert(title_cs="Povodeň")
    assert [one.title for one in client.get("/cs/kdo-odpovida/").context["alerts"]] == ["Povodeň"]
