from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from region.domain import notices
from region.domain.notices import digest_time, notify, send_digests
from region.models import Notice, OutboxMessage, RegionProfile, User
from tests.factories.accounts import new_user
from tests.factories.roles import give_role

PRAGUE = ZoneInfo("Europe/Prague")
SEVEN = datetime(2026, 3, 2, 7, 0, tzinfo=PRAGUE)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def jana(county: RegionProfile) -> User:
    return give_role(new_user(email="jana@example.org", language="en"), "coordinator")


def tell(user: User, text: str, at: datetime = SEVEN - MINUTE) -> Notice:
    notice = notify(user=user, kind="call.opened", text=text, path="/en/office/")
    Notice.objects.filter(pk=notice.pk).update(created_at=at)
    return notice


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (SEVEN - MINUTE, SEVEN - timedelta(days=1)),
        (SEVEN, SEVEN),
        (datetime(2026, 3, 2, 23, 30, tzinfo=UTC), SEVEN),
        # summer time begins on 29 March, ends on 25 October 2026
        (datetime(2026, 3, 29, 4, 59, tzinfo=UTC), datetime(2026, 3, 28, 7, 0, tzinfo=PRAGUE)),
        (datetime(2026, 3, 29, 5, 0, tzinfo=UTC), datetime(2026, 3, 29, 7, 0, tzinfo=PRAGUE)),
        (datetime(2026, 10, 25, 5, 59, tzinfo=UTC), datetime(2026, 10, 24, 7, 0, tzinfo=PRAGUE)),
        (datetime(2026, 10, 25, 6, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=PRAGUE)),
    ],
)
def test_digest_is_due_at_seven_in_the_region_also_when_clocks_change(
    now: datetime, expected: datetime, county: RegionProfile
) -> None:
    assert digest_time(now=now) == expected


def test_everything_that_waits_is_told_in_one_letter(jana: User) -> None:
    tell(jana, "A call opened.")
    tell(jana, "An application came.")
    assert [send_digests(now=SEVEN - 2 * MINUTE), send_digests(now=SEVEN), send_digests(now=SEVEN + MINUTE)] == [
        0,
        1,
        0,
    ]
    letter = OutboxMessage.objects.get()
    assert (letter.to, letter.user, letter.kind) == ("jana@example.org", jana, "digest")
    assert letter.subject.endswith(": 2 things wait for you")
    assert "– A call opened.\n  http" in letter.body
    assert "/en/office/\n\n– An application came." in letter.body


def test_letter_is_written_in_the_language_of_its_reader(jana: User) -> None:
    jana.language = "cs"
    jana.save()
    notice = notify(user=jana, kind="k", text=_("Home"), path=reverse_lazy("region:office"))
    Notice.objects.update(created_at=SEVEN - MINUTE)
    assert notice.path.startswith("/cs/")
    assert send_digests(now=SEVEN) == 1
    assert "– Úvod\n  http://127.0.0.1:8000/cs/" in OutboxMessage.objects.get().body


def test_what_comes_later_waits_for_the_next_morning(jana: User) -> None:
    tell(jana, "One.")
    tell(jana, "Two.", at=SEVEN + MINUTE)
    assert send_digests(now=SEVEN + 2 * MINUTE) == 1
    # written before seven, but its transaction ended after the digest
    tell(jana, "Three.", at=SEVEN - MINUTE)
    assert send_digests(now=SEVEN + 3 * MINUTE) == 0
    assert send_digests(now=SEVEN + timedelta(days=1)) == 1
    last = OutboxMessage.objects.order_by("created_at").last()
    assert last is not None
    assert [word in last.body for word in ("One.", "Two.", "Three.")] == [False, True, True]


def test_people_without_notices_get_no_letter(jana: User) -> None:
    assert send_digests(now=SEVEN) == 0
    assert OutboxMessage.objects.count() == 0


def test_person_whose_roles_ended_gets_no_letter_and_nothing_waits_for_ever(county: RegionProfile) -> None:
    tell(new_user(), "One.")
    assert send_digests(now=SEVEN) == 0
    assert (OutboxMessage.objects.count(), Notice.objects.filter(digested_at=None).count()) == (0, 0)


def test_digest_taken_by_another_process_meanwhile_is_left_to_it(jana: User) -> None:
    tell(jana, "One.")
    assert send_digests(now=SEVEN) == 1
    assert notices._digest(jana, SEVEN, SEVEN) is False


def test_notice_of_the_same_thing_is_written_once(jana: User) -> None:
    first = notify(user=jana, kind="deadline", text="One.", path="", key="call 1")
    assert notify(user=jana, kind="deadline", text="Two.", path="", key="call 1") == first
    assert notify(user=jana, kind="deadline", text="x" * 400, path="", key="call 2").text == "x" * 300
    Notice.objects.update(created_at=SEVEN - MINUTE)
    send_digests(now=SEVEN)
    assert "– One.\n\n" in OutboxMessage.objects.get().body


def test_address_that_takes_no_mail_holds_up_nobody_else(jana: User, caplog: pytest.LogCaptureFixture) -> None:
    broken = give_role(new_user(email="petr@example.org"), "coordinator")
    User.objects.filter(pk=broken.pk).update(email="petr at example")
    later = give_role(new_user(email="zoe@example.org"), "coordinator")
    for user in (broken, jana, later):
        tell(user, "A call opened.")
    assert send_digests(now=SEVEN) == 2
    assert set(OutboxMessage.objects.values_list("to", flat=True)) == {jana.email, later.email}
    assert set(Notice.objects.filter(digested_at__isnull=True).values_list("user", flat=True)) == {broken.pk}
    assert str(broken.pk) in caplog.text
    assert "petr at example" not in caplog.text
