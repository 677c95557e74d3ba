"""Names of towns and districts in files of events: what two share names neither."""

from __future__ import annotations

from pathlib import Path

import pytest

from reports.models import InterventionEvent
from tests.factories.event_registers import loaded, register, written
from tests.factories.places import district, square, town

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("county")]


def places(folder: Path, text: str) -> list[tuple[str | None, str | None]]:
    """Codes of town and district of each event."""
    report = loaded(written(folder, text), register())
    assert report.applied
    return list(InterventionEvent.objects.order_by("moment").values_list("town__code", "district__code"))


def test_a_name_that_two_towns_share_names_neither(tmp_path: Path) -> None:
    one, _other = town(name="Lhota"), town(name="Lhota")
    text = f"datum;druh;obec;kód obce\n1.7.2013;a;Lhota;\n2.7.2013;a;;{one.code}\n"
    assert places(tmp_path, text) == [(None, None), (one.code, None)]


def test_a_name_that_districts_of_two_towns_share_needs_the_town(tmp_path: Path) -> None:
    here, there = town(name="Zde"), town(name="Tam")
    for home in (here, there):
        district(town=home, code="1", name="Střed")
    district(town=there, code="2", name="Sever")
    text = "datum;druh;obec;okrsek\n1.7.2013;a;;Střed\n2.7.2013;a;Tam;Střed\n3.7.2013;a;;Sever\n"
    assert places(tmp_path, text) == [(None, None), (there.code, "1"), (there.code, "2")]


def test_the_number_of_one_district_goes_before_the_name_of_another(tmp_path: Path) -> None:
    home = town(name="Zde")
    district(town=home, code="1", name="2")
    district(town=home, code="2", name="Sever")
    assert places(tmp_path, "datum;druh;obec;okrsek\n1.7.2013;a;Zde;2\n") == [(home.code, "2")]


def test_the_edge_of_a_district_belongs_to_it(tmp_path: Path) -> None:
    home = town(boundary=square(13.4, 49.7))
    district(town=home, code="1", boundary=square(13.4, 49.7))
    rows = "1.7.2013;a;13,4;49,7\n2.7.2013;a;13,5;49,8\n3.7.2013;a;13,6;49,75\n"
    assert places(tmp_path, "datum;druh;lon;lat\n" + rows) == [(home.code, "1"), (home.code, "1"), (None, None)]
