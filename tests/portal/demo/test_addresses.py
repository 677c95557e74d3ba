"""Invented addresses: in the right district, numbered, all different."""

from __future__ import annotations

import pytest
from shapely import Point

from portal.demo.addresses import ExampleAddress, as_csv, example_addresses
from portal.demo.outlines import district_outlines
from portal.demo.reading import REGIONS, read_region


@pytest.mark.parametrize("region", REGIONS)
def test_addresses_lie_in_their_districts(region: str) -> None:
    content = read_region(region)
    outlines, addresses = district_outlines(content), example_addresses(content)
    assert len(addresses) == sum(8 * len(district.streets) for district in content.districts)
    assert [a for a in addresses if not outlines[a.town, a.district].contains(Point(a.lon, a.lat))] == []


@pytest.mark.parametrize("region", REGIONS)
def test_addresses_are_all_different(region: str) -> None:
    addresses = example_addresses(read_region(region))
    assert len({(a.place, a.street, a.number) for a in addresses}) == len(addresses)
    assert len({(a.lat, a.lon) for a in addresses}) == len(addresses)


@pytest.mark.parametrize(("region", "places"), [("plzen", 15), ("krakow", 1)])
def test_addresses_carry_the_place_that_people_write(region: str, places: int) -> None:
    assert len({address.place for address in example_addresses(read_region(region))}) == places


def test_csv_holds_what_the_import_reads() -> None:
    address = ExampleAddress("Stříbro", "Masarykovo náměstí", "1", 49.75, 13.0, "561215", 1)
    assert as_csv((address,)) == "town,street,number,lat,lon\nStříbro,Masarykovo náměstí,1,49.75,13.0\n"
