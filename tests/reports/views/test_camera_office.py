from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from region.clock import today
from region.models import AuditEvent, User
from reports.camera_work import due_reviews, waiting_accesses
from reports.enums.cameras import Stage
from reports.models import CameraPoint, CameraSystem, Consultation, Device, Placement, RemoteAccess, YearlyReview
from tests.factories.cameras import BEGAN, camera_device, camera_point, camera_system, placed, remote_access
from tests.factories.roles import with_role

if TYPE_CHECKING:
    from tests.conftest import QueryCounter

pytestmark = pytest.mark.usefixtures("county")
LIST = "/en/office/cameras/"


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def office() -> Client:
    """The registrar's browser."""
    return browser(with_role("camera_registrar"))


def url(name: str, *args: Any) -> str:
    return reverse(f"reports:office-{name}", args=args)


def sent(client: Client, address: str, key: str = "", **values: Any) -> Any:
    """A form as a browser sends it."""
    return client.post(address, {"form_key": key or str(uuid4()), **values})


def said(page: Any) -> str:
    return str(page.content.decode()).replace("\u00a0", " ")


def test_list_asks_as_often_for_three_points_as_for_one(office: Client, count_queries: QueryCounter) -> None:
    counts = []
    for _round in range(2):
        placed(camera_point())
        office.get(LIST)
        with count_queries() as queries:
            office.get(LIST)
        counts.append(len(queries))
        camera_point()
    assert counts[0] == counts[1]


def test_list_is_narrowed_and_told_what_is_missing(office: Client) -> None:
    old = camera_point(code="OLD", since=today() - timedelta(days=400))
    camera_point(code="NEW", since=today(), is_published=False, stage=Stage.PLANNED)
    found = {
        query: [code for code in ("OLD", "NEW") if f">{code}<" in said(office.get(LIST + query))]
        for query in ("", "?review=due", "?published=False", "?stage=planned", f"?system={old.system_id}", "?q=old")
    }
    assert found == {
        "": ["OLD", "NEW"],
        "?review=due": ["OLD"],
        "?published=False": ["NEW"],
        "?stage=planned": ["NEW"],
        f"?system={old.system_id}": ["OLD"],
        "?q=old": ["OLD"],
    }


def test_page_shows_what_the_reader_may_know() -> None:
    point = camera_point()
    placed(point)
    shown = {
        role: [
            word for word in ("SECRET-NOTE", "INV-", "SECRET-MODEL", "SECRET-ADDRESS", "123.25") if word in said(page)
        ]
        for role in ("camera_registrar", "services", "auditor")
        for page in [browser(with_role(role)).get(url("camera", point.pk))]
    }
    office = ["SECRET-NOTE", "INV-"]
    assert shown == {
        "camera_registrar": [*office, "SECRET-MODEL", "SECRET-ADDRESS", "123.25"],
        "services": office,
        "auditor": office,
    }


def test_files_of_the_office_hold_nothing_of_the_registrar_alone() -> None:
    placed(camera_point())
    file: Any = browser(with_role("services")).get(url("cameras-export") + "?format=csv")
    text = b"".join(file.streaming_content).decode()
    assert ("SECRET-NOTE" in text, "SECRET-MODEL" in text, "123.25" in text) == (True, False, False)


def test_point_asks_as_often_for_three_devices_as_for_one(office: Client, count_queries: QueryCounter) -> None:
    point = camera_point()
    counts = []
    for _round in range(2):
        placed(point)
        office.get(url("camera", point.pk))
        with count_queries() as queries:
            office.get(url("camera", point.pk))
        counts.append(len(queries))
        placed(point)
    assert counts[0] == counts[1]


