"""Persons, emergency numbers, plates, the map."""

from __future__ import annotations

from django.template import engines
from shapely import box

from region.drawing.map import AreaSource, PointSource, draw_map
from region.parts import EmergencyNumber, PlateGroup, PlateItem


def render(text: str, **context: object) -> str:
    """A template's output with runs of white space made one space."""
    return " ".join(engines["django"].from_string(text).render(context).split())


def test_person_shows_only_what_is_known() -> None:
    assert render('{% person name="Jan" role="Officer" %}') == (
        '<article class="card person"> <div class="who"><p class="role">Officer</p><h3>Jan</h3> </div> </article>'
    )


def test_person_says_whom_a_message_goes_to() -> None:
    shown = render('{% person name="Jan" role="Officer" href="/w" phone="974000001" substitute_for="Eva" %}')
    assert shown.count('<a class="go" href="/w">Write a message<span class="sr">: Jan</span></a>') == 1
    assert shown.count('<a href="tel:974000001">974 000 001</a>') == 1
    assert shown.count("Stands in for Eva") == 1


def test_person_picture_is_decoration_beside_the_name() -> None:
    shown = render('{% person name="Jan" role="Officer" photo_url="/j.jpg" %}')
    assert shown.count('<img class="portrait" src="/j.jpg" alt="" width="72" height="72" loading="lazy">') == 1


def test_emergency_numbers_dial() -> None:
    shown = render('{% emergency numbers title="Call" %}', numbers=[EmergencyNumber("112", "line")])
    assert shown == (
        '<section class="sos" aria-labelledby="emergency"> <h2 id="emergency">Call</h2>'
        ' <ul class="tels"><li><a href="tel:112"><b>112</b> <span>line</span></a></li></ul> </section>'
    )


def test_emergency_without_numbers_disappears() -> None:
    assert render("{% emergency numbers %}", numbers=[]) == ""


def test_plate_groups_list_rows_under_headings() -> None:
    groups = [
        PlateGroup("Since 2010", (PlateItem("1", "Domažlice", "/d", "11,056", "amber"), PlateItem("2", "Tachov", "/t")))
    ]
    assert render("{% plate_groups groups level=2 %}", groups=groups) == (
        '<div class="towns"> <div><h2>Since 2010</h2> <ul class="plates">'
        ' <li><a href="/d"><span class="plate plate--amber">1</span> <span class="nm">Domažlice</span>'
        '<span class="note">11,056</span></a></li>'
        ' <li><a href="/t"><span class="plate">2</span> <span class="nm">Tachov</span></a></li> </ul> </div> </div>'
    )


def test_map_links_areas_and_points_with_words() -> None:
    drawing = draw_map(
        areas=[AreaSource(box(0, 0, 1, 1), "West", "/west"), AreaSource(box(1, 0, 2, 1), "East")],
        points=[PointSource(0.5, 0.5, "7", "Stod", "/stod", "7. Stod", "light")],
    )
    shown = render('{% map drawing label="Towns" id="m" caption="Sketch" on_brand=True %}', drawing=drawing)
    assert shown.count('<figure class="map map--brand" data-map="m">') == 1
    assert shown.count('<a href="/west" aria-label="West"><path class="area area--land"') == 1
    assert shown.count('<a href="/stod" aria-label="7. Stod">') == 1
    assert shown.count("<a ") == 2
    assert shown.count('<title id="m-title">Towns</title>') == 1


def test_map_plate_of_an_area_is_silent() -> None:
    drawing = draw_map(areas=[AreaSource(box(0, 0, 1, 1), "West", "/west", number="1", name="W")])
    shown = render('{% map drawing label="L" %}', drawing=drawing)
    assert shown.count('<g class="pt" aria-hidden="true">') == 1
    assert shown.count('<circle class="hit"') == 0
