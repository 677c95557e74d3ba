"""The tables that migrations make are those that the models ask for."""

from __future__ import annotations

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db


def test_no_change_of_a_model_waits_for_its_migration() -> None:
    told = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue())


def test_every_model_has_its_table() -> None:
    models = apps.get_models(include_auto_created=True)
    wanted = {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    assert wanted - set(connection.introspection.table_names()) == set()
