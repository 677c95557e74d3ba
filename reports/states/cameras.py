"""Stages of a camera point: from a proposal to its end, as data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.states import States, Transition
from reports.enums.cameras import Stage

MANAGE = "reports.manage_cameras"
# Stages in which devices may run: the law's demands hold for them.
RUNNING = (Stage.ACTIVE, Stage.SUSPENDED)
BEFORE = (
    Stage.PROPOSED,
    Stage.ASSESSED,
    Stage.CONSULTED,
    Stage.APPROVED,
    Stage.FUNDED,
    Stage.ORDERED,
    Stage.PLANNED,
)
# What a point that is decided and not there yet is called on public pages.
COMING = (Stage.APPROVED, Stage.FUNDED, Stage.ORDERED, Stage.PLANNED)
ENDED = (Stage.RELOCATED, Stage.RETIRED, Stage.REJECTED)
_DATE = ("stage_since",)
_BEFORE_IT = _("The stage before this one has to come first.")

_WAYS = (
    Transition(
        "assess",
        Stage.PROPOSED,
        Stage.ASSESSED,
        MANAGE,
        guard="is_assessed",
        public_label=pgettext_lazy("camera point: button", "Note the assessment"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "consult",
        Stage.ASSESSED,
        Stage.CONSULTED,
        MANAGE,
        guard="is_consulted",
        public_label=pgettext_lazy("camera point: button", "Note the consultation"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "approve",
        Stage.CONSULTED,
        Stage.APPROVED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Note the approval"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "fund",
        Stage.APPROVED,
        Stage.FUNDED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Note the funding"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "order",
        Stage.FUNDED,
        Stage.ORDERED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Note the order"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "plan",
        Stage.ORDERED,
        Stage.PLANNED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Note the planned installation"),
        refusal=_BEFORE_IT,
        changes=_DATE,
    ),
    Transition(
        "activate",
        Stage.PLANNED,
        Stage.ACTIVE,
        MANAGE,
        guard="is_ready",
        public_label=pgettext_lazy("camera point: button", "Put into operation"),
        refusal=_("Only a point whose installation is planned can be put into operation."),
        changes=_DATE,
    ),
    Transition(
        "suspend",
        Stage.ACTIVE,
        Stage.SUSPENDED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Suspend"),
        refusal=_("Only an active point can be suspended."),
        needs_reason=True,
        changes=_DATE,
    ),
    Transition(
        "resume",
        Stage.SUSPENDED,
        Stage.ACTIVE,
        MANAGE,
        guard="is_ready",
        public_label=pgettext_lazy("camera point: button", "Put into operation again"),
        refusal=_("Only a suspended point can be put into operation again."),
        changes=_DATE,
    ),
    Transition(
        "relocate",
        RUNNING,
        Stage.RELOCATED,
        MANAGE,
        guard="is_empty",
        public_label=pgettext_lazy("camera point: button", "Note that it was relocated"),
        refusal=_("Only an active or suspended point can be relocated."),
        needs_reason=True,
        changes=_DATE,
    ),
    Transition(
        "retire",
        RUNNING,
        Stage.RETIRED,
        MANAGE,
        guard="is_empty",
        public_label=pgettext_lazy("camera point: button", "Retire"),
        refusal=_("Only an active or suspended point can be retired."),
        needs_reason=True,
        changes=_DATE,
    ),
    Transition(
        "reject",
        BEFORE,
        Stage.REJECTED,
        MANAGE,
        guard="is_in_order",
        public_label=pgettext_lazy("camera point: button", "Reject"),
        refusal=_("A point that is in operation cannot be rejected any more: retire it."),
        needs_reason=True,
        changes=_DATE,
    ),
)


def _ways_back() -> tuple[Transition, ...]:
    """Of each way the way back, for what was noted by mistake: to the stage that the point had before."""
    into = {stage: dict.fromkeys(way.target for way in _WAYS if stage in way.sources) for stage in Stage}
    return tuple(
        Transition(
            f"back_to_{stage.value}",
            tuple(sources),
            stage,
            MANAGE,
            guard="was_before",
            public_label=pgettext_lazy("camera point: button", "Take back: noted by mistake"),
            refusal=_("The point had another stage before this one."),
            needs_reason=True,
        )
        for stage, sources in into.items()
        if sources
    )


_BACK = _ways_back()
BACK = frozenset(way.name for way in _BACK)
POINT = States(initial=Stage.PROPOSED, transitions=(*_WAYS, *_BACK))
