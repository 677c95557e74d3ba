"""The invented register of events of the demo."""

from __future__ import annotations

import pytest

from portal.demo.event_registers import load_event_register
from portal.demo.reading import read_region
from reports.models import EventLabel, EventMonth, EventRegister, EventSummary
from tests.factories.accounts import new_user
from tests.factories.places import square
from tests.factories.places import town as new_town


@pytest.mark.django_db
def test_an_invented_register_is_loaded_once_and_says_so_in_every_language() -> None:
    new_town(code="553425", boundary=square(12.8, 49.3, 0.3))
    content, told = read_region("plzen"), list[str]()
    for _again in range(2):
        load_event_register(content, by=new_user(), progress=told.append)
    register = EventRegister.objects.get()
    assert (register.is_published, register.issuer) == (True, "Městská policie Vzorov (příklad)")
    assert ("vymyšlený" in register.name_cs, "zmyślony" in register.name_pl, "invented" in register.name_en) == (
        1,
        1,
        1,
    )
    counts = EventSummary.objects.filter(register=register)
    assert EventMonth.objects.filter(is_part=False).count() == 36
    assert len(told) == 1
    assert told[0] == f"{sum(counts.values_list('rows', flat=True))} events, invented"
    assert EventLabel.objects.filter(category=None).count() == 2
    assert counts.filter(category__key="street-cleaning", town__code="553425").exists()


@pytest.mark.django_db
def test_a_region_without_one_loads_none() -> None:
    load_event_register(read_region("krakow"), by=new_user(), progress=pytest.fail)
    assert not EventRegister.objects.exists()
