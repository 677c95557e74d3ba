"""What a page of figures opens in its content policy, so that a reader can explore a chart with Plotly."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_update

# Plotly puts an empty style element into the page and fills it by script, rule by rule. The fingerprint of the empty
# text lets just that element be: no style that stands in the page itself, whoever wrote it there, becomes valid.
EMPTY_STYLE = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
View = TypeVar("View", bound=Callable[..., Any])


def explorable(view: View) -> View:
    """The same view, on whose page charts can be explored (`{% figure chart explore_url=... %}`)."""
    # The library's types know only views without arguments.
    return cast("View", csp_update({"style-src": [EMPTY_STYLE]})(cast("Any", view)))