def test_checklist_says_what_is_missing_and_where_it_is_mended(office: Client) -> None:
    point = camera_point(is_published=False)
    CameraSystem.objects.update(controller="")
    page = said(office.get(url("camera", point.pk)))
    assert "It cannot be published now" in page
    assert f"/admin/snippets/reports/camerasystem/edit/{str(point.system_id).replace('-', '_2D')}/" in page or (
        f"/admin/snippets/reports/camerasystem/edit/{point.system_id}/" in page
    )
    assert url("camera-consultation", point.pk) in page
    assert url("camera-publish", point.pk) not in page
    watcher = said(browser(with_role("auditor")).get(url("camera", point.pk)))
    assert "snippets" not in watcher


def test_stage_moves_with_its_day_and_document(office: Client) -> None:
    point = camera_point(stage=Stage.APPROVED)
    address = url("camera-step", point.pk, "fund")
    assert "Note the funding" in said(office.get(address))
    answer = sent(office, address, on="3. 2. 2025", document="Resolution 5")
    assert answer["Location"] == url("camera", point.pk)
    change = point.stage_changes.get(ended_on=None)
    assert (change.stage, change.since, change.document) == ("funded", date(2025, 2, 3), "Resolution 5")


def test_form_sent_twice_moves_the_stage_once(office: Client) -> None:
    point = camera_point(stage=Stage.APPROVED)
    key = str(uuid4())
    for _time in range(2):
        answer = sent(office, url("camera-step", point.pk, "fund"), key, on="3. 2. 2025")
        assert answer.status_code == 302
    assert point.stage_changes.count() == 2
    assert AuditEvent.objects.filter(action="camerapoint.fund").count() == 1


def test_step_that_is_refused_keeps_what_was_written(office: Client) -> None:
    point = camera_point(stage=Stage.APPROVED)
    early = sent(office, url("camera-step", point.pk, "fund"), on="1. 1. 2020", document="Resolution 5")
    assert (early.status_code, "began later" in said(early), "Resolution 5" in said(early)) == (422, True, True)
    blank = sent(office, url("camera-step", point.pk, "reject"), on="3. 2. 2025")
    assert (blank.status_code, "Give a reason." in said(blank)) == (422, True)
    assert sent(office, url("camera-step", point.pk, "order"), on="3. 2. 2025").status_code == 409


def test_point_is_added_changed_published_and_withdrawn(office: Client) -> None:
    system = camera_system()
    facts: dict[str, Any] = {
        "code": "KP-7",
        "system": system.pk,
        "name": "Here",
        "location_status": "none",
        "surroundings": "park",
    }
    answer = sent(office, url("camera-add"), **facts, stage="proposed", since="1. 7. 2024")
    point = CameraPoint.objects.get()
    assert answer["Location"] == url("camera", point.pk)
    sent(office, url("camera-publish", point.pk))
    assert CameraPoint.objects.get().is_published
    edit = url("camera-edit", point.pk)
    seen = office.get(edit).context["form"].initial["seen"]
    sent(office, edit, **{**facts, "name": "There", "seen": seen})
    assert CameraPoint.objects.get().name == "There"
    late = sent(office, edit, **{**facts, "name": "Elsewhere", "seen": seen})
    assert (late.status_code, "Elsewhere" in said(late)) == (409, True)
    sent(office, url("camera-withdraw", point.pk))
    assert not CameraPoint.objects.get().is_published


def test_device_is_installed_moved_replaced_and_taken_away(office: Client) -> None:
    system = camera_system()
    point, other = camera_point(system=system), camera_point(system=system)
    sent(
        office,
        url("camera-install", point.pk),
        kind="fixed",
        sensor_count=1,
        has_audio="no",
        analytics="none",
        face_recognition="no",
        since="1. 6. 2024",
    )
    placement = Placement.objects.get()
    sent(office, url("camera-relocate", placement.pk), to=other.pk, on="1. 7. 2024")
    moved = Placement.objects.get(point=other)
    new = camera_device(system=system)
    sent(office, url("camera-replace", moved.pk), new=new.pk, on="1. 8. 2024")
    last = Placement.objects.get(device=new)
    sent(office, url("camera-retire", last.pk), on="1. 9. 2024")
    found = Placement.objects.order_by("since").values_list("since", "removed_on", "removal_reason")
    assert list(found) == [
        (date(2024, 6, 1), date(2024, 7, 1), "relocate"),
        (date(2024, 7, 1), date(2024, 8, 1), "replace"),
        (date(2024, 8, 1), date(2024, 9, 1), "retire"),
    ]
    assert office.get(url("camera-retire", last.pk)).status_code == 404
    assert Device.objects.count() == 2


