"""One line for a step that ended well, none for one that did not."""

from __future__ import annotations

import re

import pytest

from bootstrap import progress
from portal.demo import preparing


def test_step_is_told_with_its_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.step("Work"):
        pass
    assert re.fullmatch(r"  Work {54,} +\d+\.\d s\n", capsys.readouterr().out)


def test_failed_step_is_not_told_as_done(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError), progress.step("Work"):
        raise ZeroDivisionError
    assert capsys.readouterr().out == ""


def test_demo_tells_its_steps_by_the_same_words() -> None:
    assert (preparing.step, preparing.say) == (progress.step, progress.say)
