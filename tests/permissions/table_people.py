"""People, invitations, organisations and bank accounts in the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.listings import listing
from tests.permissions.rows import Row, only, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

PEOPLE = roles("administrator coordinator head auditor")
GIVE = roles("administrator coordinator")
MANAGE = roles("administrator")
ORGANISATIONS = roles(
    "administrator coordinator head commission_secretary council_clerk finance_preparer finance_approver auditor"
)
CHANGE = roles("coordinator")
VERIFY = roles("finance_approver")


def of_reader(world: World) -> dict[str, Any]:
    return {"person_id": world.people["reader"].pk}


def of_own(world: World) -> dict[str, Any]:
    return {"organisation_id": world.own.pk}


def of_account(world: World) -> dict[str, Any]:
    return {"account_id": world.account.pk}


ROWS = (
    *listing("region:office-people", PEOPLE),
    Row("region:office-person", only(PEOPLE, 200), args=of_reader),
    Row("region:office-person", only(PEOPLE, 404), args=lambda w: {"person_id": w.own.pk}, case="that does not exist"),
    Row("region:office-person-give", only(GIVE, 200), only(GIVE, 200), args=of_reader),
    Row(
        "region:office-person-end",
        only(GIVE, 200),
        only(GIVE, 200),
        args=lambda world: {**of_reader(world), "grant_id": world.grant.pk},
    ),
    Row("region:office-person-block", only(MANAGE, 200), only(MANAGE, 200), args=of_reader),
    Row("region:office-person-unblock", only(MANAGE, 200), only(MANAGE, 409), args=of_reader),
    Row("region:office-person-reset", only(MANAGE, 200), only(MANAGE, 409), args=of_reader),
    *listing("region:office-invitations", PEOPLE),
    Row("region:office-invite", only(GIVE, 200), only(GIVE, 200)),
    Row(
        "region:office-invitation",
        only(PEOPLE, 200),
        only(PEOPLE, 404),
        args=lambda world: {"invitation_id": world.invitation.pk},
    ),
    *listing("region:office-organisations", ORGANISATIONS),
    Row("region:office-organisation-add", only(CHANGE, 200), only(CHANGE, 200)),
    Row("region:office-organisation", only(ORGANISATIONS, 200), args=of_own),
    Row("region:office-organisation-edit", only(CHANGE, 200), only(CHANGE, 200), args=of_own),
    *listing("region:office-accounts", ORGANISATIONS),
    Row("region:office-account-verify", only(VERIFY, 200), only(VERIFY, 409), args=of_account),
    Row("region:office-account-close", only(VERIFY, 200), only(VERIFY, 409), args=of_account),
)
