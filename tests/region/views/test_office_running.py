"""Tasks and signs of life, as the office sees them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from region.domain.queue import show_worker
from region.models import Heartbeat, TaskNote
from region.queries.running import tasks_for
from tests.conftest import QueryCounter
from tests.factories.roles import with_role

pytestmark = pytest.mark.usefixtures("county")
LIST, RUNNING = "/en/office/tasks/", "/en/office/running/"
IMPORT = "region.tasks.work_on_import"


def new_task(status: str = "FAILED", **fields: Any) -> DBTaskResult[..., Any]:
    known: dict[str, Any] = {
        "status": status,
        "args_kwargs": {"args": ["jana@example.org"], "kwargs": {}},
        "task_path": "region.domain.sending.send_soon",
        "backend_name": "default",
        "run_after": timezone.now(),
        "finished_at": timezone.now() if status in ("FAILED", "SUCCESSFUL") else None,
        "worker_ids": ["a"],
    }
    return DBTaskResult.objects.create(**{**known, **fields})


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(with_role("administrator"))
    return client


def shown(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return str(response.content.decode())


def test_tasks_are_shown_in_words_with_the_reason(office: Client) -> None:
    new_task(exception_class_path="builtins.ValueError", traceback="ValueError: jana@example.org")
    new_task(exception_class_path="region.domain.queue.WorkerLost", worker_ids=["a"] * 3)
    new_task(task_path=IMPORT, exception_class_path="builtins.TimeoutError")
    new_task("RUNNING", task_path="area.tasks.count_things_task")
    page = shown(office, LIST)
    texts = (
        "Send waiting e-mail",
        "count things",
        "A fault in the program (ValueError). The log says more.",
        "Its worker died three times",
        "Another server did not answer in time. It is tried again by itself.",
    )
    assert [text for text in texts if text not in page] == []
    assert "jana@" not in page


@pytest.mark.parametrize(
    ("state", "count"), [("waiting", 1), ("running", 2), ("failed", 1), ("set-aside", 1), ("done", 1)]
)
def test_tasks_are_narrowed_by_state(state: str, count: int, office: Client) -> None:
    for status in ("READY", "RUNNING", "RUNNING", "FAILED", "SUCCESSFUL"):
        new_task(status)
    TaskNote.objects.create(task_id=new_task().pk, set_aside_at=timezone.now(), set_aside_by=with_role("administrator"))
    assert shown(office, f"{LIST}?state={state}").split("<tbody>")[1].count("<tr") == count


def test_list_takes_the_same_queries_for_one_task_and_for_three(office: Client, count_queries: QueryCounter) -> None:
    new_task()
    shown(office, LIST)
    with count_queries() as one:
        shown(office, LIST)
    new_task(), new_task()
    with count_queries() as three:
        shown(office, LIST)
    assert len(one) == len(three)


@pytest.mark.parametrize(("action", "status", "notes"), [("run-again", "READY", 0), ("set-aside", "FAILED", 1)])
def test_failed_task_is_run_again_or_set_aside(action: str, status: str, notes: int, office: Client) -> None:
    row, other = new_task(), new_task("RUNNING")
    address = f"{LIST}bulk/?action={action}&pick={row.pk}&pick={other.pk}"
    assert "It has not failed." in shown(office, address)
    office.post(address, {"form_key": str(uuid4()), "keys": str(row.pk)})
    row.refresh_from_db()
    assert (row.status, TaskNote.objects.count()) == (status, notes)
    if action == "set-aside":
        assert "It is set aside already." in shown(office, address)


def test_home_tells_of_tasks_that_failed_for_good(office: Client) -> None:
    new_task(task_path=IMPORT, exception_class_path="builtins.ValueError")
    assert "in the background failed" not in shown(office, "/en/office/")
    new_task(task_path="wagtail.tasks.delete_file_from_storage_task")
    assert "1 task in the background failed" in shown(office, "/en/office/")


def test_signs_of_life_are_shown_in_plain_words(office: Client) -> None:
    now = timezone.now()
    Heartbeat.objects.create(name="tick", at=now)
    Heartbeat.objects.create(name="tick:outbox", at=now, seconds=0.25, changed=3)
    Heartbeat.objects.create(name="tick:gone duty", at=now, failures=2, last_error="ValueError")
    show_worker(name="0123456789ab-4711-99", now=now - timedelta(minutes=2))
    page = shown(office, RUNNING)
    texts = ("Everything shows signs of life.", "Worker 4711", "2\xa0minutes ago", "less than a minute ago", "0.25 s")
    assert [text for text in (*texts, "Send e-mails that wait", "failed 2 times in a row") if text not in page] == []


def test_late_tick_worker_and_duty_are_told_on_the_page_and_at_home(office: Client) -> None:
    assert "no sign" in shown(office, RUNNING)
    then = timezone.now() - timedelta(minutes=6)
    Heartbeat.objects.create(name="tick", at=then)
    Heartbeat.objects.create(name="tick:outbox", at=then, failures=3, last_error="ValueError")
    show_worker(name="plain", now=then)
    assert "Something does not show itself" in shown(office, RUNNING)
    page = shown(office, "/en/office/")
    texts = ("The minute tick has not shown", "No worker has shown itself", "keeps failing")
    assert [text for text in texts if text not in page] == []


def test_home_is_quiet_when_all_is_well(office: Client) -> None:
    Heartbeat.objects.create(name="tick", at=timezone.now())
    show_worker(name="plain", now=timezone.now())
    page = shown(office, "/en/office/")
    assert ("shown itself" in page, "keeps failing" in page) == (False, False)


def test_auditor_looks_and_others_are_refused(client: Client) -> None:
    assert client.get(RUNNING).status_code == 302
    client.force_login(with_role("auditor"))
    assert [client.get(address).status_code for address in (LIST, RUNNING)] == [200, 200]
    client.force_login(with_role("coordinator"))
    assert [client.get(address).status_code for address in (LIST, RUNNING)] == [403, 403]


def test_nobody_sees_tasks_without_the_permission() -> None:
    new_task()
    assert [tasks_for(with_role(role)).count() for role in ("coordinator", "auditor")] == [0, 1]
