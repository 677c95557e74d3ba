"""The chain over the audit trail: sealed in order, and every kind of damage is named."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from region.domain import audit_proof, audit_seals
from region.domain.audit_proof import PROVED, Break, prove
from region.domain.audit_seals import BEGINNING, canonical, seal_new_events
from region.models import AuditEvent, AuditSeal, Heartbeat
from tests.conftest import QueryCounter
from tests.factories.events import event

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def sealed(count: int) -> list[AuditEvent]:
    """Events of the last minutes before NOW, sealed at NOW."""
    made = [event(at=NOW - timedelta(minutes=count - number)) for number in range(count)]
    seal_new_events(now=NOW)
    return made


def damage(statement: str, *values: UUID | str) -> None:
    """Change the tables behind the program's back, as somebody with the database's password would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, values)
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = DEFAULT")


def key(one: AuditEvent) -> UUID | str:
    return one.pk if connection.vendor == "postgresql" else one.pk.hex


def test_first_link_is_the_documented_formula() -> None:
    one = sealed(1)[0]
    text = (
        f'{{"action":"town.change","actor_id":"{one.actor_id}","actor_roles":"editor",'
        f'"after":{{"phone":"377 111 222"}},"at":"2026-03-01T11:59:00.000000+00:00","before":{{"phone":""}},'
        f'"id":"{one.pk}","target":"{one.target}","target_id":"{one.target_id}","target_type":"region.Town"}}'
    )
    assert canonical(AuditEvent.objects.get()).decode() == text
    digest = hashlib.sha256(f"{BEGINNING}\n{text}".encode()).hexdigest()
    assert AuditSeal.objects.values_list("number", "event_id", "digest").get() == (1, one.pk, digest)


def test_events_are_sealed_once_in_the_order_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_seals, "AT_ONCE", 2)
    later, earlier, middle = (event(at=NOW - timedelta(minutes=minutes)) for minutes in (1, 3, 2))
    assert (seal_new_events(now=NOW), seal_new_events(now=NOW)) == (3, 0)
    keys = list(AuditSeal.objects.values_list("event_id", flat=True))
    assert keys == [earlier.pk, middle.pk, later.pk]


def test_late_event_is_sealed_after_the_others() -> None:
    sealed(2)
    late = event(at=NOW - timedelta(minutes=30))
    assert seal_new_events(now=NOW + timedelta(minutes=1)) == 1
    assert AuditSeal.objects.get(number=3).event_id == late.pk
    assert prove(now=NOW + timedelta(minutes=1)).broken is None


def test_sealing_stops_at_the_most_it_may() -> None:
    for minutes in range(3):
        event(at=NOW - timedelta(minutes=minutes))
    assert (seal_new_events(now=NOW, most=2), seal_new_events(now=NOW, most=2)) == (2, 1)


def test_events_that_waited_for_days_are_all_sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_seals, "AT_ONCE", 2)
    made = [event(at=NOW - timedelta(days=days)) for days in (5, 4, 3, 2, 1)]
    assert seal_new_events(now=NOW, most=3) == 3
    assert seal_new_events(now=NOW + timedelta(minutes=1)) == 2
    assert list(AuditSeal.objects.values_list("event_id", flat=True)) == [one.pk for one in made]
    assert prove(now=NOW + timedelta(minutes=1)).broken is None


def test_whole_chain_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_proof, "PROGRESS_EVERY", 2)
    told: list[int] = []
    sealed(4)
    event(at=NOW - timedelta(minutes=1))
    proof = prove(now=NOW, tell=told.append)
    assert (proof.links, proof.waiting, proof.broken, told) == (4, 1, None, [2, 4])
    assert proof.newest == AuditSeal.objects.get(number=4)
    assert Heartbeat.objects.values_list("at", "changed", "failures", "last_error").get(name=PROVED) == (NOW, 4, 0, "")


def test_empty_trail_holds() -> None:
    assert (prove(now=NOW).links, prove(now=NOW).newest) == (0, None)


def test_changed_event_is_named() -> None:
    second = sealed(3)[1]
    damage("UPDATE region_auditevent SET actor_roles = 'nobody' WHERE id = %s", key(second))
    assert prove(now=NOW).broken == Break("changed", 2, str(second.pk))
    assert Heartbeat.objects.get(name=PROVED).last_error == f"changed 2 {second.pk}"


def test_deleted_event_is_named() -> None:
    second = sealed(3)[1]
    damage("DELETE FROM region_auditevent WHERE id = %s", key(second))
    assert prove(now=NOW).broken == Break("deleted", 2, str(second.pk))


def test_missing_seal_is_named() -> None:
    sealed(3)
    damage("DELETE FROM region_auditseal WHERE number = 2")
    assert prove(now=NOW).broken == Break("missing", 2)


def test_backdated_event_is_not_sealed_but_named() -> None:
    sealed(1)
    false = event(at=NOW - timedelta(days=2))
    assert seal_new_events(now=NOW) == 0
    assert prove(now=NOW).broken == Break("backdated", 0, str(false.pk))


def test_event_that_nobody_seals_is_named() -> None:
    sealed(1)
    lonely = event(at=NOW + timedelta(minutes=1))
    assert prove(now=NOW + timedelta(minutes=6)).broken is None
    assert prove(now=NOW + timedelta(minutes=6, seconds=1)).broken == Break("waiting", 0, str(lonely.pk))


def test_event_of_a_trail_never_sealed_is_named() -> None:
    lonely = event(at=NOW - timedelta(days=1))
    assert prove(now=NOW).broken == Break("waiting", 0, str(lonely.pk))


def test_noted_digest_betrays_a_chain_made_anew() -> None:
    last = sealed(2)[1]
    noted = {2: AuditSeal.objects.get(number=2).digest}
    assert prove(now=NOW, anchors=noted).broken is None
    damage("UPDATE region_auditevent SET target = 'X' WHERE id = %s", key(last))
    damage("DELETE FROM region_auditseal WHERE number > 0")
    seal_new_events(now=NOW)
    assert prove(now=NOW).broken is None
    assert prove(now=NOW, anchors=noted).broken == Break("anchor", 2, str(last.pk))


def test_noted_digest_betrays_an_end_cut_off() -> None:
    last = sealed(2)[1]
    noted = {2: AuditSeal.objects.get(number=2).digest}
    damage("DELETE FROM region_auditseal WHERE number = 2")
    damage("DELETE FROM region_auditevent WHERE id = %s", key(last))
    assert prove(now=NOW).broken is None
    assert prove(now=NOW, anchors=noted).broken == Break("missing", 2)


def test_sealing_asks_the_same_number_of_queries_for_one_and_many(count_queries: QueryCounter) -> None:
    sealed(1)
    asked = []
    for count in (1, 5):
        for _number in range(count):
            event()
        with count_queries() as captured:
            seal_new_events(now=timezone.now())
        asked.append(len(captured))
    assert asked[0] == asked[1]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL refuses by triggers")
@pytest.mark.parametrize("table", ["region_auditevent", "region_auditseal"])
@pytest.mark.parametrize("act", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_database_refuses_to_change_the_trail(table: str, act: str) -> None:
    sealed(1)
    column = "action" if table == "region_auditevent" else "digest"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column, column))
