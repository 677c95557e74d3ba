from __future__ import annotations

import time
from typing import Any

import pytest

from region.forms.messages import LONGEST_SECONDS, MessageForm, new_token


def filled(**fields: Any) -> MessageForm:
    known = {"name": "", "email": "karel@example.org", "text": "U školy nesvítí lampa.", "subject": ""}
    return MessageForm({**known, "token": new_token(now=time.time() - 10), **fields})


def codes(form: MessageForm) -> list[tuple[str, list[str]]]:
    found = form.errors.as_data()
    return [(name, [str(error.code) for error in errors]) for name, errors in found.items()]


def test_form_filled_in_is_valid_and_has_a_key() -> None:
    form = filled()
    assert form.is_valid()
    assert form.cleaned_data["key"].version == 4


def test_same_token_has_the_same_key() -> None:
    token = new_token(now=time.time() - 10)
    first, second = filled(token=token), filled(token=token)
    assert first.is_valid()
    assert second.is_valid()
    assert first.cleaned_data["key"] == second.cleaned_data["key"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"email": ""}, [("email", ["required"])]),
        ({"email": "karel"}, [("email", ["invalid"])]),
        ({"email": "karel@example.org\nBcc: all@example.org"}, [("email", ["invalid"])]),
        ({"text": ""}, [("text", ["required"])]),
        ({"text": "Ahoj"}, [("text", ["min_length"])]),
        ({"text": "a" * 5001}, [("text", ["max_length"])]),
        ({"text": "Dobrý den \x00"}, [("text", ["null_characters_not_allowed"])]),
        ({"name": "a" * 101}, [("name", ["max_length"])]),
        ({"subject": "Buy"}, [("__all__", ["trap"])]),
        ({"token": ""}, [("__all__", ["token"])]),
        ({"token": "forged"}, [("__all__", ["token"])]),
        ({"token": new_token}, [("__all__", ["quick"])]),
    ],
)
def test_form_refuses(fields: dict[str, Any], expected: list[tuple[str, list[str]]]) -> None:
    values = {name: value() if callable(value) else value for name, value in fields.items()}
    assert codes(filled(**values)) == expected


def test_form_open_for_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    token = new_token()
    later = time.time() + LONGEST_SECONDS + 60
    monkeypatch.setattr(time, "time", lambda: later)
    assert codes(filled(token=token)) == [("__all__", ["token"])]


def test_renewed_form_keeps_everything_but_token_and_trap() -> None:
    token = new_token(now=time.time() - 10)
    form = filled(text="", subject="Buy", token=token)
    assert not form.is_valid()
    form.renew()
    assert (form["email"].value(), form["subject"].value(), form["token"].value() != token) == (
        "karel@example.org",
        "",
        True,
    )
    assert form.errors != {}
