"""Names on the map: where they go, what they avoid, when only the number stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, box

from region.drawing.labels import Label, Place, around, candidates, overlap, place_labels

SHEET = (700.0, 700.0)
RIGHT, LEFT = Label(21, 6, "start"), Label(-21, 6, "end")
BELOW, ABOVE = Label(0, 35, "middle"), Label(0, -20, "middle")


def test_place_alone_has_its_name_on_the_right() -> None:
    assert place_labels([Place(300, 300, "Stod")], size=SHEET) == [RIGHT]


def test_place_at_the_right_edge_has_its_name_on_the_left() -> None:
    assert place_labels([Place(680, 300, "Stod")], size=SHEET) == [LEFT]


def test_centred_place_has_its_name_below_then_above() -> None:
    assert place_labels([Place(300, 300, "Stod", centred=True)], size=SHEET) == [BELOW]
    assert place_labels([Place(300, 680, "Stod", centred=True)], size=SHEET) == [ABOVE]


def test_name_avoids_another_plate() -> None:
    assert place_labels([Place(300, 300, "Stod"), Place(350, 300, "Planá")], size=SHEET) == [LEFT, RIGHT]


def test_name_avoids_the_border() -> None:
    border = LineString([(330, 0), (330, 700)])
    assert place_labels([Place(300, 300, "Stod", border)], size=SHEET) == [LEFT]


def test_name_without_a_free_place_gives_way_to_its_number() -> None:
    border = box(270, 270, 330, 330).boundary
    assert place_labels([Place(300, 300, "Železná Ruda", border)], size=SHEET) == [None]


def test_name_with_one_free_place_is_set_first() -> None:
    tight = Place(660, 300, "Rokycany")
    assert place_labels([Place(560, 330, "Stod"), tight], size=SHEET) == [RIGHT, LEFT]


def test_no_places_have_no_labels() -> None:
    assert place_labels([], size=SHEET) == []


@given(st.lists(st.tuples(st.integers(0, 700), st.integers(0, 700)), max_size=12))
def test_labels_never_touch_each_other_or_a_foreign_plate(spots: list[tuple[int, int]]) -> None:
    places = [Place(x, y, "Horažďovice") for x, y in spots]
    boxes = []
    for index, (place, label) in enumerate(zip(places, place_labels(places, size=SHEET), strict=True)):
        for candidate, spot in candidates(place):
            if candidate == label:
                boxes.append((index, spot))
    for index, spot in boxes:
        assert not any(overlap(spot, around(x, y)) for other, (x, y) in enumerate(spots) if other != index)
        assert not any(overlap(spot, taken) for other, taken in boxes if other != index)
