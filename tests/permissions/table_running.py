"""Imports, mail, tasks, the audit trail and personal data in the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.listings import listing
from tests.permissions.rows import NOT_ALLOWED, Row, only, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

IMPORTS = roles("administrator coordinator head auditor")
IMPORT = roles("administrator coordinator")
MAIL = TASKS = roles("administrator auditor")
RUN = PERSONAL = roles("administrator")
AUDIT = roles("auditor")


def of_batch(world: World) -> dict[str, Any]:
    return {"batch_id": world.batch.pk}


def of_letter(world: World) -> dict[str, Any]:
    return {"message_id": world.letter.pk}


def of_reader(world: World) -> dict[str, Any]:
    return {"kind": "account", "key": world.people["reader"].pk}


ROWS = (
    *listing("region:office-imports", IMPORTS),
    Row("region:office-import-new", only(IMPORT, 200), only(IMPORT, 422)),
    # Leads to the step at which the import stands.
    Row("region:office-import", only(IMPORTS, 302), args=of_batch),
    Row("region:office-import-columns", only(IMPORTS, 200), only(IMPORT, 422), args=of_batch),
    Row("region:office-import-check", only(IMPORTS, 302), args=of_batch),
    Row("region:office-import-confirm", only(IMPORTS, 302), only(IMPORT, 302), args=of_batch),
    Row("region:office-import-progress", only(IMPORTS, 302), only(IMPORT, 302), args=of_batch),
    Row("region:office-import-undo", only(IMPORTS, 302), only(IMPORT, 302), args=of_batch),
    Row("region:office-import-drop", only(IMPORTS, 200), only(IMPORT, 302), args=of_batch),
    *listing("region:office-mail", MAIL, bulk=RUN, action="hold"),
    Row("region:office-mail-hold", only(RUN, 200), only(RUN, 200)),
    Row("region:office-mail-release", NOT_ALLOWED, only(RUN, 409)),
    Row("region:office-mail-message", only(MAIL, 200), args=of_letter),
    Row(
        "region:office-mail-act",
        NOT_ALLOWED,
        only(RUN, 409),
        args=lambda world: {**of_letter(world), "code": "hold"},
    ),
    *listing("region:office-tasks", TASKS, exported=False, bulk=RUN, action="run-again"),
    Row("region:office-running", only(TASKS, 200)),
    Row("region:office-audit", only(AUDIT, 200), only(AUDIT, 405)),
    Row("region:office-audit-export", only(AUDIT, 200), only(AUDIT, 405)),
    Row("region:office-audit-event", only(AUDIT, 404), only(AUDIT, 405), args=lambda w: {"event_id": w.own.pk}),
    Row("region:office-personal-data", only(PERSONAL, 200), only(PERSONAL, 405)),
    Row("region:office-personal-data-person", only(PERSONAL, 200), only(PERSONAL, 405), args=of_reader),
    Row("region:office-personal-data-copy", only(PERSONAL, 405), only(PERSONAL, 200), args=of_reader),
    Row("region:office-personal-data-erase", only(PERSONAL, 405), only(PERSONAL, 422), args=of_reader),
)
