from __future__ import annotations

import pytest
from django.apps import apps

from reports.exports.cameras import COLUMNS
from reports.models import CameraPoint, CameraSystem, Device, Sensor
from reports.publication import FIELD_CLASS, Level, fields_for, level_of, may_see, public_fields
from reports.queries.cameras import PointFacts
from reports.views.camera_office import POINTS
from tests.factories.roles import with_role

# Everything of this area that is not of figures, events or places is of the register.
REGISTER = {
    model.__name__: model
    for model in apps.get_app_config("reports").get_models()
    if model.__module__.split(".")[-1].startswith(("camera_", "remote_access"))
}


def test_every_model_of_the_register_is_in_the_table() -> None:
    assert set(FIELD_CLASS) == set(REGISTER)


@pytest.mark.parametrize("name", sorted(REGISTER))
def test_every_field_has_a_class_and_every_class_a_field(name: str) -> None:
    fields = {field.name for field in REGISTER[name]._meta.get_fields() if not field.auto_created or field.concrete}
    assert set(FIELD_CLASS[name]) == fields


NEVER_PUBLIC = {
    "CameraSystem": {"network_note"},
    "Workstation": {"place", "staffing"},
    "Device": {"model", "network_note", "inventory_number"},
    "Sensor": {"azimuth", "field_of_view", "range_m"},
    "CameraPoint": {"note"},
    "Consultation": {"text"},
    "ExternalCameraSet": {"contact"},
    "RemoteAccess": {"purpose", "technical_note", "valid_from", "requested_by", "legal_basis", "body"},
}


@pytest.mark.parametrize("name", NEVER_PUBLIC)
def test_what_the_task_names_is_never_public(name: str) -> None:
    assert {field for field in NEVER_PUBLIC[name] if may_see(REGISTER[name], field, Level.PUBLIC)} == set()


def test_nothing_of_sensors_and_accesses_is_public() -> None:
    assert [fields_for(REGISTER[name], Level.PUBLIC) for name in ("Sensor", "RemoteAccess")] == [(), ()]


def test_field_without_a_class_is_shown_to_nobody() -> None:
    assert not may_see(CameraPoint, "new_field", Level.REGISTRAR)
    assert not may_see(apps.get_model("region", "Town"), "name", Level.REGISTRAR)


def test_public_pages_load_public_fields_alone() -> None:
    assert "note" not in public_fields(CameraPoint)
    assert "system__network_note" not in public_fields(CameraSystem, "system__")
    assert public_fields(Sensor) == ()


def test_columns_of_the_public_file_are_facts_of_the_public_page() -> None:
    assert set(COLUMNS) <= set(PointFacts.__dataclass_fields__) | {"device_count"}


def test_list_of_the_office_shows_no_field_of_the_registrar_alone() -> None:
    paths = [column.value or column.key for column in POINTS.columns]
    names = {path for path in paths if isinstance(path, str)}
    own = {name.removeprefix("get_").removesuffix("_display").split(".")[0] for name in names}
    fields = {field.name for field in CameraPoint._meta.concrete_fields}
    assert {name for name in own & fields if not may_see(CameraPoint, name, Level.OFFICE)} == set()
    assert len(own & fields) > 8


@pytest.mark.django_db
def test_levels_of_people() -> None:
    found = {role: level_of(with_role(role)) for role in ("camera_registrar", "services", "auditor", "analyst")}
    assert found == {
        "camera_registrar": Level.REGISTRAR,
        "services": Level.OFFICE,
        "auditor": Level.OFFICE,
        "analyst": Level.PUBLIC,
    }
    assert may_see(Device, "model", Level.REGISTRAR)
