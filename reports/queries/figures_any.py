"""Whether there is anything to show under "Figures"."""

from __future__ import annotations

from django.db.models import Exists, Q

from reports.models import CameraSystem, EventRegister, Metric


def any_figures() -> Q:
    """True, asked along with another query, when anybody may see a metric, a camera system or a register of events."""
    metrics = Exists(Metric.objects.published())
    systems = Exists(CameraSystem.objects.filter(is_published=True))
    registers = Exists(EventRegister.objects.filter(is_published=True))
    return Q(metrics) | Q(systems) | Q(registers)
