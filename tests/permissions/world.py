"""A small region with one person of each role, and records of their own and of others to ask for."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from region.domain.access import sync_access
from region.domain.documents import keep_document
from region.models import (
    BankAccount,
    DayOverride,
    ImportBatch,
    Invitation,
    Organisation,
    OutboxMessage,
    PrivateDocument,
    RoleGrant,
    SavedMapping,
    SavedView,
    SecurityDistrict,
    Town,
    User,
)
from region.queries.documents import register_rule
from tests.factories.accounts import new_user
from tests.factories.batches import uploaded
from tests.factories.figures import krakow_interventions
from tests.factories.letters import new_letter
from tests.factories.numbers import next_number
from tests.factories.pages import built_site, event_page, topic, town_page
from tests.factories.people import assignment
from tests.factories.pictures import picture
from tests.factories.places import district, town
from tests.factories.profiles import czech_county
from tests.factories.roles import new_organisation, one_of_each_role, with_role
from tests.permissions.camera_world import CameraWorld, build_cameras
from tests.permissions.event_world import EventWorld, build_events
from tests.permissions.rows import NOBODY, STAFF

if TYPE_CHECKING:
    from portal.models import TownPage

HOLIDAY = date(2026, 8, 3)


@dataclass
class World:
    """What rows fill into addresses. ``own`` is the organisation of all tenants, ``town`` that of the town editor."""

    people: dict[str, User]
    sessions: dict[str, str]
    own: Organisation
    foreign: Organisation
    town: Town
    district: SecurityDistrict
    assignment_id: UUID
    topic_slug: str
    event_key: UUID
    pages: dict[str, TownPage]
    file: PrivateDocument
    grant: RoleGrant
    foreign_grant: RoleGrant
    invitation: Invitation
    foreign_invitation: Invitation
    account: BankAccount
    foreign_account: BankAccount
    batch: ImportBatch
    camera_batch: ImportBatch
    mapping: SavedMapping
    letter: OutboxMessage
    view: SavedView
    cameras: CameraWorld
    events: EventWorld

    @property
    def form_key(self) -> str:
        """The key of a form that was never sent."""
        return str(uuid4())


def build_world() -> World:
    """Everything, in the database that is open now."""
    czech_county()
    site = built_site()
    here = town()
    area = district(town=here)
    pages = town_page(site, town=here)
    event = event_page(site)["en"]
    picture("fill-100x100")
    own = new_organisation(town=here)
    people = {**one_of_each_role(organisation=own, town=here), NOBODY: new_user()}
    for role in STAFF:
        Authenticator.objects.create(user=people[role], type=Authenticator.Type.TOTP, data={"secret": "x"})
    for person in people.values():
        sync_access(user=person)
    register_rule("permissions", lambda reader, document: document.added_by_id == reader.pk)
    krakow_interventions()
    DayOverride.objects.create(day=HOLIDAY, is_working=False, reason="Moving")
    foreign = new_organisation()
    stranger = with_role("drafter", organisation=foreign)
    by = people["coordinator"]
    return World(
        people=people,
        sessions={actor: _session(person) for actor, person in people.items()},
        own=own,
        foreign=foreign,
        town=here,
        district=area,
        assignment_id=assignment(district=area).pk,
        topic_slug=topic().slug,
        event_key=event.translation_key,
        pages=pages,
        file=keep_document(upload=ContentFile(b"a;b", name="a.csv"), rule="permissions", by=by),
        grant=RoleGrant.objects.get(user=people["reader"]),
        foreign_grant=RoleGrant.objects.get(user=stranger),
        invitation=_invitation(own, by),
        foreign_invitation=_invitation(foreign, by),
        account=_account(own, people["accountant"]),
        foreign_account=_account(foreign, stranger),
        batch=uploaded("towns", "kod;nazev\n560001;Obec\n", by=by),
        camera_batch=uploaded("places", "name;lat;lon\nA;50;13\n", by=people["camera_registrar"]),
        mapping=SavedMapping.objects.create(importer="towns", name="Towns of the office", created_by=by),
        letter=new_letter(),
        view=SavedView.objects.create(user=by, screen="region:office-people", name="Mine", query="role=head"),
        cameras=build_cameras(people, here),
        events=build_events(),
    )


def _invitation(organisation: Organisation, by: User) -> Invitation:
    return Invitation.objects.create(
        email=f"guest{next_number()}@example.org",
        role="drafter",
        organisation=organisation,
        token_hash=secrets.token_hex(32),
        invited_by=by,
        expires_at=timezone.now() + timedelta(days=7),
    )


def _account(organisation: Organisation, by: User) -> BankAccount:
    return BankAccount.objects.create(organisation=organisation, iban="CZ6508000000192000145399", added_by=by)


def _session(person: User) -> str:
    """The key of a session in which the person has shown the second factor, if there is one."""
    client = Client()
    client.force_login(person)
    request = HttpRequest()
    request.session = client.session
    for factor in Authenticator.objects.filter(user=person):
        record_authentication(request, person, "mfa", id=factor.pk, type=str(factor.type))
    request.session.save()
    return str(request.session.session_key)
