"""What the models cannot say: the audit trail refuses changes (PostgreSQL), and the table of the shared cache."""

from __future__ import annotations

from django.apps.registry import Apps
from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CACHE_TABLE = "portal_cache"
TABLES = ("region_auditevent", "region_auditseal")
# TRUNCATE stays possible: only the owner of the table may do it, and tests empty their database by it.
FUNCTION = """
CREATE FUNCTION region_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only: % on % refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END
$$
"""
TRIGGER = """
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION region_audit_refuse()
"""


def guard_audit(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for statement in (FUNCTION, *(TRIGGER.format(table=table) for table in TABLES)):
            schema_editor.execute(statement, params=None)


def open_audit(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        for table in TABLES:
            schema_editor.execute(f"DROP TRIGGER {table}_append_only ON {table}")
        schema_editor.execute("DROP FUNCTION region_audit_refuse()")


def make_cache_table(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    call_command("createcachetable", CACHE_TABLE, database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(f"DROP TABLE {CACHE_TABLE}")


class Migration(migrations.Migration):
    dependencies = [("region", "0002_region")]

    operations = [
        migrations.RunPython(guard_audit, open_audit),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
