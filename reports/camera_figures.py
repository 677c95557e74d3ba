"""Figures counted from the camera register, by their keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from reports.figures import Figure, register_figure
from reports.models import CameraSystem
from reports.queries import camera_charts, camera_costs, camera_places, camera_privacy

if TYPE_CHECKING:
    from region.chart import Chart
    from reports.asked import Asked

Build = Callable[["Asked"], "Chart | None"]
TOPIC = "cameras"

_POINTS = _("Published points of the register. A point is a place with one or more devices; it is not a device.")
_DEVICES = _("Devices of the register that stand at active points on the day. A device may hold several sensors.")
_SENSORS = _("Sensors of devices at active points. A device with several sensors counts once as a device.")
_COSTS = _(
    "Amounts of the register for each camera point. What includes VAT is never mixed with what does not, and what is "
    "paid once never with what is paid every year."
)
FIGURES: tuple[tuple[str, Any, Any, Build], ...] = (
    ("cameras-points-by-stage", _("Camera points by stage"), _POINTS, camera_charts.points_by_stage),
    (
        "cameras-points-by-surroundings",
        _("Camera points by surroundings"),
        _POINTS,
        camera_charts.points_by_surroundings,
    ),
    ("cameras-points-by-system", _("Camera points by system"), _POINTS, camera_charts.points_by_system),
    ("cameras-devices-by-kind", _("Devices by kind"), _DEVICES, camera_charts.devices_by_kind),
    ("cameras-devices-by-surroundings", _("Devices by surroundings"), _DEVICES, camera_charts.devices_by_surroundings),
    ("cameras-devices-by-system", _("Devices by system"), _DEVICES, camera_charts.devices_by_system),
    ("cameras-sensors-by-kind", _("Sensors by kind of device"), _SENSORS, camera_charts.sensors_by_kind),
    ("cameras-sensors-by-surroundings", _("Sensors by surroundings"), _SENSORS, camera_charts.sensors_by_surroundings),
    ("cameras-sensors-by-system", _("Sensors by system"), _SENSORS, camera_charts.sensors_by_system),
    ("cameras-points-growth", _("Camera points over time"), _POINTS, camera_charts.points_growth),
    ("cameras-devices-growth", _("Devices over time"), _DEVICES, camera_charts.devices_growth),
    (
        "cameras-planned",
        _("Camera points to come"),
        _("Published points that are approved, funded, ordered or planned, by the day announced for them."),
        camera_charts.planned,
    ),
    ("cameras-costs-yearly-gross", _("Yearly costs of a point, with VAT"), _COSTS, camera_costs.yearly_gross),
    ("cameras-costs-yearly-net", _("Yearly costs of a point, without VAT"), _COSTS, camera_costs.yearly_net),
    (
        "cameras-costs-yearly-unstated",
        _("Yearly costs of a point, VAT not stated"),
        _COSTS,
        camera_costs.yearly_unstated,
    ),
    ("cameras-costs-once-gross", _("Costs of setting up a point, with VAT"), _COSTS, camera_costs.once_gross),
    ("cameras-costs-once-net", _("Costs of setting up a point, without VAT"), _COSTS, camera_costs.once_net),
    (
        "cameras-costs-once-unstated",
        _("Costs of setting up a point, VAT not stated"),
        _COSTS,
        camera_costs.once_unstated,
    ),
    (
        "cameras-external",
        _("Cameras of other owners"),
        _("Numbers stated by other institutions. They are not in the register and are added to nothing."),
        camera_places.external_chart,
    ),
    (
        "cameras-near-schools",
        _("Schools and stops near a camera point"),
        _("Schools, kindergartens and stops of public registers that have an active camera point within a distance."),
        camera_places.near_chart,
    ),
    (
        "cameras-coverage",
        _("Area within reach of cameras"),
        _("Ranges of all cameras at active points, united: the most that could be seen if nothing stood in the way."),
        camera_places.coverage_chart,
    ),
    ("cameras-cells", _("Camera points on the map"), _POINTS, camera_places.cells_chart),
    (
        "cameras-retention",
        _("How long recordings are kept"),
        _("Days after which the operator of a system deletes recordings."),
        camera_privacy.retention_chart,
    ),
    (
        "cameras-reviews",
        _("Yearly reviews of camera points"),
        _("Points of which somebody said in the year whether they are still necessary."),
        camera_privacy.reviews_chart,
    ),
)


def register_camera_figures() -> None:
    """Have the figures of the camera register known under their keys, in this order."""
    for order, (key, title, definition, build) in enumerate(FIGURES):
        # Coverage is reckoned for today alone.
        keeps_past = build is not camera_places.coverage_chart
        register_figure(Figure(key, title, TOPIC, definition, build, order, any_cameras, keeps_past))


def any_cameras() -> bool:
    """Whether a system is published. 1 query."""
    return CameraSystem.objects.filter(is_published=True).exists()