def test_review_and_consultation_are_noted(office: Client) -> None:
    point = camera_point()
    sent(
        office,
        url("camera-review", point.pk),
        year=2025,
        reviewed_on="1. 6. 2025",
        is_necessary="no",
        decision="retire",
        reasons="Quiet now.",
    )
    sent(office, url("camera-consultation", point.pk), body="district_council", opinion="for", asked_on="1. 2. 2025")
    review = YearlyReview.objects.get()
    assert (review.is_necessary, review.decision, review.noted_by is not None) == (False, "retire", True)
    assert Consultation.objects.get().opinion == "for"


def test_many_points_are_published_or_refused_with_the_reason(office: Client) -> None:
    good, bad = camera_point(is_published=False, code="GOOD"), camera_point(is_published=False, code="BAD")
    bad.system.controller = ""
    bad.system.save()
    bulk = url("cameras-bulk")
    preview = said(office.get(f"{bulk}?action=publish&pick={good.pk}&pick={bad.pk}"))
    assert "The controller is named." in preview
    keys = f"{good.pk},{bad.pk}"
    sent(office, f"{bulk}?action=publish", keys=keys)
    assert set(CameraPoint.objects.filter(is_published=True)) == {good}


def test_systems_page_and_record_of_processing(office: Client) -> None:
    system = camera_system(name_en="Cameras of Zkušebnice")
    system.workstations.create(organisation="Municipal police", place="SECRET-ROOM")
    placed(camera_point(system=system))
    assert "Cameras of Zkušebnice" in said(office.get(url("camera-systems")))
    text = office.get(url("camera-processing", "csv")).content.decode("utf-8-sig")
    for words in ("Order at crossings on the way to school", "Art. 6(1)(e)", "Municipal police", "7 days"):
        assert words in text
    assert "SECRET" not in text
    assert office.get(url("camera-processing", "xlsx")).content.startswith(b"PK")


def test_systems_page_asks_as_often_for_three_as_for_one(office: Client, count_queries: QueryCounter) -> None:
    counts = []
    for _round in range(2):
        placed(camera_point())
        office.get(url("camera-systems"))
        with count_queries() as queries:
            office.get(url("camera-systems"))
        counts.append(len(queries))
        placed(camera_point())
    assert counts[0] == counts[1]


def request_values() -> dict[str, Any]:
    day = today()
    return {
        "body": "Police, Zkušebnice",
        "purpose": "Missing people",
        "legal_basis": "§ 66",
        "may_watch": "on",
        "asked_from": f"{day.day}. {day.month}. {day.year}",
        "asked_until": f"{day.day}. {day.month}. {day.year + 1}",
    }


def test_access_is_asked_for_approved_twice_granted_and_reviewed(office: Client) -> None:
    services, head = browser(with_role("services")), browser(with_role("head"))
    sent(services, url("access-add"), system=camera_system().pk, **request_values())
    access = RemoteAccess.objects.get()

    def do(client: Client, name: str, **values: Any) -> int:
        version = RemoteAccess.objects.get().version
        return int(sent(client, url("access-step", access.pk, name), version=version, **values).status_code)

    told = request_values()
    assert [
        do(head, "approve_technically"),
        do(office, "approve_technically", technical_note="VPN"),
        do(office, "approve_financially"),
        do(head, "approve_financially"),
        do(office, "grant", valid_from=told["asked_from"], valid_until=told["asked_until"]),
        do(services, "revoke", reason="x"),
        do(office, "review", review_note="Used."),
        do(office, "expire"),
    ] == [403, 302, 403, 302, 302, 403, 302, 404]
    assert RemoteAccess.objects.get().state == "reviewed"
    assert "Ask for a renewal" in said(services.get(url("access", access.pk)))
    sent(services, url("access-renew", access.pk), **told)
    assert RemoteAccess.objects.get(renews=access).state == "requested"


