from __future__ import annotations

import pytest

from region.domain import address_index
from region.domain.address_index import rebuild
from region.models import AddressWord, Street, StreetWord, WordVariant
from tests.factories.places import street

pytestmark = pytest.mark.django_db


def words() -> dict[str, int]:
    return dict(AddressWord.objects.values_list("word", "streets_count"))


def test_rebuild_fills_words_of_names_and_places() -> None:
    street(place="Stříbro", name="Husova", houses={"1": (13.0, 49.7), "2": (13.0, 49.7)})
    street(place="Stříbro", name="nám. Míru")
    assert rebuild() == 2
    assert words() == {"husova": 1, "stribro": 2, "nam": 1, "miru": 1}
    assert sorted(Street.objects.values_list("folded", "addresses_count")) == [
        ("husova|stribro", 2),
        ("nam miru|stribro", 0),
    ]


def test_rebuild_again_changes_nothing() -> None:
    street(place="Stříbro", name="Husova")
    rebuild()
    before = (words(), sorted(StreetWord.objects.values_list("word", "street")), WordVariant.objects.count())
    rebuild()
    assert (words(), sorted(StreetWord.objects.values_list("word", "street")), WordVariant.objects.count()) == before


def test_rebuild_forgets_streets_that_are_gone() -> None:
    gone = street(place="Stříbro", name="Husova")
    rebuild()
    gone.delete()
    assert rebuild() == 0
    assert (words(), StreetWord.objects.count(), WordVariant.objects.count()) == ({}, 0, 0)


def test_rebuild_stores_a_word_once_for_a_street_named_like_its_place() -> None:
    street(place="Lhota", name="Lhota")
    rebuild()
    assert list(StreetWord.objects.values_list("word", flat=True)) == ["lhota"]


def test_rebuild_stores_words_with_one_letter_left_out() -> None:
    street(place="Aš", name="Dlou")
    rebuild()
    variants = WordVariant.objects.filter(word="dlou").values_list("variant", flat=True)
    assert sorted(variants) == ["dlo", "dlou", "dlu", "dou", "lou"]


def test_rebuild_tells_its_progress(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address_index, "STREETS_AT_ONCE", 2)
    for number in range(3):
        street(place="Stříbro", name=f"Ulice {number}")
    told: list[tuple[int, int]] = []
    rebuild(progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 3), (3, 3)]
