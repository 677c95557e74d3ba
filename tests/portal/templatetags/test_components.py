"""What is common to all components: declared, strict, documented."""

from __future__ import annotations

import pytest
from django.template import TemplateSyntaxError, engines

from portal.templatetags import (
    components,
    parts_charts,
    parts_data,
    parts_form,
    parts_frame,
    parts_office,
    parts_people,
    parts_text,
)

PARTS = (parts_charts, parts_data, parts_form, parts_frame, parts_office, parts_people, parts_text)
CALLS = (
    '{% button "Send" colour="red" %}',
    '{% plate 7 colour="red" %}',
    '{% person name="J" role="R" colour="red" %}',
    '{% card title="T" colour="red" %}x{% endcard %}',
    '{% details title="T" colour="red" %}x{% enddetails %}',
    '{% alert title="T" key="k" colour="red" %}',
    '{% table columns rows caption="C" colour="red" %}',
    '{% field bound colour="red" %}',
    '{% figure chart colour="red" %}',
)


@pytest.mark.parametrize("call", CALLS)
def test_unknown_argument_is_an_error(call: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="unexpected keyword argument 'colour'"):
        engines["django"].from_string(call)


@pytest.mark.parametrize("call", ["{% person name='J' %}", "{% money_bar shares %}", "{% tabs items %}"])
def test_missing_argument_is_an_error(call: str) -> None:
    with pytest.raises(TemplateSyntaxError, match="did not receive value"):
        engines["django"].from_string(call)


def test_every_part_is_in_the_one_library() -> None:
    names = [name for part in PARTS for name in part.register.tags]
    assert sorted(components.register.tags) == sorted(names)


@pytest.mark.parametrize("name", sorted(components.register.tags))
def test_every_component_says_what_it_is(name: str) -> None:
    function = next(getattr(part, name) for part in PARTS if hasattr(part, name))
    assert len(function.__doc__ or "") > 20
