"""What the demo content of a region says about cameras: frozen values, filled by `portal.demo.reading`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from portal.demo.records import Text


@dataclass(frozen=True, slots=True)
class Operator:
    """Who runs the system, as far as a document says since when."""

    name: str
    source: str
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Workstation:
    """Who watches."""

    organisation: str


@dataclass(frozen=True, slots=True)
class Basis:
    """Why the system may watch."""

    article: str
    national_act: str
    purpose: Text
    milder_means: Text | None = None


@dataclass(frozen=True, slots=True)
class System:
    """The region's camera system."""

    slug: str
    country: Literal["CZ", "PL"]
    controller: str
    name: Text
    note: Text
    operator: tuple[Operator, ...]
    basis: tuple[Basis, ...]
    workstation: tuple[Workstation, ...] = ()


@dataclass(frozen=True, slots=True)
class ExternalSet:
    """Cameras of others, known as a number."""

    owner: Text
    count: int
    joinable: Literal["yes", "possible", "no"]
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Cost:
    """One amount that a document states."""

    kind: Literal["purchase_installation", "maintenance"]
    amount: Decimal
    currency: Literal["CZK", "PLN"]
    tax: Literal["gross", "net", "unstated"]
    period: Literal["once", "year"]
    per: Literal["total", "point"]
    source: str
    point_count: int | None = None
    is_shared_contract: bool = False
    contract: Text | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """A place with cameras; its coordinates are estimates. `since` is the day on which a document knew its stage."""

    code: str
    name: str
    surroundings: str
    stage: Literal["active", "planned"]
    since: date
    source: str
    town: str | None = None
    lat: float | None = None
    lon: float | None = None
    planned_by: date | None = None
    expected_devices: int | None = None


@dataclass(frozen=True, slots=True)
class Cameras:
    """Everything there is to load about a region's cameras."""

    system: System
    points: tuple[Point, ...]
    external: tuple[ExternalSet, ...] = ()
    costs: tuple[Cost, ...] = ()
