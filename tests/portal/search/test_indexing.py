"""Entries of the site search follow their things."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from portal.models import HomePage, NewsPage, SearchEntry, SearchWord, StandardPage
from portal.search import receivers
from portal.search.indexing import Counts, refresh, refresh_everything
from portal.search.receivers import refresh_terms
from region import clock
from region.domain.content import public_content_changed
from region.enums import OfficerRole
from region.models import Officer, Town
from region.stamp import shared_stamp
from tests.factories.people import assignment, officer
from tests.factories.places import district, town
from tests.factories.sites import child, home, town_page

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Callable[[Callable[[], object]], None]:
    """Carries out a change and commits it."""

    def carry_out(change: Callable[[], object]) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return carry_out


@pytest.fixture
def start(county: Any) -> HomePage:
    """Czech home page of a county."""
    return home()


def titles(language: str = "cs", **filters: Any) -> list[str]:
    return list(
        SearchEntry.objects.filter(language=language, **filters).order_by("title").values_list("title", flat=True)
    )


# --- Pages ------------------------------------------------------------------------------------------------------------
def test_published_page_is_found_with_its_text_and_date(start: HomePage) -> None:
    news = child(start, NewsPage, title="Nové hlídky", lead="V neděli začnou.", date=date(2026, 1, 5))
    refresh("page")
    entry = SearchEntry.objects.get(reference=f"page:{news.pk}")
    assert (entry.language, entry.kind, entry.title, entry.text, entry.date, entry.page_id, entry.url) == (
        "cs", "page", "Nové hlídky", "V neděli začnou.", date(2026, 1, 5), news.pk, "",
    )  # fmt: skip


def test_words_of_html_are_indexed_without_tags(start: HomePage) -> None:
    body = [("paragraph", "<p>Zavolejte <b>policii</b></p>")]
    page = child(start, StandardPage, title="Rady", body=body)
    refresh("page")
    words = set(SearchWord.objects.filter(entry__reference=f"page:{page.pk}").values_list("word", flat=True))
    assert {"zavolejte", "policii", "rady"} <= words
    assert "b" not in words


def test_draft_is_not_found(start: HomePage) -> None:
    child(start, StandardPage, title="Koncept", live=False)
    refresh("page")
    assert titles() == ["Home cs"]


def test_page_for_chosen_readers_is_not_found_nor_what_stands_under_it(start: HomePage) -> None:
    locked = child(start, StandardPage, title="Zamčeno")
    child(locked, StandardPage, title="Pod zámkem")
    PageViewRestriction.objects.create(page=locked, restriction_type="password", password="x")
    refresh("page")
    assert titles() == ["Home cs"]


# --- Towns, districts, people, documents ------------------------------------------------------------------------------
def test_town_is_found_in_every_language(start: HomePage) -> None:
    made = town(name="Stříbro", slug="stribro", summary="Bývalé hornické město.", county_part="okres Tachov")
    refresh("town")
    rows = SearchEntry.objects.filter(reference=f"town:{made.pk}").order_by("language")
    assert list(rows.values_list("language", "title", "note", "url")) == [
        ("cs", "Stříbro", "Město, okres Tachov", "/cs/kdo-odpovida/stribro/"),
        ("en", "Stříbro", "Town, okres Tachov", "/en/who-is-responsible/stribro/"),
        ("pl", "Stříbro", "Miasto, okres Tachov", "/pl/kto-odpowiada/stribro/"),
    ]


def test_town_with_a_page_leads_there_in_that_language(start: HomePage) -> None:
    made = town(name="Stříbro", slug="stribro")
    page = town_page(made, start, introduction="<p>Náměstí</p>")
    refresh("town")
    rows = dict(SearchEntry.objects.filter(reference=f"town:{made.pk}").values_list("language", "page_id"))
    assert rows == {"cs": page.pk, "en": None, "pl": None}
    assert titles("cs", text="Náměstí") == ["Stříbro"]


def test_district_is_found_by_its_streets(start: HomePage) -> None:
    place = town(name="Stříbro", slug="stribro")
    district(town=place, code="3", name="Střed", streets="Masarykovo náměstí")
    refresh("district")
    entry = SearchEntry.objects.get(language="cs")
    assert (entry.kind, entry.title, entry.note, entry.text, entry.url) == (
        "town", "Střed", "Stříbro, 3", "Masarykovo náměstí", "/cs/kdo-odpovida/stribro/3/",
    )  # fmt: skip


def test_person_in_office_is_found_once_with_all_functions(start: HomePage) -> None:
    place = town(name="Stříbro", slug="stribro")
    person = officer(rank="por.", name="Jana Nová")
    assignment(officer=person, district=district(town=place, name="Střed", code="3"))
    assignment(officer=person, town=place, role=OfficerRole.WORKING_GROUP)
    refresh("person")
    entry = SearchEntry.objects.get(language="en")
    assert (entry.kind, entry.title, entry.note, entry.url) == (
        "person",
        "por. Jana Nová",
        "State police officer, Member of a working group, Stříbro, Střed",
        "/en/who-is-responsible/stribro/3/",
    )


def test_person_out_of_office_is_not_found(start: HomePage) -> None:
    assignment(officer=officer(), until=date(2021, 1, 1))
    assignment(officer=officer(), since=date(2999, 1, 1))
    officer()
    refresh("person")
    assert titles() == []


def test_email_of_a_person_is_nowhere(start: HomePage) -> None:
    assignment(officer=officer(email="secret@example.org"))
    refresh("person")
    assert not SearchEntry.objects.filter(text__contains="secret").exists()
    assert not SearchWord.objects.filter(word="secret").exists()


def test_document_is_found_unless_its_collection_is_closed(start: HomePage) -> None:
    closed = Collection.get_first_root_node().add_child(name="Closed")
    inner = closed.add_child(name="Inside")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    for title, collection in (("Open", Collection.get_first_root_node()), ("Shut", closed), ("Deep", inner)):
        get_document_model().objects.create(title=title, collection=collection, file=ContentFile(b"x", f"{title}.pdf"))
    refresh("document")
    assert (titles("cs"), titles("pl")) == (["Open"], ["Open"])


# --- Refreshing -------------------------------------------------------------------------------------------------------
def test_unchanged_things_are_not_written_again(start: HomePage) -> None:
    town()
    assert refresh("town") == Counts(3, 0, 0)
    before = list(SearchWord.objects.order_by("pk").values_list("pk", flat=True))
    assert refresh("town") == Counts(0, 3, 0)
    assert list(SearchWord.objects.order_by("pk").values_list("pk", flat=True)) == before


def test_changed_thing_replaces_its_words(start: HomePage) -> None:
    made = town(name="Staré")
    refresh("town")
    Town.objects.filter(pk=made.pk).update(name="Nové")
    assert refresh("town") == Counts(3, 0, 0)
    assert (titles(), SearchWord.objects.filter(word="stare").count()) == (["Nové"], 0)


def test_only_what_is_named_is_touched(start: HomePage) -> None:
    one, other = town(name="Jedna"), town(name="Dvě")
    refresh("town")
    Town.objects.update(name="Změna")
    refresh("town", {str(one.pk)})
    assert titles() == ["Dvě", "Změna"]
    Town.objects.filter(pk=other.pk).delete()
    assert refresh("town", {str(other.pk)}) == Counts(0, 0, 3)


def test_refresh_voids_stored_pages_only_when_something_changed(
    start: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    town()
    stamps = [shared_stamp().read()]
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            refresh("town")
        stamps.append(shared_stamp().read())
    assert (stamps[0] == stamps[1], stamps[1] == stamps[2]) == (False, True)


def test_number_of_queries_does_not_grow_with_the_number_of_towns(start: HomePage, count_queries: Any) -> None:
    town()
    with count_queries() as few:
        refresh("town")
    for _ in range(8):
        town()
    with count_queries() as many:
        refresh("town")
    assert len(many) == len(few)


def test_command_brings_everything_up_to_date(start: HomePage) -> None:
    town(name="Stříbro")
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert out.getvalue().splitlines()[1].split() == ["town", "3", "written", "0", "unchanged", "0", "removed"]
    SearchWord.objects.all().delete()
    call_command("rebuild_search", "--anew", stdout=StringIO())
    assert SearchWord.objects.filter(word="stribro").count() == 3


def test_refresh_everything_covers_every_kind(start: HomePage) -> None:
    assert list(refresh_everything()) == ["page", "town", "district", "person", "document"]


# --- Changes noticed by themselves ------------------------------------------------------------------------------------
def test_publishing_and_unpublishing_is_noticed(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Koncept", live=False)
    commit(lambda: page.save_revision().publish())
    assert titles() == ["Home cs", "Koncept"]
    commit(Page.objects.get(pk=page.pk).specific.unpublish)
    assert titles() == ["Home cs"]


def test_deleted_page_and_its_children_disappear(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Nahoře")
    child(page, StandardPage, title="Pod tím")
    refresh("page")
    commit(lambda: Page.objects.get(pk=page.pk).delete())
    assert titles() == ["Home cs"]


def test_draft_of_a_page_changes_nothing(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Staré")
    refresh("page")
    page.title = "Nové"
    commit(page.save_revision)
    assert titles() == ["Home cs", "Staré"]


def test_restriction_is_noticed(start: HomePage, commit: Any) -> None:
    page = child(start, StandardPage, title="Zamčeno")
    refresh("page")
    commit(lambda: PageViewRestriction.objects.create(page=page, restriction_type="login"))
    assert titles() == ["Home cs"]


def test_moved_page_keeps_its_entry(start: HomePage, commit: Any) -> None:
    page, other = child(start, StandardPage, title="A"), child(start, StandardPage, title="B")
    commit(lambda: Page.objects.get(pk=page.pk).move(Page.objects.get(pk=other.pk), pos="last-child"))
    assert titles() == ["A", "B", "Home cs"]


def test_renamed_town_is_noticed_with_its_districts_and_people(start: HomePage, commit: Any) -> None:
    place = town(name="Staré")
    assignment(district=district(town=place, name="Střed", code="1"))
    refresh_everything()
    place.name = "Nové"
    commit(place.save)
    notes = SearchEntry.objects.filter(language="en").exclude(reference__startswith="page").order_by("kind", "title")
    assert list(notes.values_list("title", "note")) == [
        (str(Officer.objects.get()), "State police officer, Nové, Střed"),
        ("Nové", "Town"),
        ("Střed", "Nové, 1"),
    ]


def test_renamed_and_deleted_district_is_noticed(start: HomePage, commit: Any) -> None:
    made = district(name="Střed")
    commit(made.save)
    made.name = "Jih"
    commit(made.save)
    assert titles(reference__startswith="district") == ["Jih"]
    commit(made.delete)
    assert titles(reference__startswith="district") == []


def test_person_who_takes_or_leaves_office_is_noticed(start: HomePage, commit: Any) -> None:
    made: list[Any] = []
    commit(lambda: made.append(assignment(officer=officer(rank="", name="Jana"))))
    assert titles(kind="person") == ["Jana"]
    made[0].officer.name = "Eva"
    commit(made[0].officer.save)
    assert titles(kind="person") == ["Eva"]
    made[0].until = date(2021, 1, 1)
    commit(made[0].save)
    assert titles(kind="person") == []


def test_document_is_noticed(start: HomePage, commit: Any) -> None:
    made: list[Any] = []
    commit(lambda: made.append(get_document_model().objects.create(title="Leták", file=ContentFile(b"x", "a.pdf"))))
    assert titles(kind="document") == ["Leták"]
    commit(made[0].delete)
    assert titles(kind="document") == []


def test_announced_bulk_write_is_noticed(start: HomePage, commit: Any) -> None:
    town(name="Staré")
    refresh("town")
    Town.objects.update(name="Nové")
    commit(public_content_changed)
    assert titles(kind="town") == ["Nové"]


def test_many_changes_are_written_together(commit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, int]] = []
    monkeypatch.setattr(receivers, "refresh", lambda what, ids: asked.append((what, len(ids))))
    commit(lambda: [officer() for _ in range(20)])
    assert asked == [("person", 20)]


def test_rolled_back_change_is_forgotten(commit: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def change() -> None:
        with transaction.atomic():
            town()
            transaction.set_rollback(True)
        officer()

    asked: list[str] = []
    monkeypatch.setattr(receivers, "refresh", lambda what, _ids: asked.append(what))
    commit(change)
    assert asked == ["person"]


# --- Terms of office that begin and end by themselves -----------------------------------------------------------------
def test_term_that_began_or_ended_is_found_by_the_tick(start: HomePage) -> None:
    now = timezone.now()
    today = now.date()
    ended = assignment(officer=officer(name="Konec", rank=""), until=today + timedelta(days=5))
    refresh("person")
    assert titles() == ["Konec"]
    type(ended).objects.update(until=today - timedelta(days=2))
    assert (refresh_terms(now=now), titles()) == (3, [])
    assignment(officer=officer(name="Začátek", rank=""), since=today - timedelta(days=2))
    assert (refresh_terms(now=now), titles(), refresh_terms(now=now)) == (3, ["Začátek"], 0)


def test_tick_asks_one_question_when_no_term_is_near(start: HomePage, count_queries: Any) -> None:
    assignment()
    clock.today()
    with count_queries() as made:
        assert refresh_terms(now=datetime(2026, 6, 1, tzinfo=UTC)) == 0
    assert len(made) == 1
