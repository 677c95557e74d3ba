from __future__ import annotations

import pytest
from django.http import QueryDict

from reports.forms.camera_dashboard import CameraDashboardForm
from reports.forms.events_dashboard import EventDashboardForm
from reports.forms.place_filters import PlaceFilters
from tests.factories.cameras import camera_point
from tests.factories.places import district, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]
FORMS = [CameraDashboardForm, EventDashboardForm]


@pytest.mark.parametrize("form", FORMS)
def test_districts_come_in_the_order_of_their_numbers(form: type[CameraDashboardForm | EventDashboardForm]) -> None:
    here = town()
    camera_point(town=here)
    for code in ("10", "2", "1"):
        district(town=here, code=code, name="")
    district(town=town(), code="3")
    asked = form(QueryDict(f"town={here.slug}"))
    choices = getattr(asked.fields["district"], "choices", ())
    assert [code for code, _words in choices] == ["", "1", "2", "10"]


@pytest.mark.parametrize("form", FORMS)
def test_without_a_town_there_are_no_districts_to_choose(
    form: type[CameraDashboardForm | EventDashboardForm],
) -> None:
    asked = form(QueryDict("district=1"))
    assert isinstance(asked, PlaceFilters)
    assert "district" not in asked.fields
    assert asked.in_use == 0


def test_filters_of_events_stand_in_the_order_in_which_people_narrow() -> None:
    names = list(EventDashboardForm(QueryDict("town=x&since=2020")).fields)
    assert names == ["source", "town", "district", "category", "since", "until"]


def test_the_district_of_the_town_is_asked_for() -> None:
    here = town()
    camera_point(town=here)
    area = district(town=here, code="2")
    form = CameraDashboardForm(QueryDict(f"town={here.slug}&district=2"))
    assert form.is_valid()
    assert (form.asked.town, form.asked.district, form.in_use) == (here, area, 2)
    assert not CameraDashboardForm(QueryDict(f"town={here.slug}&district=3")).is_valid()
