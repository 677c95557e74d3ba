"""What is told of a record about to be deleted."""

from __future__ import annotations

import pytest
from django.db.models import ProtectedError

from region.domain.editing import note_removal
from region.models import AuditEvent, Notice, RegionProfile
from tests.factories.accounts import new_user
from tests.factories.people import assignment

pytestmark = pytest.mark.django_db


def test_what_goes_with_a_record_is_told_too(county: RegionProfile) -> None:
    note_removal(target=county, by=new_user())
    told = sorted(AuditEvent.objects.values_list("action", flat=True))
    assert told == ["emergencynumber.delete", "emergencynumber.delete", "regionprofile.delete"]


def test_rows_of_libraries_are_not_told(county: RegionProfile) -> None:
    user = new_user()
    Notice.objects.create(user=user, kind="k", text="t")
    note_removal(target=user, by=new_user())
    assert sorted(AuditEvent.objects.values_list("action", flat=True)) == ["notice.delete", "user.delete"]


def test_protected_record_is_not_told_as_deleted(county: RegionProfile) -> None:
    with pytest.raises(ProtectedError):
        note_removal(target=assignment().town, by=new_user())
    assert not AuditEvent.objects.exists()
