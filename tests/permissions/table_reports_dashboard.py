"""The camera dashboard: public, the same for everybody."""

from __future__ import annotations

from tests.permissions.rows import Row, everybody

ROWS = (
    Row("reports:cameras", everybody(200)),
    Row("reports:cameras-pdf", everybody(200)),
)
