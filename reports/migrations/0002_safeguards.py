"""What the models cannot say: states of observations and published corrections are never changed or deleted."""

from __future__ import annotations

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("reports_observationrevision", "reports_correction")
# TRUNCATE stays possible: only the owner of the table may do it, and tests empty their database by it.
FUNCTION = """
CREATE FUNCTION reports_kept_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'published corrections and states of values are kept: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION reports_kept_refuse()
"""
# SQLite has no TRUNCATE, and tests empty their database by DELETE: only changes are refused there.
SQLITE_TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE ON {table}
BEGIN
    SELECT RAISE(ABORT, 'published corrections and states of values are kept');
END
"""


def guard_kept(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION, params=None)
        trigger = TRIGGER
    else:
        trigger = SQLITE_TRIGGER
    for table in TABLES:
        schema_editor.execute(trigger.format(table=table), params=None)


def open_kept(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in TABLES:
        schema_editor.execute(f"DROP TRIGGER {table}_append_only" + (f" ON {table}" if on_postgresql else ""))
    if on_postgresql:
        schema_editor.execute("DROP FUNCTION reports_kept_refuse()")


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [migrations.RunPython(guard_kept, open_kept)]
