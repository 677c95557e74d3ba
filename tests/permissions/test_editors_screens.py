"""Wagtail's editors' screens: who has no business there is turned away at the door of each of them, by GET and POST.

What those who may enter are answered stands in ``editors_answers.py``.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from tests.permissions.asking import HOME_OF_EDITORS, Asker
from tests.permissions.editors_answers import ANSWERS, OPEN
from tests.permissions.editors_screens import ENTERING, address, screens
from tests.permissions.rows import ACTORS, ANONYMOUS, SIGN_IN, Outcome

if TYPE_CHECKING:
    from tests.permissions.patterns import Pattern
    from tests.permissions.world import World

# Reports of Wagtail leave a temporary file to the garbage collector.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.once,
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
    # The report of translations divides a list into pages that has no order.
    pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning"),
]
# Turned away by one and the same door: each screen is tried by a few of them in turn, each of them tries many screens.
STRANGERS = tuple(actor for actor in ACTORS if actor not in {ANONYMOUS, *ENTERING})
AT_ONCE = 4
METHODS = ("get", "post")
TURNED_AWAY = (f"{SIGN_IN} 403", f"{SIGN_IN} 403")


def word(outcome: Outcome, screen: Pattern) -> str:
    """An outcome as the answers write it; a door that leads elsewhere may lead to the sign-in page too."""
    if outcome == HOME_OF_EDITORS:
        return "home"
    return "302" if outcome == SIGN_IN and screen.route in OPEN else str(outcome)


def strangers(screen: Pattern) -> tuple[str, ...]:
    """Who without business there tries this screen: all of them where the door is open, else a few."""
    if screen.route in OPEN:
        return STRANGERS
    start = screens().index(screen) * AT_ONCE % len(STRANGERS)
    return (*STRANGERS, *STRANGERS)[start : start + AT_ONCE]


@pytest.mark.parametrize("screen", screens(), ids=lambda one: one.route)
def test_screen_answers_each_actor_as_written(screen: Pattern, patient_asker: Asker, world: World) -> None:
    path, outside = address(screen, world), (ANONYMOUS, *strangers(screen))
    actors = (*outside, *ENTERING)
    asked = {method: {who: word(patient_asker.ask(who, method, path), screen) for who in actors} for method in METHODS}
    for answers, method, entering in zip(
        OPEN.get(screen.route, TURNED_AWAY), METHODS, ANSWERS[screen.route], strict=True
    ):
        anonymous, others = answers.split()
        expected = {who: anonymous if who == ANONYMOUS else others for who in outside}
        assert asked[method] == {**expected, **dict(zip(ENTERING, entering.split(), strict=True))}


def test_every_stranger_tries_many_screens() -> None:
    tried = Counter(who for screen in screens() for who in strangers(screen))
    assert set(tried) == set(STRANGERS)
    assert min(tried.values()) > 100


def test_every_screen_is_written_down() -> None:
    routes = {one.route for one in screens()}
    assert routes ^ set(ANSWERS) == set()
    assert set(OPEN) <= routes
