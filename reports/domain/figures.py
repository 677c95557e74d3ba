"""Writing values of figures: every state of a value is kept, and an error of ours is never mended silently."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from region.domain.audit import record
from region.domain.content import public_content_changed
from region.domain.users import is_system
from region.rules import require
from reports.enums.figures import ObservationStatus, RevisionAct
from reports.models import Correction, Metric, Observation, ObservationRevision

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from region.models import User

MANAGE = "reports.manage_figures"
# What an observation is about: it never changes; a value entered at the wrong place is withdrawn and entered anew.
IDENTITY = ("metric_id", "source_id", "town_id", "district_id", "period_from", "period_until")
# What readers have seen as the fact itself: once the metric is published, a change of it is a correction.
FACT = ("value", "missing", "precision", "as_of_earliest", "as_of_latest")
# What stands beside it and may be mended without a word.
BESIDE = ("status", "page", "quote", "note_cs", "note_pl", "note_en")
COLUMNS = (*IDENTITY, *FACT, *BESIDE)
# States into and out of which only correcting and withdrawing lead.
_BY_ACT = {ObservationStatus.WITHDRAWN, ObservationStatus.CORRECTED}


def state_of(observation: Observation) -> dict[str, Any]:
    """The whole observation as it is kept in its history: plain texts, numbers in digits, days in ISO form."""
    return {name: _plain(getattr(observation, name)) for name in COLUMNS}


def _plain(value: Any) -> str | None:
    if value is None:
        return None
    if hasattr(value, "normalize"):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def add_observation(*, by: User | None, why: str = "", **values: Any) -> Observation:
    """Add what one source says; ``values`` are columns of `Observation`. ``by`` None is a command of the operator.

    Raises PermissionDenied; ValidationError when the source has said it already, the metric is calculated by us, or
    a value contradicts itself.
    """
    may_manage(by=by)
    with transaction.atomic():
        observation = Observation(**values)
        # Two who add the same at once: the second one finds the first.
        Metric.objects.select_for_update(no_key=True).filter(pk=observation.metric_id).first()
        _refuse_calculated(observation)
        if observation.status in _BY_ACT:
            raise ValidationError(_by_act())
        observation.full_clean()
        observation.save(force_insert=True)
        observation.refresh_from_db()
        _keep(observation, RevisionAct.ADD, by, why, before={})
    return observation


def change_observation(*, observation: Observation, by: User | None, why: str = "", **changes: Any) -> Observation:
    """Change an observation. Of a published metric only what stands beside the fact (`BESIDE`): the rest is corrected.

    Nothing happens when nothing differs. Raises PermissionDenied and ValidationError.
    """
    may_manage(by=by)
    with transaction.atomic():
        row, before = _locked(observation)
        different = _apply(row, changes)
        if different & set(FACT) and row.metric.is_published:
            raise ValidationError(gettext("This value is published. Say why it is wrong, and it will be corrected."))
        if "status" in different and {before["status"], row.status} & _BY_ACT:
            raise ValidationError(_by_act())
        if different:
            _store(row)
            _keep(row, RevisionAct.CHANGE, by, why, before)
    return row


def correct_observation(
    *, observation: Observation, reasons: Mapping[str, str], by: User | None, **changes: Any
) -> Correction:
    """Mend an error of ours: the old value stays readable with the day and the reason, in the feed of corrections.

    ``reasons`` are sentences by language (cs, pl, en), one at least.
    Raises PermissionDenied; ValidationError without a reason or when the value stays as it is.
    """
    may_manage(by=by)
    with transaction.atomic():
        row, before = _locked(observation)
        if not _apply(row, changes) & set(FACT):
            raise ValidationError(gettext("Nothing about the value differs, so there is nothing to correct."))
        if row.status == ObservationStatus.WITHDRAWN:
            row.status = _status_before(row)
        row.status = row.status if row.status == ObservationStatus.PART else ObservationStatus.CORRECTED
        _store(row)
        after = _keep(row, RevisionAct.CORRECT, by, _first(reasons), before)
        return _publish(by, reasons, before, after, observation=row)


def correct_month(
    *,
    register: str,
    month: date,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    reasons: Mapping[str, str],
    by: User | None,
) -> Correction:
    """Publish that a month of a register of events was loaded again with other numbers.

    The caller has changed the register in the same transaction and checked who may do so.
    """
    with transaction.atomic():
        return _publish(by, reasons, before, after, register=register, month=month)


def withdraw_observation(*, observation: Observation, reasons: Mapping[str, str], by: User | None) -> Correction:
    """Take a value back: it stays visible as withdrawn and counts for nothing. Raises as `correct_observation`."""
    may_manage(by=by)
    with transaction.atomic():
        row, before = _locked(observation)
        if row.status == ObservationStatus.WITHDRAWN:
            raise ValidationError(gettext("This value is withdrawn already."))
        if row.resolutions.filter(ended_at__isnull=True).exists():
            raise ValidationError(gettext("This value is the preferred one. End that decision first."))
        row.status = ObservationStatus.WITHDRAWN
        _store(row)
        after = _keep(row, RevisionAct.WITHDRAW, by, _first(reasons), before)
        return _publish(by, reasons, before, after, observation=row)


def remove_observation(*, observation: Observation, by: User | None, why: str) -> None:
    """Delete an observation that an import brought and that import is undone; its history stays.

    Raises ProtectedError when it was corrected or preferred meanwhile; ValidationError when readers have seen it.
    """
    may_manage(by=by)
    with transaction.atomic():
        row, before = _locked(observation)
        if row.metric.is_published:
            raise ValidationError(gettext("This value is published. Withdraw it, and say why."))
        _keep(row, RevisionAct.REMOVE, by, why, before)
        row.delete()


def may_manage(*, by: User | None) -> None:
    """Guard of everything that writes figures: commands of the operator may, people by their role."""
    if by is not None and not is_system(by):
        require(by, MANAGE)


def _refuse_calculated(observation: Observation) -> None:
    if observation.metric.is_calculated:
        raise ValidationError({"metric": gettext("This figure is calculated by us; it has no values of its own.")})


def _by_act() -> str:
    return gettext("A value is withdrawn or corrected by an act of its own, which says why.")


def _status_before(row: Observation) -> str:
    """How a withdrawn value stood before."""
    for one in ObservationRevision.objects.filter(observation_id=row.pk).order_by("-at"):
        if one.state["status"] != ObservationStatus.WITHDRAWN:
            return str(one.state["status"])
    return row.status


def _locked(observation: Observation) -> tuple[Observation, dict[str, Any]]:
    row = Observation.objects.select_for_update(of=("self",)).select_related("metric").get(pk=observation.pk)
    return row, state_of(row)


def _apply(row: Observation, changes: Mapping[str, Any]) -> set[str]:
    """Set columns; which of them differ. Raises ValidationError when what the observation is about would change."""
    different = {name for name, value in changes.items() if getattr(row, name) != value}
    moved = {name for name in different if name not in {*FACT, *BESIDE}}
    if moved:
        raise ValidationError(
            gettext("A value stays with its metric, source, area and period. Withdraw it and add another one.")
        )
    for name in different:
        setattr(row, name, changes[name])
    return different


def _store(row: Observation) -> None:
    row.full_clean()
    row.save()
    row.refresh_from_db()


def _keep(row: Observation, act: RevisionAct, by: User | None, why: str, before: dict[str, Any]) -> dict[str, Any]:
    """Write the state of an observation into its history and the audit trail; gives the state."""
    after = state_of(row)
    ObservationRevision.objects.create(
        at=timezone.now(), by=by, metric_id=row.metric_id, observation_id=row.pk, act=act, state=after, why=why
    )
    names = [name for name in COLUMNS if before.get(name) != after[name]]
    record(
        action=f"observation.{act.value}",
        target=row,
        by=by,
        before={name: before[name] for name in names if before},
        after={name: after[name] for name in names},
    )
    public_content_changed()
    return after


def _publish(
    by: User | None,
    reasons: Mapping[str, str],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    **about: Any,
) -> Correction:
    if not _first(reasons):
        raise ValidationError(gettext("Say why, in one language at least."))
    said = {f"reason_{code}": reasons.get(code, "").strip() for code in ("cs", "pl", "en")}
    correction = Correction(at=timezone.now(), by=by, before=dict(before), after=dict(after), **said, **about)
    correction.save(force_insert=True)
    record(action="correction.publish", target=correction, by=by, after=said)
    public_content_changed()
    return correction


def _first(reasons: Mapping[str, str]) -> str:
    return next((words.strip() for words in reasons.values() if words.strip()), "")
