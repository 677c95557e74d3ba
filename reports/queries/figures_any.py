"""Whether there is anything to show under "Figures", and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, Q

from reports.enums.figures import Topic
from reports.figures import registered_figures
from reports.models import CameraSystem, EventRegister, Metric

if TYPE_CHECKING:
    from reports.figures import Figure

DASHBOARDS: dict[str, str] = {Topic.CAMERAS: "reports:cameras", Topic.INTERVENTIONS: "reports:interventions"}


def any_figures() -> Q:
    """True, asked along with another query, when anybody may see a metric, a camera system or a register of events."""
    metrics = Exists(Metric.objects.published())
    systems = Exists(CameraSystem.objects.filter(is_published=True))
    registers = Exists(EventRegister.objects.filter(is_published=True))
    return Q(metrics) | Q(systems) | Q(registers)


def counted_figures() -> list[Figure]:
    """Figures made from registers in which there is something to count; each register is asked once."""
    has = {ask: ask() for ask in dict.fromkeys(one.has_register for one in registered_figures())}
    return [one for one in registered_figures() if has[one.has_register]]


def public_pages() -> list[tuple[str, tuple[str, ...]]]:
    """Names and arguments of the addresses of figures, their dashboards and camera systems. At most 5 queries.

    Single camera points are left out: there may be tens of thousands, and the pages of lists lead to them.
    """
    metrics = list(Metric.objects.published().values_list("key", "topic"))
    figures = [*metrics, *((one.key, str(one.topic)) for one in counted_figures())]
    systems = CameraSystem.objects.filter(is_published=True).values_list("slug", flat=True)
    topics = {topic for _key, topic in figures}
    pages: list[tuple[str, tuple[str, ...]]] = [(name, ()) for topic, name in DASHBOARDS.items() if topic in topics]
    pages += [("reports:figure", (key,)) for key, _topic in figures]
    pages += [("reports:camera-system", (slug,)) for slug in systems]
    return [("reports:figures", ()), *pages] if pages else []
