"""The copy for the person: everything about him or her, nothing secret, nothing of others."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from region.domain.audit import record
from region.domain.personal_export import as_json, export_person
from region.domain.users import system_user
from region.models import AuditEvent, Invitation, OutboxMessage, RegionProfile
from region.personal_data import declared
from tests.factories.accounts import new_user
from tests.factories.held import EMAIL, MARK, MINE, held_officer, held_user
from tests.factories.people import assignment
from tests.factories.places import town
from tests.factories.roles import give_role, new_organisation, with_role

pytestmark = pytest.mark.django_db


def test_copy_holds_every_kind_of_own_row(county: RegionProfile) -> None:
    user = held_user()
    record(action="town.change", target=town(), by=user)
    copy = export_person(who=user, by=system_user())
    kinds = {kind["model"] for kind in copy["holds"]}
    own = {label for label, data in declared().items() if data.find} - {"region.Officer"}
    assert kinds == own | {"region.PrivateDocument", "region.RoleGrant"}
    assert copy["about"] == f"Žofie {MARK}ová"


def test_copy_reads_in_words(county: RegionProfile) -> None:
    user = new_user(email=EMAIL, first_name="Eva", language="pl")
    give_role(user, "signatory", organisation=new_organisation(name="Obec"))
    copy = {kind["model"]: kind for kind in export_person(who=user, by=system_user())["holds"]}
    account = copy["region.User"]["rows"][0]
    assert (copy["region.User"]["what"], account["e-mail address"], account["language of letters"]) == (
        "Users",
        EMAIL,
        "Polski",
    )
    role = copy["region.RoleGrant"]["rows"][0]
    assert (role["role"], role["organisation"], "person" in role) == ("signatory", "Obec", False)


def test_secrets_are_not_in_the_copy(county: RegionProfile) -> None:
    user = new_user(email="eva@example.org")
    text = as_json(export_person(who=user, by=system_user()))
    assert user.password not in text
    kinds = {kind["model"]: kind for kind in export_person(who=held_user(), by=system_user())["holds"]}
    assert MARK not in as_json(kinds["mfa.Authenticator"])


def test_other_peoples_data_is_not_in_the_copy(county: RegionProfile) -> None:
    user = new_user(first_name="Eva", last_name="Malá")
    other = new_user(email="other@example.org", first_name="Ota", last_name="Jiný")
    Invitation.objects.create(
        email="guest@example.org", role="editor", token_hash="1", invited_by=user, expires_at="2030-01-01T00:00Z"
    )
    OutboxMessage.objects.create(to="chief@example.org", reply_to=user.email, subject="Q", body="My own words")
    OutboxMessage.objects.create(to=user.email, reply_to=other.email, subject="Q", body="Words of another")
    OutboxMessage.objects.create(to=other.email, subject="Eva Malá invites you", body="Dear Ota")
    record(action="role.give", target=other, by=user, after={"role": "editor"})
    text = as_json(export_person(who=user, by=system_user()))
    assert "My own words" in text
    assert "role.give" in text
    for foreign in ("guest@", "chief@", "other@", "Words of another", "Dear Ota", "Jiný", str(other.pk)):
        assert foreign not in text


def test_copy_tells_what_others_did_to_the_person_but_not_who(county: RegionProfile) -> None:
    user, administrator = new_user(email="eva@example.org"), with_role("administrator")
    record(action="user.block", target=user, by=administrator, after={"active": False, "reason": "has left"})
    record(action="user.block", target=new_user(), by=administrator, after={"reason": "of another"})
    copy = {kind["model"]: kind["rows"] for kind in export_person(who=user, by=system_user())["holds"]}
    told = [(row["act"], row["after"], "who (id)" in row) for row in copy["region.AuditEvent"]]
    assert told == [("user.block", {"active": False, "reason": "has left"}, False)]


def test_copy_of_somebody_shown_on_the_site(county: RegionProfile) -> None:
    officer = held_officer()
    assignment(officer=officer)
    copy = export_person(who=officer, by=system_user())
    assert [kind["model"] for kind in copy["holds"]] == ["region.Officer", "region.OutboxMessage"]
    text = as_json(copy)
    assert "+420 999 888 777" in text
    assert MINE not in text


def test_making_a_copy_is_told(county: RegionProfile) -> None:
    user, administrator = new_user(), with_role("administrator")
    export_person(who=user, by=administrator)
    event = AuditEvent.objects.get()
    assert (event.action, event.target_id, event.target, event.after) == ("person.export", str(user.pk), "", {})


def test_others_may_not_make_a_copy(county: RegionProfile) -> None:
    with pytest.raises(PermissionDenied):
        export_person(who=new_user(), by=with_role("auditor"))
