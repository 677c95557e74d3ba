"""What this area keeps: figures with their sources, events, cameras."""

from reports.models.camera_care import Consultation, Dpia, LegalBasis, YearlyReview
from reports.models.camera_costs import Cost
from reports.models.camera_devices import Device, Placement, Sensor
from reports.models.camera_points import CameraPoint, StageChange
from reports.models.camera_systems import CameraSystem, ExternalCameraSet, SystemOperator, Workstation
from reports.models.coverage import CoverageResult
from reports.models.events import EventCategory, EventLabel, EventRegister, InterventionEvent
from reports.models.events_loads import EventLoad, EventMonth, EventSpellingCount, EventSummary
from reports.models.figures import Metric, MetricBreak, SourceDocument
from reports.models.figures_values import Correction, Observation, ObservationRevision, Resolution
from reports.models.places import NearbyPlace
from reports.models.remote_access import RemoteAccess

__all__ = [
    "CameraPoint",
    "CameraSystem",
    "Consultation",
    "Correction",
    "Cost",
    "CoverageResult",
    "Device",
    "Dpia",
    "EventCategory",
    "EventLabel",
    "EventLoad",
    "EventMonth",
    "EventRegister",
    "EventSpellingCount",
    "EventSummary",
    "ExternalCameraSet",
    "InterventionEvent",
    "LegalBasis",
    "Metric",
    "MetricBreak",
    "NearbyPlace",
    "Observation",
    "ObservationRevision",
    "Placement",
    "RemoteAccess",
    "Resolution",
    "Sensor",
    "SourceDocument",
    "StageChange",
    "SystemOperator",
    "Workstation",
    "YearlyReview",
]
