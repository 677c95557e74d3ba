from __future__ import annotations

from datetime import date

import pytest

from region.domain.imports import ImportReport, Run
from region.domain.people import PEOPLE_COLUMNS, PeopleOptions, import_people
from region.domain.users import system_user
from region.models import AuditEvent, Officer, OfficerAssignment, RegionProfile, Town
from region.tables.reading import parse_table
from tests.conftest import QueryCounter
from tests.factories.people import assignment
from tests.factories.places import district, town

pytestmark = pytest.mark.django_db
WRITE = Run(apply=True)
UNKNOWN_ROLE = (
    "“okrskář” is not known here. Write one of: "
    "policie, městská policie, obecní úřad, hasiči, psycholog, pracovní skupina."
)
HEADER = "kód;hodnost;jméno;organizace;funkce;obec;okrsek;od;do;telefon;e-mail;hodiny;zástup\n"
NOVAK = "P1;prap.;Jan Novák;PČR;policista;558044;1;1. 1. 2024;;974 000 001;novak@example.org;po 15-17, st 8-12;P2\n"
MALA = "P2;;Eva Malá;MP;strážník;558044;;2024-02-01;;974 000 002;mala@example.org;;\n"


def imported(text: str, options: PeopleOptions | None = None, run: Run = WRITE) -> ImportReport:
    table = parse_table(text.encode(), PEOPLE_COLUMNS)
    return import_people(table=table, by=system_user(), options=options, run=run)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added_count, report.changed_count, report.unchanged_count, report.rejected_count


def reasons(report: ImportReport) -> list[tuple[int, str, str, str]]:
    return [(found.row, found.column, found.value, found.reason) for found in report.rejected]


@pytest.fixture
def merklin(county: RegionProfile) -> Town:
    place = town(code="558044", name="Merklín")
    district(town=place, code="1", name="Okrsek 1")
    return place


def test_import_people_of_a_table(merklin: Town) -> None:
    report = imported(HEADER + NOVAK + MALA)
    assert (counts(report), report.applied) == ((4, 0, 0, 0), True)
    novak = Officer.objects.get(code="P1")
    assert (str(novak), novak.organisation, novak.phone, novak.email) == (
        "prap. Jan Novák",
        "PČR",
        "974 000 001",
        "novak@example.org",
    )
    assert novak.office_hours == [[0, "15:00", "17:00"], [2, "08:00", "12:00"]]
    found = OfficerAssignment.objects.get(officer=novak)
    assert (found.town, found.district.code if found.district else "", found.role) == (merklin, "1", "state_police")
    assert (found.since, found.until, found.substitute) == (date(2024, 1, 1), None, Officer.objects.get(code="P2"))
    other = OfficerAssignment.objects.get(officer__code="P2")
    assert (other.district, other.role, other.substitute) == (None, "municipal_police", None)
    actions = AuditEvent.objects.values_list("action", flat=True)
    assert sorted(actions) == ["assignment.imported"] * 2 + ["officer.imported"] * 2


def test_import_people_again_changes_nothing(merklin: Town) -> None:
    imported(HEADER + NOVAK + MALA)
    assert counts(imported(HEADER + NOVAK + MALA)) == (0, 0, 4, 0)


def test_import_people_changes_what_differs(merklin: Town) -> None:
    imported(HEADER + NOVAK + MALA)
    report = imported(HEADER + NOVAK.replace("974 000 001", "974 999 999").replace(";P2", ";") + MALA)
    assert [(dict(change.before), dict(change.after)) for change in report.changed] == [
        ({"phone": "974 000 001"}, {"phone": "974 999 999"}),
        ({"substitute": "P2"}, {"substitute": ""}),
    ]


def test_import_people_dry_run_writes_nothing(merklin: Town) -> None:
    report = imported(HEADER + NOVAK + MALA, run=Run())
    assert (counts(report), report.applied, Officer.objects.count()) == ((4, 0, 0, 0), False, 0)


def test_import_people_one_person_with_two_districts(merklin: Town) -> None:
    district(town=merklin, code="2")
    report = imported(HEADER + NOVAK + NOVAK.replace(";1;", ";2;", 1) + MALA)
    assert (report.added_count, Officer.objects.count(), OfficerAssignment.objects.count()) == (5, 2, 3)


def test_import_people_takes_each_fact_from_the_first_row_that_gives_it(merklin: Town) -> None:
    district(town=merklin, code="2")
    second = NOVAK.replace(";1;", ";2;", 1)
    report = imported(HEADER + NOVAK.replace("974 000 001", "") + second.replace("prap.", "") + MALA)
    novak = Officer.objects.get(code="P1")
    assert (report.rejected_count, novak.rank, novak.phone) == (0, "prap.", "974 000 001")


def test_import_people_names_the_row_that_a_later_one_contradicts(merklin: Town) -> None:
    first, second, third = (NOVAK.replace(";1;", f";{number};", 1) for number in (1, 2, 3))
    report = imported(HEADER + first.replace("974 000 001", "") + second + third.replace("974 000 001", "974 0"))
    assert reasons(report)[0] == (4, "telefon", "974 0", "Row 3 says otherwise about the same person.")


def test_import_people_whose_rows_disagree(merklin: Town) -> None:
    district(town=merklin, code="2")
    report = imported(HEADER + NOVAK + MALA + NOVAK.replace(";1;", ";2;", 1).replace("974 000 001", "974 0"))
    assert reasons(report) == [(4, "telefon", "974 0", "Row 2 says otherwise about the same person.")]
    assert not report.applied