def test_decision_about_what_has_changed_since_is_refused(office: Client) -> None:
    by = with_role("services")
    access = remote_access(by=by)
    sent(office, url("access-step", access.pk, "return_technically"), version=0, reason="Which points?")
    sent(browser(by), url("access-step", access.pk, "ask_again"), **{**request_values(), "scope": "Everywhere"})
    # The request waits again, but it is not the one that stood on this page.
    late = sent(office, url("access-step", access.pk, "approve_technically"), version=0)
    stored = RemoteAccess.objects.get()
    assert (late.status_code, stored.state, stored.version) == (409, "requested", 2)


def test_returned_request_is_mended_by_its_writer() -> None:
    by = with_role("services")
    access = remote_access(by=by, state="returned_technically", reason="Which points?")
    page = said(browser(by).get(url("access", access.pk)))
    assert ("Which points?" in page, "Mend and send again" in page) == (True, True)
    values = {**request_values(), "scope": "Square"}
    assert sent(browser(by), url("access-step", access.pk, "ask_again"), **values).status_code == 302
    stored = RemoteAccess.objects.get()
    assert (stored.state, stored.scope, stored.system) == ("requested", "Square", access.system)


def test_each_look_at_an_access_is_written_down_and_a_foreign_one_is_not_there(office: Client) -> None:
    access = remote_access()
    office.get(url("access", access.pk))
    office.get(url("access", access.pk))
    stranger = browser(with_role("services"))
    assert stranger.get(url("access", access.pk)).status_code == 404
    assert stranger.get(url("access-step", access.pk, "withdraw")).status_code == 404
    assert AuditEvent.objects.filter(action="remoteaccess.view", target_id=str(access.pk)).count() == 2


def test_accesses_ask_as_often_for_three_as_for_one(office: Client, count_queries: QueryCounter) -> None:
    counts = []
    for _round in range(2):
        remote_access()
        office.get(url("accesses"))
        with count_queries() as queries:
            office.get(url("accesses"))
        counts.append(len(queries))
        remote_access()
    assert counts[0] == counts[1]


def words(cards: Any) -> list[str]:
    return [str(card.what) for card in cards]


def test_cards_tell_each_what_waits() -> None:
    now, day = timezone.now(), today()
    registrar, head, services = with_role("camera_registrar"), with_role("head"), with_role("services")
    point = camera_point(since=BEGAN)
    point.system.dpias.update(next_review=day + timedelta(days=10))
    common: dict[str, Any] = {"by": services, "system": point.system}
    remote_access(**common)
    remote_access(**common, state="technically_approved", technical_by=registrar)
    remote_access(**common, state="returned_technically", reason="Which points?")
    times: dict[str, Any] = {"valid_from": day - timedelta(days=300), "valid_until": day + timedelta(days=20)}
    remote_access(**common, state="granted", technical_by=registrar, financial_by=head, **times)
    name = point.system.name
    assert words(due_reviews(registrar, now)) == [
        "1 camera point waits for its yearly review",
        f"Impact assessment of {name} to be reviewed",
    ]
    ends = f"Remote access ends: Police, Zkušebnice – {name}"
    assert words(waiting_accesses(registrar, now)) == ["1 remote access waits for you", ends]
    assert words(waiting_accesses(head, now)) == ["1 remote access waits for you", ends]
    assert words(waiting_accesses(services, now)) == [f"Request for {name} was returned", ends]
    assert words(waiting_accesses(with_role("coordinator"), now)) == []
    assert words(due_reviews(head, now)) == []
