from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest

from region.domain.messages import Fate, Letter, write_to_person, write_to_town
from region.models import OfficerAssignment, OutboxMessage, RegionProfile, SecurityDistrict
from tests.factories.people import assignment, officer
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 1)


def letter(key: UUID | None = None, **fields: str) -> Letter:
    known = {"name": "Karel Psal", "email": "karel@example.org", "text": "U školy nesvítí lampa."}
    return Letter(**{**known, **fields}, key=key or uuid4())


def sent(row: OfficerAssignment, written: Letter | None = None) -> Fate:
    return write_to_person(assignment_id=row.pk, letter=written or letter(), on=TODAY)


@pytest.fixture
def here(county: RegionProfile) -> OfficerAssignment:
    place = district(town=town(name="Stříbro", email="urad@example.org"), code="3", name="Východ")
    return assignment(district=place, officer=officer(rank="prap.", name="Jana Nová", email="jana@example.org"))


def test_message_to_a_person_waits_in_the_outbox(here: OfficerAssignment) -> None:
    assert sent(here) is Fate.WRITTEN
    row = OutboxMessage.objects.get()
    assert (row.to, row.reply_to, row.status) == ("jana@example.org", "karel@example.org", "waiting")
    assert [part in row.body for part in ("prap. Jana Nová", "Karel Psal", "U školy nesvítí lampa.")] == [True] * 3
    assert "Stříbro, 3 Východ" in row.subject


def test_message_sent_again_with_its_key_has_one_effect(here: OfficerAssignment) -> None:
    written = letter()
    assert (sent(here, written), sent(here, written)) == (Fate.WRITTEN, Fate.REPEATED)
    assert OutboxMessage.objects.count() == 1


def test_message_to_a_person_without_an_address_goes_to_the_town_hall(here: OfficerAssignment) -> None:
    here.officer.email = ""
    here.officer.save()
    assert sent(here) is Fate.WRITTEN
    assert OutboxMessage.objects.get().to == "urad@example.org"


def test_message_to_an_invented_person_is_not_kept(here: OfficerAssignment) -> None:
    here.officer.is_example = True
    here.officer.save()
    assert sent(here) is Fate.EXAMPLE
    assert OutboxMessage.objects.count() == 0


def test_message_to_nobody_is_not_kept(here: OfficerAssignment) -> None:
    here.until = date(2026, 2, 28)
    here.save()
    assert sent(here) is Fate.NOBODY
    without = assignment(town=town(email=""), officer=officer(email=""))
    assert sent(without) is Fate.NOBODY
    assert write_to_person(assignment_id=uuid4(), letter=letter(), on=TODAY) is Fate.NOBODY
    assert OutboxMessage.objects.count() == 0


def test_message_subject_is_one_line(here: OfficerAssignment) -> None:
    SecurityDistrict.objects.update(name="Vý\r\nBcc: all@example.org\nchod")
    sent(here)
    subject = OutboxMessage.objects.get().subject
    assert subject == " ".join(subject.split())


def test_message_without_a_name_says_so(here: OfficerAssignment) -> None:
    sent(here, letter(name=""))
    assert "<karel@example.org>" in OutboxMessage.objects.get().body


def test_message_to_a_town_hall_waits_in_the_outbox(county: RegionProfile) -> None:
    town(slug="stribro", email="urad@example.org")
    assert write_to_town(slug="stribro", letter=letter()) is Fate.WRITTEN
    assert OutboxMessage.objects.get().to == "urad@example.org"


def test_message_to_an_invented_unknown_or_silent_town_is_not_kept(county: RegionProfile) -> None:
    town(slug="ukazka", is_example=True)
    town(slug="ticho", email="")
    fates = [write_to_town(slug=slug, letter=letter()) for slug in ("ukazka", "ticho", "neni")]
    assert fates == [Fate.EXAMPLE, Fate.NOBODY, Fate.NOBODY]
    assert OutboxMessage.objects.count() == 0
