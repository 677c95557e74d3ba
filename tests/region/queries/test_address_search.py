from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from region.domain.address_index import rebuild
from region.models import Street
from region.queries.address_search import Found, Hit, HitKind, addresses_of, search
from tests.conftest import QueryCounter
from tests.factories.places import street, town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexed(db: None) -> None:
    """Two towns with a Palackého, one with both kinds of it; a village without streets."""
    town(name="Stříbro", slug="stribro")
    town(name="Sušice", slug="susice")
    street(
        place="Stříbro", name="Palackého", houses={"1084/12": (13.0, 49.7), "1085/14": (13.0, 49.7), "3": (13.1, 49.8)}
    )
    street(place="Stříbro", name="Palackého náměstí", houses={"7": (13.0, 49.7)})
    street(place="Sušice", name="Palackého", houses={"12": (13.5, 49.2), "12a": (13.5, 49.2)})
    street(place="Stříbro", name="17. listopadu", houses={"5": (13.2, 49.7)})
    street(place="Sušice", name="J. K. Tyla", houses={"5": (13.5, 49.2)})
    street(place="Merklín", houses={"45": (13.2, 49.5)})
    rebuild()


def labels(found: Found) -> list[str]:
    return [hit.label for hit in found.hits]


def sure(text: str) -> str:
    found = search(text).sure
    return found.label if found else ""


@pytest.mark.parametrize(
    "text",
    [
        "Palackého 12, Stříbro",
        "palackeho 12 stribro",
        "12 Palackého, Stříbro",
        "Palackého 1084/12, Stříbro",
        "Palackého 1084 Stříbro",
        "ul. Palackého 1084 / 12, 349 01 Stříbro",
    ],
)
def test_search_is_sure_of_a_whole_address_however_written(text: str) -> None:
    assert search(text).sure == Hit(
        HitKind.ADDRESS, "Palackého 1084/12, Stříbro", _id("Palackého", "Stříbro"), 13.0, 49.7
    )


def _id(name: str, place: str) -> int:
    return Street.objects.get(name=name, place=place).pk


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("17. listopadu 5", "17. listopadu 5, Stříbro"),
        ("17 listopadu 5", "17. listopadu 5, Stříbro"),
        ("Tyla 5", "J. K. Tyla 5, Sušice"),
        ("Merklín 45", "Merklín 45"),
        ("Merklín čp. 45", "Merklín 45"),
        ("17. listopadu", "17. listopadu, Stříbro"),
        ("Merklín", "Merklín"),
    ],
)
def test_search_is_sure_where_only_one_thing_can_be_meant(text: str, label: str) -> None:
    assert sure(text) == label


def test_search_of_a_street_in_two_towns_offers_both() -> None:
    found = search("Palackého 12")
    assert (labels(found), found.sure) == (
        ["Palackého 12, Sušice", "Palackého 1084/12, Stříbro", "Palackého 12a, Sušice"],
        None,
    )


def test_search_of_a_mistyped_street_offers_without_being_sure() -> None:
    found = search("Palakceho 12, Stříbro")
    assert (labels(found), found.sure) == (["Palackého 1084/12, Stříbro"], None)


def test_search_shows_typing_errors_only_without_anything_better() -> None:
    street(place="Sušice", name="Palackyho")
    rebuild()
    assert labels(search("Palackého")) == ["Palackého, Stříbro", "Palackého, Sušice", "Palackého náměstí, Stříbro"]


def test_search_continues_the_last_word() -> None:
    found = search("Palackého 12, Stř")
    assert (labels(found), found.sure) == (["Palackého 1084/12, Stříbro"], None)


def test_search_of_a_town_is_sure_of_it() -> None:
    assert search("stribro").sure == Hit(HitKind.TOWN, "Stříbro", slug="stribro")


@pytest.fixture
def two_merklins() -> None:
    """Two towns of one name, whose addresses differ."""
    town(name="Merklín", slug="merklin", county_part="Plzeň-jih")
    town(name="Merklín", slug="merklin-karlovy-vary", county_part="Karlovy Vary")


def test_search_of_a_name_of_two_towns_offers_both_with_their_part_of_the_county(two_merklins: None) -> None:
    found = search("Merklín")
    assert (labels(found)[:2], found.sure) == (["Merklín (Plzeň-jih)", "Merklín (Karlovy Vary)"], None)


def test_search_of_a_name_with_its_part_of_the_county_is_sure(two_merklins: None) -> None:
    assert search("Merklín, Plzeň-jih").sure == Hit(HitKind.TOWN, "Merklín (Plzeň-jih)", slug="merklin")


def test_search_of_a_town_goes_by_its_name_whatever_its_address() -> None:
    town(name="Nové Město", slug="nove-mesto-na-radbuze")
    assert search("nove mesto").sure == Hit(HitKind.TOWN, "Nové Město", slug="nove-mesto-na-radbuze")
    assert search("radbuze") == Found()


def test_search_of_a_part_of_the_county_alone_offers_no_towns(two_merklins: None) -> None:
    assert search("Karlovy") == Found()


def test_search_of_a_beginning_offers_the_town_before_its_streets() -> None:
    assert labels(search("Stříb"))[0] == "Stříbro"


def test_search_says_when_only_the_number_is_unknown() -> None:
    found = search("17. listopadu 99")
    assert (labels(found), found.number_unknown, found.sure) == (["17. listopadu, Stříbro"], True, None)


def test_search_takes_a_letter_after_the_number_as_doubtful() -> None:
    found = search("Palackého 12 S")
    assert (labels(found), found.sure) == (["Palackého 1084/12, Stříbro", "Palackého 12, Sušice"], None)


@pytest.mark.parametrize(
    "text", ["", " ", "s", "a b", "nenitamulice", "%", "_", "'", '"', "\x00", "%%%", "Palackého Praha", "12"]
)
def test_search_of_nothing_known_finds_nothing(text: str) -> None:
    assert search(text) == Found()


def test_search_holds_its_limit() -> None:
    assert len(search("pal", limit=2).hits) == 2


@pytest.mark.parametrize("text", ["Palackého 12, Stříbro", "Palackého 12 S", "pal", "stribro", "palackeho 99", "nic"])
def test_search_makes_at_most_four_queries(text: str, count_queries: QueryCounter) -> None:
    with count_queries() as made:
        search(text)
    assert len(made) <= 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(st.text(max_size=300))
def test_search_of_any_text_answers(text: str) -> None:
    assert isinstance(search(text), Found)


def test_addresses_of_a_street_are_in_the_order_of_numbers() -> None:
    found = addresses_of(_id("Palackého", "Stříbro"))
    assert [hit.label for hit in found] == ["3", "1084/12", "1085/14"]


def test_addresses_of_an_unknown_street_are_none() -> None:
    assert addresses_of(0) == ()
