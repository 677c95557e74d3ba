"""The manual's page of roles, made from the role classes."""

from __future__ import annotations

from django.utils.translation import override

from region.permissions import LABELS, what_it_may
from region.roles import EXCLUSIONS, PERMISSIONS, ROLES, Reach, Role, holders

HEAD = """# Roles

This page is made from the role classes (`./run manage roles_page`); a test holds it current.

A person holds roles for periods, in one organisation or several. A role that ended stops working the same second.
Rights come from roles alone: Django's superuser flag and Wagtail's groups follow them. Nobody gives a role to himself,
and the last administrator cannot be ended or blocked.

For developers: a new role that holds in an organisation or in one town needs a migration, for the database itself
checks which roles have an organisation or a town (constraints of role grants and of invitations).
"""
REACHES = {
    Reach.PROGRAMME: "the whole programme",
    Reach.TOWN: "the pages of one town",
    Reach.ORGANISATION: "one organisation",
}
# Who invites to a role and ends it, by its reach.
GIVERS = {
    Reach.PROGRAMME: "an administrator",
    Reach.TOWN: "an administrator",
    Reach.ORGANISATION: "an administrator, a coordinator, a signatory of the same organisation",
}


def roles_page() -> str:
    """The whole page, in English."""
    with override("en"):
        parts = [HEAD, *(_role(role) for role in ROLES.values()), _exclusions(), _table()]
    return "\n".join(parts)


def _role(role: type[Role]) -> str:
    factor = "required" if role.needs_second_factor else "of one's own choice"
    lines = [
        f"## {_capital(str(role.name))} (`{role.code}`)",
        "",
        str(role.description),
        "",
        f"- Holds for: {REACHES[role.reach]}. Given by: {GIVERS[role.reach]}.",
        f"- Second factor: {factor}.",
        f"- May: {'; '.join(str(words) for words in what_it_may(role))}.",
        "",
    ]
    return "\n".join(lines)


def _exclusions() -> str:
    lines = [f"- {_names(rule.one)} with any of: {_names(rule.other)}. {rule.reason}" for rule in EXCLUSIONS]
    return "\n".join(["## Roles that nobody holds together", "", *lines, ""])


def _table() -> str:
    lines = ["## Who may do what", "", "| What | Permission | Roles |", "|---|---|---|"]
    lines += [f"| {_capital(str(LABELS[name]))} | `{name}` | {_names(holders(name))} |" for name in sorted(PERMISSIONS)]
    return "\n".join([*lines, ""])


def _names(codes: frozenset[str]) -> str:
    return ", ".join(str(ROLES[code].name) for code in ROLES if code in codes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
