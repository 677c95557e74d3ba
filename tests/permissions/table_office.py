"""The office, My, and files."""

from __future__ import annotations

from tests.permissions.rows import NOBODY, ROLES, STAFF, TENANTS, Expect, Row, everybody, only, roles, signed_in

OFFICE = STAFF - {"commission_member"}
MY = TENANTS | {"commission_member"}
CALENDAR = roles(
    "administrator auditor commission_secretary coordinator council_clerk finance_approver finance_preparer head"
    " information_officer"
)
DECIDE_DAYS = roles("administrator coordinator")

ROWS = (
    # Staff go to the office, tenants to My; who has no role is told so.
    Row("region:home", Expect(302, ROLES, others=200), signed_in(405)),
    Row("region:office", Expect(200, OFFICE, special={NOBODY: 302}), only(OFFICE, 405)),
    Row("region:my", Expect(200, MY, special={NOBODY: 302}), only(MY, 405)),
    Row("region:office-calendar", only(CALENDAR, 200)),
    Row("region:office-calendar", only(CALENDAR, 200), query="?start=1.+3.+2026&count=15&unit=days", case="counting"),
    Row(
        "region:office-calendar-add",
        everybody(405),
        only(DECIDE_DAYS, 302),
        data=lambda world: {"form_key": world.form_key, "day": "24. 7. 2026", "is_working": "no", "reason": "x"},
    ),
    Row("region:office-calendar-add", everybody(405), only(DECIDE_DAYS, 422), case="empty"),
    Row(
        "region:office-calendar-remove",
        everybody(405),
        only(DECIDE_DAYS, 302),
        data=lambda world: {"form_key": world.form_key, "day": "2026-08-03"},
    ),
    Row(
        "region:office-calendar-remove",
        everybody(405),
        only(DECIDE_DAYS, 409),
        data=lambda _w: {"day": "2026-08-03"},
        case="without its key",
    ),
    # The rule of this file lets the coordinator read it; for all others it is not there.
    Row("region:file", only(roles("coordinator"), 200, others=404), args=lambda world: {"document_id": world.file.pk}),
    Row("region:file", signed_in(404), args=lambda world: {"document_id": world.own.pk}, case="that does not exist"),
)
