from __future__ import annotations

from django.utils import translation

from region.messages import Problem, say
from region.wording import in_words, problem_words


def test_in_words_translates_sentences_inside_sentences() -> None:
    inner = say("state")
    with translation.override("en"):
        assert in_words(say("100 %")) == "100 %"
        assert in_words(say("row %(row)s: %(why)s", row=3, why=inner)) == "row 3: state"


def test_problem_words_of_a_ready_sentence() -> None:
    problem = Problem.of(say("In %(place)s.", place="Stod"))
    assert (str(problem), problem_words(problem)) == ("In Stod.", "In Stod.")
