"""A camera register with a mark in every text that has room for one: what may be read by anybody, and what may not."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from region.models import Town, User
from reports.enums.cameras import AccessState, Answer, DeviceKind, Stage
from reports.models import (
    CameraPoint,
    CameraSystem,
    Consultation,
    Cost,
    Device,
    Dpia,
    ExternalCameraSet,
    LegalBasis,
    Placement,
    RemoteAccess,
    Sensor,
    StageChange,
    SystemOperator,
    Workstation,
    YearlyReview,
)
from reports.publication import Level, may_see
from tests.factories.accounts import new_user

# Letters alone: nothing on the way to a page, an address or a file writes them in another way.
HIDDEN, OPEN = "zqhidden", "zqopen"
DAY, MISTAKE, END = date(2024, 5, 1), date(2025, 3, 1), date(2099, 1, 1)
AZIMUTH, VIEW, RANGE = 123.46813, 77.51937, 61.52479
# An approximate place with more digits than may be told of it.
ROUGH_LON, ROUGH_LAT = 13.3779123, 49.7412345
_TEXTS = (models.CharField, models.TextField)


def marked(model: type[models.Model], *, is_open: bool = True, **given: Any) -> Any:
    """A record with a mark in each of its texts; of one that is not published all are hidden."""
    values: dict[str, Any] = {}
    for field in texts_of(model):
        is_public = is_open and may_see(model, field.name, Level.PUBLIC)
        word = mark(OPEN if is_public else HIDDEN, model, field)
        values[field.name] = f"https://{word}.example" if isinstance(field, models.URLField) else word
    return model._default_manager.create(**{**values, **given})


def texts_of(model: type[models.Model]) -> list[Any]:
    """Columns of a model that hold any text."""
    return [field for field in model._meta.concrete_fields if isinstance(field, _TEXTS) and not field.choices]


def mark(kind: str, model: type[models.Model], field: Any) -> str:
    """What stands in one column."""
    return f"{kind}{model.__name__}{field.name.replace('_', '')}".lower()[: field.max_length]


def register(*, town: Town) -> dict[str, CameraPoint]:
    """One published system with an active, an approximate and a coming point, and beside them what is not published."""
    person = new_user(first_name=HIDDEN, last_name=f"{HIDDEN}person", email=f"{HIDDEN}@example.org")
    system = _system("open", person, is_open=True, town=town)
    points = {
        "active": _point("OPEN-1", system, person, town=town),
        "rough": _point(
            "OPEN-2", system, person, town=town, location_status="approximate", lon=ROUGH_LON, lat=ROUGH_LAT
        ),
        "coming": _point("OPEN-3", system, person, town=town, stage=Stage.PLANNED),
        "hidden": _point("HIDDEN-4", system, person, is_open=False, town=town),
        "thought": _point("HIDDEN-5", system, person, is_open=False, town=town, stage=Stage.PROPOSED),
    }
    other = _system("shut", person, is_open=False, town=town)
    # Published once, and hidden with its system since.
    points["shut"] = _point("HIDDEN-6", other, person, is_open=False, is_published=True, town=town)
    lawless = CameraSystem.objects.create(slug="lawless", name_en="Lawless", country="CZ", is_published=True)
    points["lawless"] = _point("HIDDEN-7", lawless, person, is_open=False, is_published=True, town=town)
    for is_open in (True, False):
        marked(
            ExternalCameraSet,
            is_open=is_open,
            system=system,
            town=town,
            count=22_273,
            joinable="possible",
            as_of=DAY,
            is_published=is_open,
        )
    return points


def _system(slug: str, person: User, *, is_open: bool, town: Town) -> CameraSystem:
    system: CameraSystem = marked(
        CameraSystem, is_open=is_open, slug=slug, country="CZ", town=town, retention_days=7, is_published=is_open
    )
    given: dict[str, Any] = {"is_open": is_open, "system": system}
    marked(SystemOperator, **given, since=DAY)
    marked(Workstation, **given, since=DAY)
    marked(LegalBasis, **given)
    marked(Dpia, **given, done_on=DAY, outcome="acceptable")
    marked(Consultation, **given, body="police", opinion="for", asked_on=DAY)
    marked(Cost, **given, kind="maintenance", amount=635, currency="CZK", tax="gross", period="year", per="point")
    marked(
        RemoteAccess,
        is_open=False,
        system=system,
        # Its body is public as a part of a count.
        body=f"{OPEN if is_open else HIDDEN}body",
        state=AccessState.GRANTED,
        asked_from=DAY,
        asked_until=END,
        valid_from=DAY,
        valid_until=END,
        requested_by=person,
        technical_by=new_user(first_name=HIDDEN),
        technical_at="2024-04-01T10:00Z",
        financial_by=new_user(first_name=HIDDEN),
        financial_at="2024-04-02T10:00Z",
        granted_by=person,
        granted_at="2024-04-03T10:00Z",
    )
    return system


def _point(code: str, system: CameraSystem, person: User, *, is_open: bool = True, **given: Any) -> CameraPoint:
    known = {"stage": Stage.ACTIVE, "location_status": "exact", "lon": 13.37, "lat": 49.74, "is_published": is_open}
    point: CameraPoint = marked(
        CameraPoint, is_open=is_open, code=code, system=system, stage_since=DAY, **{**known, **given}
    )
    of: dict[str, Any] = {"is_open": is_open, "point": point}
    marked(StageChange, **of, stage=point.stage, since=DAY, noted_by=person, taken_back_reason="")
    marked(
        StageChange,
        is_open=False,
        point=point,
        stage=Stage.RETIRED,
        since=MISTAKE,
        ended_on=MISTAKE,
        noted_by=person,
        taken_back_by=person,
        taken_back_at="2025-04-01T10:00Z",
    )
    marked(
        YearlyReview,
        **of,
        year=2025,
        reviewed_on=date(2025, 5, 5),
        is_necessary=True,
        decision="keep",
        noted_by=person,
    )
    marked(Consultation, **of, system=system, body="residents", opinion="for", asked_on=DAY)
    if system.slug != "lawless":
        marked(LegalBasis, **of, system=system)
    cost = marked(
        Cost,
        is_open=is_open,
        system=system,
        kind="purchase",
        amount=1234567,
        currency="CZK",
        tax="net",
        since=DAY,
        is_shared_contract=True,
    )
    cost.points.add(point)
    device = marked(
        Device,
        is_open=is_open,
        system=system,
        inventory_number=f"{HIDDEN}{code}",
        kind=DeviceKind.PTZ,
        has_audio=Answer.NO,
        face_recognition=Answer.NO,
    )
    Sensor.objects.create(device=device, azimuth=AZIMUTH, field_of_view=VIEW, range_m=RANGE, since=DAY)
    marked(Placement, **of, device=device, since=DAY)
    return point
