"""My: what tenants see of their own organisation, and that another one is not there for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.permissions.rows import TENANTS, Row, only, roles

if TYPE_CHECKING:
    from tests.permissions.world import World

SIGN = roles("signatory")
MONEY = roles("accountant signatory")


def own(world: World) -> dict[str, Any]:
    return {"organisation_id": world.own.pk}


def foreign(world: World) -> dict[str, Any]:
    return {"organisation_id": world.foreign.pk}


def account(world: World) -> dict[str, Any]:
    return {**own(world), "account_id": world.account.pk}


def invitation(world: World) -> dict[str, Any]:
    return {**own(world), "invitation_id": world.invitation.pk}


def colleague(world: World) -> dict[str, Any]:
    return {**own(world), "grant_id": world.grant.pk}


ROWS = (
    Row("region:my-organisations", only(TENANTS, 200)),
    Row("region:my-organisation", only(TENANTS, 200), args=own),
    Row("region:my-organisation", only(TENANTS, 404), args=foreign, case="foreign"),
    Row("region:my-organisation-edit", only(SIGN, 200), only(SIGN, 200), args=own),
    Row("region:my-organisation-edit", only(SIGN, 404), only(SIGN, 404), args=foreign, case="foreign"),
    Row("region:my-account-add", only(MONEY, 200), only(MONEY, 200), args=own),
    Row("region:my-account-add", only(MONEY, 404), only(MONEY, 404), args=foreign, case="foreign"),
    Row("region:my-account-close", only(MONEY, 200), only(MONEY, 409), args=account),
    Row(
        "region:my-account-close",
        only(MONEY, 404),
        only(MONEY, 404),
        args=lambda world: {**own(world), "account_id": world.foreign_account.pk},
        case="foreign",
    ),
    Row("region:my-invite", only(SIGN, 200), only(SIGN, 200), args=own),
    Row("region:my-invite", only(SIGN, 404), only(SIGN, 404), args=foreign, case="foreign"),
    Row("region:my-invitation", only(SIGN, 200), only(SIGN, 404), args=invitation),
    Row(
        "region:my-invitation",
        only(SIGN, 404),
        only(SIGN, 404),
        args=lambda world: {**own(world), "invitation_id": world.foreign_invitation.pk},
        case="foreign",
    ),
    Row("region:my-colleague-end", only(SIGN, 200), only(SIGN, 200), args=colleague),
    Row(
        "region:my-colleague-end",
        only(SIGN, 404),
        only(SIGN, 404),
        args=lambda world: {**own(world), "grant_id": world.foreign_grant.pk},
        case="foreign",
    ),
)
