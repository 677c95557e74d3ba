"""Wagtail's index of references (which page shows this picture) rests, except in tests marked ``references``.

It is renewed after each record saved, which took a sixth of the time of tests that make pages.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from wagtail.signal_handlers import disable_reference_index_auto_update


@pytest.fixture(autouse=True)
def references_at_rest(request: pytest.FixtureRequest) -> Iterator[None]:
    """Have nothing counted unless the test is about it."""
    if request.node.get_closest_marker("references"):
        yield
        return
    with disable_reference_index_auto_update():
        yield
