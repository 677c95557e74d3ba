"""Imports, mail, tasks, the audit trail and personal data in the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.listings import listing
from tests.permissions.rows import NOT_ALLOWED, Expect, Row, only, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

IMPORTS = roles("administrator coordinator head auditor")
IMPORT = roles("administrator coordinator")
# Those who import files of their own field alone: what others import is not there for them.
OWN_IMPORT = roles("analyst camera_registrar")
MAIL = TASKS = roles("administrator auditor")
RUN = PERSONAL = roles("administrator")
AUDIT = roles("auditor")


def of_batch(world: World) -> dict[str, Any]:
    return {"batch_id": world.batch.pk}


def of_letter(world: World) -> dict[str, Any]:
    return {"message_id": world.letter.pk}


def of_reader(world: World) -> dict[str, Any]:
    return {"kind": "account", "key": world.people["reader"].pk}


def seen(who: frozenset[str], status: int) -> Expect:
    """An import of towns: not to be found by those who import other things."""
    return Expect(status, who, special=dict.fromkeys(OWN_IMPORT, 404))


def of_places(world: World) -> dict[str, Any]:
    return {"batch_id": world.camera_batch.pk}


def of_mapping(world: World) -> dict[str, Any]:
    return {"mapping_id": world.mapping.pk}


# Those who see imports of places: all who see every import, and whoever may import places.
PLACES = roles("administrator coordinator head auditor camera_registrar")
REGISTRAR = roles("camera_registrar")


def seen_place(who: frozenset[str], status: int) -> Expect:
    """An import of places: not to be found by analysts."""
    return Expect(status, who, special={"analyst": 404})


ROWS = (
    *listing("region:office-imports", IMPORTS | OWN_IMPORT),
    Row("region:office-import-new", only(IMPORT | OWN_IMPORT, 200), only(IMPORT | OWN_IMPORT, 422)),
    # Leads to the step at which the import stands.
    Row("region:office-import", seen(IMPORTS, 302), args=of_batch),
    Row("region:office-import-columns", seen(IMPORTS, 200), seen(IMPORT, 302), args=of_batch),
    Row("region:office-import-check", seen(IMPORTS, 302), args=of_batch),
    Row("region:office-import-confirm", seen(IMPORTS, 302), seen(IMPORT, 302), args=of_batch),
    Row("region:office-import-progress", seen(IMPORTS, 302), seen(IMPORT, 302), args=of_batch),
    Row("region:office-import-undo", seen(IMPORTS, 302), seen(IMPORT, 302), args=of_batch),
    Row("region:office-import-drop", seen(IMPORTS, 200), seen(IMPORT, 302), args=of_batch),
    Row(
        "region:office-import-columns",
        seen_place(PLACES, 200),
        seen_place(REGISTRAR, 302),
        args=of_places,
        case="places",
    ),
    Row(
        "region:office-import-drop", seen_place(PLACES, 200), seen_place(REGISTRAR, 302), args=of_places, case="places"
    ),
    *listing("region:office-mappings", IMPORT | OWN_IMPORT, exported=False),
    Row("region:office-mapping", seen(IMPORT, 200), seen(IMPORT, 422), args=of_mapping),
    Row("region:office-mapping-delete", seen(IMPORT, 200), seen(IMPORT, 409), args=of_mapping),
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
