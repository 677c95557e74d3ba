"""Remote access to a town's cameras: who asks, two who approve, the time it holds, and its end by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from region.clock import today, zone
from region.domain.audit import record
from region.domain.notices import notify
from region.domain.transition import Act, Flow
from region.domain.transition import transition as go
from region.models import Notice, User
from region.rules import can, require
from reports.camera_rules import access_time_problem
from reports.enums.cameras import AccessState
from reports.models import RemoteAccess
from reports.queries.remote_access import people_who
from reports.states.remote_access import ACCESS, ASKED, FINANCIAL, IN_FORCE, MANAGE, REQUEST, TECHNICAL

# Days before the end at which everybody concerned is told, once each.
REMINDERS = (60, 30)
# How the access stands that a new one takes the place of.
RENEWABLE: frozenset[str] = frozenset({AccessState.REVIEWED, AccessState.EXPIRED})


def _is_by_another(access: RemoteAccess, act: Act) -> Iterator[str]:
    if act.by and act.by.pk == access.requested_by_id:
        yield gettext("You asked for this access: somebody else has to decide about it.")


def _is_by_third(access: RemoteAccess, act: Act) -> Iterator[str]:
    yield from _is_by_another(access, act)
    is_same = act.by is not None and act.by.pk == access.technical_by_id
    if is_same and not access.system.same_body_may_approve:
        yield gettext("You approved the technical side: somebody else has to decide about the financial one.")


def _is_own(access: RemoteAccess, act: Act) -> Iterator[str]:
    if act.by and act.by.pk != access.requested_by_id:
        yield gettext("Only whoever asked for this access can do this.")
    since, until = (act.changes.get(name, getattr(access, name)) for name in ("asked_from", "asked_until"))
    if act.name == "ask_again" and (problem := access_time_problem(since=since, until=until)):
        yield problem


def _may_be_granted(access: RemoteAccess, act: Act) -> Iterator[str]:
    yield from _is_by_another(access, act)
    since, until = _time_of(access, act)
    if problem := access_time_problem(since=since, until=until):
        yield problem
    if until < today():
        yield gettext("This time is over already.")
    if since < access.asked_from or until > access.asked_until:
        yield gettext("Both sides approved the days that were asked for: grant them, or fewer of them.")
    if access.renews:
        yield from _may_be_replaced(access.renews)


def _may_be_replaced(former: RemoteAccess) -> Iterator[str]:
    if former.state == AccessState.REVOKED:
        yield gettext("The access that this one renews was revoked: ask for a new one.")
    elif former.state not in RENEWABLE:
        yield gettext("The access that this one renews has to be reviewed first.")


def _is_reviewed_by_another(access: RemoteAccess, act: Act) -> Iterator[str]:
    yield from _is_by_another(access, act)
    if access.valid_until and access.valid_until < today():
        yield gettext("This access is over already.")


def _has_successor(access: RemoteAccess, act: Act) -> Iterator[str]:
    day = act.at.astimezone(zone()).date()
    if not RemoteAccess.objects.filter(renews=access, state__in=IN_FORCE, valid_from__lte=day).exists():
        yield gettext("Nothing was granted in its place.")


def _is_over(access: RemoteAccess, act: Act) -> Iterator[str]:
    if access.valid_until and access.valid_until >= act.at.astimezone(zone()).date():
        yield gettext("Its time still runs.")


def _technically(_access: RemoteAccess, act: Act) -> Mapping[str, Any]:
    return {"technical_at": act.at, "technical_by": act.by, "reason": ""}


def _financially(access: RemoteAccess, act: Act) -> Mapping[str, Any]:
    one_body = access.system.same_body_may_approve
    return {"financial_at": act.at, "financial_by": act.by, "was_one_body": one_body}


def _with_reason(_access: RemoteAccess, act: Act) -> Mapping[str, Any]:
    return {"reason": act.reason}


def _from_beginning(_access: RemoteAccess, _act: Act) -> Mapping[str, Any]:
    """A mended request is decided about anew by both."""
    return {"technical_at": None, "technical_by": None, "technical_note": "", "reason": ""}


def _released(_access: RemoteAccess, _act: Act) -> Mapping[str, Any]:
    """What a withdrawn request was to renew can be renewed by another one."""
    return {"renews": None}


def _time_of(access: RemoteAccess, act: Act) -> tuple[date, date]:
    """The days it is granted for: those given, or those asked for."""
    since, until = act.changes.get("valid_from"), act.changes.get("valid_until")
    return since or access.asked_from, until or access.asked_until


def _granted(access: RemoteAccess, act: Act) -> Mapping[str, Any]:
    since, until = _time_of(access, act)
    return {"granted_at": act.at, "granted_by": act.by, "valid_from": since, "valid_until": until}


def _reviewed(_access: RemoteAccess, act: Act) -> Mapping[str, Any]:
    return {"reviewed_on": act.at.astimezone(zone()).date(), "reviewed_by": act.by}


def _renew_former(access: RemoteAccess, act: Act) -> None:
    """What this access renews ends when this one begins: now, or on a day on which the tick sees to it."""
    has_begun = access.valid_from is not None and access.valid_from <= today()
    if has_begun and access.renews and access.renews.state == AccessState.REVIEWED:
        go(record=access.renews, flow=ACCESSES, name="renew", by=act.by)


def _tell_requester(access: RemoteAccess, act: Act) -> None:
    """The requester learns of each step that somebody else does, as long as he or she may ask for accesses."""
    is_other = act.by is None or act.by.pk != access.requested_by_id
    if access.requested_by and is_other and can(access.requested_by, REQUEST):
        sentence = _("Remote access to cameras, {name}: {state}")
        words = format_lazy(sentence, name=access.system.name, state=AccessState(access.state).label)
        key = f"{access.pk} {access.version}"
        notify(user=access.requested_by, kind="access.step", text=words, path=_path(access), key=key)


def _tell_next(access: RemoteAccess, _act: Act) -> None:
    """Whoever decides next learns that something waits."""
    permission = {
        AccessState.REQUESTED: TECHNICAL,
        AccessState.TECHNICALLY_APPROVED: FINANCIAL,
        AccessState.FINANCIALLY_APPROVED: MANAGE,
    }[AccessState(access.state)]
    words = format_lazy(_("A remote access to cameras waits for you: {name}"), name=str(access))
    for user in people_who(permission):
        notify(user=user, kind="access.waits", text=words, path=_path(access), key=f"{access.pk} {access.version}")


def _path(access: RemoteAccess) -> Any:
    return reverse_lazy("reports:office-access", args=[access.pk])


_STEPS = ("return_technically", "return_financially", "grant", "renew", "expire", "revoke")
ACCESSES = Flow(
    ACCESS,
    state_field="state",
    version="version",
    guards={
        "is_by_another": _is_by_another,
        "is_by_third": _is_by_third,
        "is_own": _is_own,
        "may_be_granted": _may_be_granted,
        "is_reviewed_by_another": _is_reviewed_by_another,
        "has_successor": _has_successor,
        "is_over": _is_over,
    },
    facts={
        "approve_technically": _technically,
        "approve_financially": _financially,
        "ask_again": _from_beginning,
        "grant": _granted,
        "withdraw": _released,
        "review": _reviewed,
        **dict.fromkeys(("return_technically", "return_financially", "revoke"), _with_reason),
    },
    notices={
        **dict.fromkeys(_STEPS, (_tell_requester,)),
        **dict.fromkeys(("approve_technically", "approve_financially"), (_tell_requester, _tell_next)),
        "ask_again": (_tell_next,),
        "grant": (_renew_former, _tell_requester),
    },
)


@transaction.atomic
def request_access(*, values: Mapping[str, Any], by: User, renews: RemoteAccess | None = None) -> RemoteAccess:
    """Ask for access with ``values``: `system` and what ``ASKED`` lists; perhaps in place of an older one.

    Raises PermissionDenied, and ValidationError with the fields it concerns.
    """
    require(by, REQUEST)
    access = RemoteAccess(requested_by=by, renews=_renewable(renews, by))
    for name in ("system", *ASKED):
        if name in values:
            setattr(access, name, values[name])
    access.full_clean(validate_constraints=False)
    if problem := access_time_problem(since=access.asked_from, until=access.asked_until):
        raise ValidationError({"asked_until": problem})
    access.save(force_insert=True)
    record(action="remoteaccess.request", target=access, by=by, after={name: values.get(name) for name in ASKED})
    _tell_next(access, Act("request", by, access.requested_at))
    return access


def _renewable(access: RemoteAccess | None, by: User) -> RemoteAccess | None:
    if access is None:
        return None
    row = RemoteAccess.objects.select_for_update().get(pk=access.pk)
    if row.requested_by_id != by.pk or row.state not in IN_FORCE:
        raise ValidationError(gettext("Only your own access that is in force can be renewed."))
    if RemoteAccess.objects.filter(renews=row).exists():
        raise ValidationError(gettext("Its renewal was asked for already."))
    return row


def step(
    *,
    access: RemoteAccess,
    name: str,
    by: User,
    reason: str = "",
    changes: Mapping[str, Any] | None = None,
    expected_version: int | None = None,
) -> RemoteAccess:
    """Do one step of an access. Raises what ``transition`` raises."""
    return go(
        record=access,
        flow=ACCESSES,
        name=name,
        by=by,
        reason=reason,
        changes=changes,
        expected_version=expected_version,
    )


def note_view(*, access: RemoteAccess, by: User) -> None:
    """Write down that somebody looked at an access: each time, for good."""
    record(action="remoteaccess.view", target=access, by=by)


def expire_accesses(*, now: datetime) -> int:
    """Duty of the tick: end accesses whose last day is over or in whose place another has begun; gives how many."""
    day = now.astimezone(zone()).date()
    begun = RemoteAccess.objects.filter(state__in=IN_FORCE, valid_from__lte=day, renews__isnull=False)
    replaced = RemoteAccess.objects.filter(state=AccessState.REVIEWED, pk__in=begun.values("renews"))
    ended = [(access, "renew") for access in replaced]
    over = RemoteAccess.objects.filter(state__in=IN_FORCE, valid_until__lt=day)
    ended += [(access, "expire") for access in over.exclude(pk__in=[access.pk for access, _name in ended])]
    for access, name in ended:
        go(record=access, flow=ACCESSES, name=name, by=None, at=now)
    return len(ended)


def remind_of_accesses(*, now: datetime) -> int:
    """Duty of the tick: tell requesters and registrars 60 and 30 days before the end, once each; gives how many."""
    day = now.astimezone(zone()).date()
    soon = RemoteAccess.objects.in_force(day).filter(valid_until__lt=day + timedelta(days=max(REMINDERS) + 1))
    found = list(soon.select_related("system", "requested_by"))
    if not found:
        return 0
    keepers, askers = list(people_who(MANAGE)), set(people_who(REQUEST))
    keys = [_reminder(access, day) for access in found]
    told = set(Notice.objects.filter(kind="access.ends", key__in=keys).values_list("user_id", "key"))
    return sum(_remind(access, day, [*keepers, *askers.intersection({access.requested_by})], told) for access in found)


def _reminder(access: RemoteAccess, day: date) -> str:
    """Which reminder is due: the nearest alone, when an earlier one was missed."""
    return f"{access.pk} {min(days for days in REMINDERS if _days_left(access, day) <= days)}"


def _days_left(access: RemoteAccess, day: date) -> int:
    return (access.valid_until - day).days if access.valid_until else 0


def _remind(access: RemoteAccess, day: date, people: list[User], told: set[tuple[Any, str]]) -> int:
    key, left = _reminder(access, day), _days_left(access, day)
    new = [user for user in dict.fromkeys(people) if (user.pk, key) not in told]
    sentence = ngettext_lazy(
        "Remote access to cameras ends in {days} day: {name}",
        "Remote access to cameras ends in {days} days: {name}",
        left,
    )
    words = format_lazy(sentence, days=left, name=str(access))
    for user in new:
        notify(user=user, kind="access.ends", text=words, path=_path(access), key=key)
    return len(new)
