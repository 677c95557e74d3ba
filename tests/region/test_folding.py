"""Text compared without case and diacritics, in the database as in Python."""

from __future__ import annotations

import pytest

from region.folding import ACCENTED, PLAIN, folded, folded_text
from region.models import Organisation
from tests.factories.roles import new_organisation

NAMES = ("Žatec", "ČÁSLAV", "Łódź", "Cieszyn", "Świdnica", "Příbram")


def test_letters_have_their_plain_form() -> None:
    assert len(ACCENTED) == len(PLAIN)
    assert folded_text("Příliš ŽLUŤOUČKÝ kůň, Łódź") == "prilis zlutoucky kun, lodz"
    assert folded_text(None) is None


@pytest.mark.django_db
def test_database_folds_as_python_does() -> None:
    for name in NAMES:
        new_organisation(name=name)
    found = dict(Organisation.objects.annotate(plain=folded("name")).values_list("name", "plain"))
    assert found == {name: folded_text(name) for name in NAMES}


@pytest.mark.django_db
def test_folded_column_can_be_searched_and_sorted() -> None:
    for name in NAMES:
        new_organisation(name=name)
    assert Organisation.objects.get(name__folded__contains="lodz").name == "Łódź"
    names = Organisation.objects.order_by(folded("name").asc()).values_list("name", flat=True)
    assert list(names) == ["ČÁSLAV", "Cieszyn", "Łódź", "Příbram", "Świdnica", "Žatec"]
