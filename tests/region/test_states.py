from __future__ import annotations

import pytest

from region.states import States, Transition

LAMP = States(
    initial="off",
    transitions=(
        Transition("switch_on", "off", "on", "region.switch", guard="has_bulb", public_label="switch on"),
        Transition("switch_off", "on", "off", "region.switch"),
        Transition("throw_away", ("off", "on"), "gone", "region.throw"),
    ),
)


def test_table_knows_its_states_and_names() -> None:
    assert LAMP.all == {"off", "on", "gone"}
    assert LAMP.final == {"gone"}
    assert LAMP.names == ("switch_on", "switch_off", "throw_away")


def test_transition_is_found_by_name_and_state() -> None:
    assert LAMP.find("throw_away", "on") == LAMP.transitions[2]
    assert LAMP.find("switch_on", "on") is None
    assert LAMP.find("burn", "on") is None
    assert [way.name for way in LAMP.leading_from("on")] == ["switch_off", "throw_away"]


def test_record_that_never_changes_has_one_state() -> None:
    assert States("kept", ()).all == {"kept"}


@pytest.mark.parametrize(
    "twice",
    [
        Transition("switch_on", "off", "on", "region.switch"),
        Transition("switch_on", ("gone", "off"), "gone", "region.switch"),
    ],
    ids=["the same", "to another state"],
)
def test_two_ways_of_one_name_from_one_state_are_refused(twice: Transition) -> None:
    with pytest.raises(ValueError, match="“switch_on” leads twice from “off”"):
        States("off", (*LAMP.transitions, twice))


def test_states_that_nothing_leads_to_are_refused() -> None:
    island = (Transition("sink", "afloat", "sunk", "region.sink"), Transition("rise", "sunk", "afloat", "region.sink"))
    with pytest.raises(ValueError, match="Nothing leads from “off” to: afloat, sunk"):
        States("off", (*LAMP.transitions, *island))


def test_states_that_other_code_leads_into_are_said() -> None:
    burnt = Transition("mend", "burnt", "off", "region.switch")
    assert States("off", (*LAMP.transitions, burnt), elsewhere=("burnt",)).all == {"off", "on", "gone", "burnt"}
    with pytest.raises(ValueError, match="Nothing leads from “off” to: burnt"):
        States("off", (*LAMP.transitions, burnt))


def test_diagram_shows_every_way() -> None:
    assert LAMP.diagram() == (
        "stateDiagram-v2\n"
        "    [*] --> off\n"
        "    off --> on: switch_on [has_bulb]\n"
        "    on --> off: switch_off\n"
        "    off --> gone: throw_away\n"
        "    on --> gone: throw_away\n"
        "    gone --> [*]\n"
    )
