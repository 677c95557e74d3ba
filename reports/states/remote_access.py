"""Ways of a remote access: asked for, approved by two, granted for a time, reviewed, ended; as data."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from region.states import States, Transition
from reports.enums.cameras import AccessState

REQUEST = "reports.request_access"
TECHNICAL = "reports.approve_access_technically"
FINANCIAL = "reports.approve_access_financially"
MANAGE = "reports.manage_cameras"
IN_FORCE = (AccessState.GRANTED, AccessState.REVIEWED)
RETURNED = (AccessState.RETURNED_TECHNICALLY, AccessState.RETURNED_FINANCIALLY)
# What the requester fills in, and mends when it is returned.
ASKED = (
    "body",
    "purpose",
    "legal_basis",
    "scope",
    "may_watch",
    "may_replay",
    "may_export",
    "asked_from",
    "asked_until",
)

ACCESS = States(
    initial=AccessState.REQUESTED,
    transitions=(
        Transition(
            "approve_technically",
            AccessState.REQUESTED,
            AccessState.TECHNICALLY_APPROVED,
            TECHNICAL,
            guard="is_by_another",
            public_label=pgettext_lazy("remote access: button", "Approve the technical side"),
            refusal=_("Only a new request can be approved technically."),
            changes=("technical_note",),
        ),
        Transition(
            "return_technically",
            AccessState.REQUESTED,
            AccessState.RETURNED_TECHNICALLY,
            TECHNICAL,
            guard="is_by_another",
            public_label=pgettext_lazy("remote access: button", "Return: technical side"),
            refusal=_("Only a new request can be returned for technical reasons."),
            needs_reason=True,
        ),
        Transition(
            "approve_financially",
            AccessState.TECHNICALLY_APPROVED,
            AccessState.FINANCIALLY_APPROVED,
            FINANCIAL,
            guard="is_by_third",
            public_label=pgettext_lazy("remote access: button", "Approve the financial side"),
            refusal=_("The technical side has to be approved first."),
            changes=("financial_note",),
        ),
        Transition(
            "return_financially",
            AccessState.TECHNICALLY_APPROVED,
            AccessState.RETURNED_FINANCIALLY,
            FINANCIAL,
            guard="is_by_third",
            public_label=pgettext_lazy("remote access: button", "Return: financial side"),
            refusal=_("The technical side has to be approved first."),
            needs_reason=True,
        ),
        Transition(
            "ask_again",
            RETURNED,
            AccessState.REQUESTED,
            REQUEST,
            guard="is_own",
            public_label=pgettext_lazy("remote access: button", "Mend and send again"),
            refusal=_("Only a returned request can be sent again."),
            changes=ASKED,
        ),
        Transition(
            "withdraw",
            (
                AccessState.REQUESTED,
                AccessState.TECHNICALLY_APPROVED,
                AccessState.FINANCIALLY_APPROVED,
                *RETURNED,
            ),
            AccessState.WITHDRAWN,
            REQUEST,
            guard="is_own",
            public_label=pgettext_lazy("remote access: button", "Withdraw the request"),
            refusal=_("Only a request that is not granted yet can be withdrawn."),
        ),
        Transition(
            "grant",
            AccessState.FINANCIALLY_APPROVED,
            AccessState.GRANTED,
            MANAGE,
            guard="may_be_granted",
            public_label=pgettext_lazy("remote access: button", "Grant the access"),
            refusal=_("Both sides have to be approved first."),
            changes=("valid_from", "valid_until"),
        ),
        Transition(
            "review",
            IN_FORCE,
            AccessState.REVIEWED,
            MANAGE,
            guard="is_reviewed_by_another",
            public_label=pgettext_lazy("remote access: button", "Note the review"),
            refusal=_("Only a granted access can be reviewed."),
            changes=("review_note",),
        ),
        Transition(
            "renew",
            AccessState.REVIEWED,
            AccessState.RENEWED,
            MANAGE,
            guard="has_successor",
            public_label=pgettext_lazy("remote access: button", "Renew"),
            refusal=_("An access has to be reviewed before it is renewed."),
            by_clock=True,
        ),
        Transition(
            "expire",
            IN_FORCE,
            AccessState.EXPIRED,
            MANAGE,
            guard="is_over",
            public_label=pgettext_lazy("remote access: button", "Expire"),
            refusal=_("Only a granted access can expire."),
            by_clock=True,
        ),
        Transition(
            "revoke",
            IN_FORCE,
            AccessState.REVOKED,
            MANAGE,
            public_label=pgettext_lazy("remote access: button", "Revoke"),
            refusal=_("Only a granted access can be revoked."),
            needs_reason=True,
        ),
    ),
)
# What has no button: it happens with something else.
BY_ITSELF = frozenset({"renew", "expire"})
