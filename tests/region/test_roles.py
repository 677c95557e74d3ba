"""What the role classes promise."""

from __future__ import annotations

from region.management.commands.roles_page import PAGE
from region.permissions import LABELS, what_it_may
from region.role_page import roles_page
from region.roles import EXCLUSIONS, PERMISSIONS, ROLES, exclusion_of


def test_manual_page_of_roles_is_current() -> None:
    """When it is not: ./run manage roles_page."""
    assert PAGE.read_text(encoding="utf-8") == roles_page()


def test_every_permission_has_its_words() -> None:
    assert set(LABELS) == PERMISSIONS
    assert all(what_it_may(role) for role in ROLES.values())


def test_auditor_sees_everything_and_changes_nothing() -> None:
    views = {
        name
        for name in PERMISSIONS
        if name.partition(".")[2].startswith("view_") and not name.partition(".")[2].startswith("view_own_")
    }
    held = set(ROLES["auditor"].permissions)
    assert views <= held
    # The copy of the trail that goes to the region's monitoring changes nothing, nor does a file of figures.
    assert held - views == {"region.enter_office", "region.export_audit", "reports.export_figures"}


def test_exclusions_name_roles_that_exist() -> None:
    assert {code for rule in EXCLUSIONS for code in (*rule.one, *rule.other)} <= set(ROLES)
    assert all(rule.one.isdisjoint(rule.other) for rule in EXCLUSIONS)


def test_exclusion_is_found_either_way_round() -> None:
    pairs = [("finance_approver", "finance_preparer"), ("finance_preparer", "finance_approver")]
    found = [exclusion_of(one, [other]) for one, other in pairs]
    assert [one and one[0] for one in found] == ["finance_preparer", "finance_approver"]
    assert exclusion_of("analyst", ROLES) is None
