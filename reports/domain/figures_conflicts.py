"""Deciding which of several sources our totals use. The others stay visible."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from region.domain.audit import record
from region.domain.content import public_content_changed
from reports.domain.figures import IDENTITY, may_manage
from reports.enums.figures import ObservationStatus
from reports.models import Metric, Observation, Resolution

if TYPE_CHECKING:
    from collections.abc import Mapping

    from region.models import User

# What two observations of the same thing share.
SHARED = tuple(name for name in IDENTITY if name != "source_id")


def resolve_conflict(
    *, preferred: Observation, reason: str, public_notes: Mapping[str, str], by: User | None
) -> Resolution:
    """Prefer one source's value of a metric, area and period; an earlier decision about the same is ended.

    ``public_notes`` are sentences by language (cs, pl, en), one at least. ``by`` None is a command of the operator.
    Raises PermissionDenied; ValidationError when only one source says anything, the value is withdrawn, or a word of
    explanation is missing.
    """
    may_manage(by=by)
    with transaction.atomic():
        # Two who decide between the same sources at once: the second one ends what the first decided.
        Metric.objects.select_for_update(no_key=True).get(pk=preferred.metric_id)
        value = Observation.objects.select_for_update(of=("self",)).get(pk=preferred.pk)
        about = {name: getattr(value, name) for name in SHARED}
        _check(value, reason, public_notes)
        for one in Resolution.objects.select_for_update(of=("self",)).filter(ended_at__isnull=True, **_empty(about)):
            _end(one, by)
        notes = {f"public_note_{code}": public_notes.get(code, "").strip() for code in ("cs", "pl", "en")}
        made = Resolution(preferred=value, made_at=timezone.now(), made_by=by, reason=reason.strip(), **about, **notes)
        made.full_clean(exclude=["made_by"])
        made.save(force_insert=True)
        record(action="resolution.make", target=made, by=by, after={"preferred": str(value.pk), "reason": made.reason})
        public_content_changed()
    return made


def end_resolution(*, resolution: Resolution, by: User | None) -> Resolution:
    """Prefer no source any more: the range of all is the headline again. Nothing happens when it has ended already."""
    may_manage(by=by)
    with transaction.atomic():
        row = Resolution.objects.select_for_update(of=("self",)).get(pk=resolution.pk)
        if row.ended_at is None:
            _end(row, by)
            public_content_changed()
    return row


def _end(row: Resolution, by: User | None) -> None:
    row.ended_at, row.ended_by = timezone.now(), by
    row.save(update_fields=["ended_at", "ended_by"])
    record(action="resolution.end", target=row, by=by, before={"preferred": str(row.preferred_id)})


def _check(value: Observation, reason: str, public_notes: Mapping[str, str]) -> None:
    if value.status == ObservationStatus.WITHDRAWN:
        raise ValidationError({"preferred": gettext("This value is withdrawn.")})
    about = {name: getattr(value, name) for name in SHARED}
    if not Observation.objects.filter(**_empty(about)).exclude(pk=value.pk).exists():
        raise ValidationError({"preferred": gettext("Only one source says this; there is nothing to decide.")})
    if not reason.strip():
        raise ValidationError({"reason": gettext("Say why.")})
    if not any(words.strip() for words in public_notes.values()):
        raise ValidationError(gettext("Say why to readers too, in one language at least."))


def _empty(about: Mapping[str, object]) -> dict[str, object]:
    """Conditions of a filter: empty columns are asked for as empty."""
    return {(f"{name}__isnull" if value is None else name): value is None or value for name, value in about.items()}
