"""What the region's editors may do besides writing pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import Group

from portal.domain.editors import let_editors_keep_registers

if TYPE_CHECKING:
    from region.models import User


def test_editor_changes_registers_and_deletes_none(editor: User) -> None:
    editor.groups.add(Group.objects.get(name="Editors"))
    let_editors_keep_registers()
    may = [editor.has_perm(f"region.{act}_town") for act in ("add", "change", "delete")]
    assert may == [True, True, False]


def test_editor_deletes_alerts_and_leaves_the_profile(editor: User) -> None:
    editor.groups.add(Group.objects.get(name="Editors"))
    let_editors_keep_registers()
    assert editor.has_perm("portal.delete_alert")
    assert not editor.has_perm("region.change_regionprofile")


def test_groups_that_are_gone_are_left_alone(db: None) -> None:
    Group.objects.filter(name="Editors").delete()
    let_editors_keep_registers()
    assert not Group.objects.filter(name="Editors").exists()