@pytest.mark.parametrize(
    ("old", "new", "rejected"),
    [
        (";1;1. 1.", ";7;1. 1.", (2, "okrsek", "7", "The town has no district of this number.")),
        (";P2", ";P9", (2, "zástup", "P9", "No officer has this code.")),
        (";P2", ";P1", (2, "zástup", "P1", "Nobody can be their own substitute.")),
        ("policista", "okrskář", (2, "funkce", "okrskář", UNKNOWN_ROLE)),
        ("1. 1. 2024", "2024-01", (2, "od", "2024-01", "A whole date is needed, with the day.")),
        ("1. 1. 2024", "brzy", (2, "od", "brzy", "This is not a date: write it as 2010-07-01, 1. 7. 2010 or 2010-07.")),
        ("1. 1. 2024", "", (2, "od", "", "The first day is needed: in a column, or one for the whole file.")),
        ("1. 1. 2024;", "1. 1. 2024;1. 1. 2023", (2, "do", "1. 1. 2023", "The end lies before the beginning.")),
        ("po 15-17", "pp 15-17", (2, "hodiny", "pp 15-17, st 8-12", "“pp” is not a day of the week.")),
        ("novak@", "novak", (2, "e-mail", "novakexample.org", "Enter a valid email address.")),
        ("Jan Novák", "", (2, "jméno", "", "This cell must not be empty.")),
        ("P1;", ";", (2, "kód", "", "This cell must not be empty.")),
    ],
)
def test_import_people_says_row_column_value_and_reason(
    merklin: Town, old: str, new: str, rejected: tuple[int, str, str, str]
) -> None:
    report = imported(HEADER + NOVAK.replace(old, new, 1) + MALA)
    assert (reasons(report), report.applied, Officer.objects.count()) == ([rejected], False, 0)


def test_import_people_in_an_unknown_town(merklin: Town) -> None:
    report = imported(HEADER + NOVAK.replace("558044", "1") + MALA)
    assert reasons(report) == [
        (2, "obec", "1", "No town has this code."),
        (2, "okrsek", "1", "The town has no district of this number."),
    ]


def test_import_people_same_assignment_twice(merklin: Town) -> None:
    report = imported(HEADER + MALA + MALA)
    assert [found[3] for found in reasons(report)] == ["The same stands in rows 2, 3; keep only one."] * 2


def test_import_people_with_one_first_day_for_all(merklin: Town) -> None:
    imported("kód;jméno;funkce;obec\nP1;Jan;hasič;558044\n", PeopleOptions(since=date(2024, 1, 1)))
    assert OfficerAssignment.objects.get().since == date(2024, 1, 1)


def test_import_people_tells_who_is_missing(merklin: Town) -> None:
    imported(HEADER + NOVAK + MALA)
    elsewhere = assignment()
    report = imported(HEADER + MALA)
    assert report.notes[1:] == [
        (
            "Open assignments that this file lacks stay (1); end them with --end-missing: "
            "prap. Jan Novák – state police officer."
        )
    ]
    assert OfficerAssignment.objects.filter(until=None).count() == 3
    report = imported(HEADER + MALA, PeopleOptions(end_missing=date(2025, 6, 30)))
    assert counts(report) == (0, 1, 2, 0)
    ended = OfficerAssignment.objects.get(officer__code="P1")
    elsewhere.refresh_from_db()
    assert (ended.until, elsewhere.until) == (date(2025, 6, 30), None)
    assert AuditEvent.objects.get(action="assignment.ended").after == {"until": "2025-06-30"}
    assert counts(imported(HEADER + MALA, PeopleOptions(end_missing=date(2025, 7, 31)))) == (0, 0, 2, 0)


def test_import_people_does_not_end_before_the_beginning(merklin: Town) -> None:
    imported(HEADER + NOVAK + MALA)
    report = imported(HEADER + MALA, PeopleOptions(end_missing=date(2023, 1, 1)))
    assert report.notes[1:] == ["prap. Jan Novák – state police officer begins only on 2024-01-01 and was not ended."]


def test_import_people_adds_nobody_for_the_sake_of_a_rejected_row(merklin: Town) -> None:
    first = NOVAK.replace("policista", "okrskář").replace(";P2", ";")
    second = MALA.replace(";;\n", ";;P1\n")
    report = imported(HEADER + first + second, run=Run(apply=True, skip_rejected=True))
    assert (counts(report), Officer.objects.count()) == ((0, 0, 0, 2), 0)
    assert reasons(report)[1] == (3, "zástup", "P1", "No officer has this code.")


def test_import_people_ends_nobody_while_rows_are_rejected(merklin: Town) -> None:
    imported(HEADER + NOVAK + MALA)
    faulty = HEADER + NOVAK.replace("policista", "?") + MALA
    report = imported(faulty, PeopleOptions(end_missing=date(2025, 1, 1)), Run(apply=True, skip_rejected=True))
    assert (report.applied, OfficerAssignment.objects.filter(until=None).count()) == (True, 2)


def test_import_people_names_only_some_of_the_missing(merklin: Town) -> None:
    for _number in range(11):
        assignment(town=merklin)
    assert imported(HEADER + MALA).notes[1].endswith("….")


@pytest.mark.parametrize("rows", [2, 20])
def test_import_people_looks_up_everything_at_once(merklin: Town, rows: int, count_queries: QueryCounter) -> None:
    text = HEADER + "".join(MALA.replace("P2", f"P{number}") for number in range(rows))
    imported(text)
    with count_queries() as made:
        imported(text)
    selects = [query for query in made.captured_queries if query["sql"].startswith("SELECT")]
    assert len(selects) <= 8
