"""Files of a list: the same rows, typed, and nothing that a spreadsheet runs."""

from __future__ import annotations

import csv
import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from region.clock import today
from region.listing.columns import Column, Kind
from region.listing.exports import ROWS_AT_ONCE, csv_value, safe_text, xlsx_file, xlsx_value
from region.models import Organisation
from tests.factories.roles import new_organisation, with_role

if TYPE_CHECKING:
    from django.test import Client

    from tests.conftest import QueryCounter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.factories.lists"), pytest.mark.usefixtures("county")]
EXPORT = "/en/office/samples/export/"
HEAD = ["Name", "Kind", "Town", "Inhabitants", "Until", "Phone"]


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(with_role("coordinator"))
    return client


def csv_rows(response: Any) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def xlsx_rows(content: bytes) -> list[tuple[Any, ...]]:
    from openpyxl import load_workbook

    return [tuple(row) for row in load_workbook(BytesIO(content)).active.iter_rows(values_only=True)]


def test_csv_has_exactly_the_rows_that_match_in_their_order(office: Client) -> None:
    new_organisation(name="B", inhabitants=12345, inhabitants_year=2025)
    new_organisation(name="A", member_since=date(2020, 1, 1), member_until=date(2026, 12, 31))
    new_organisation(name="C", kind="police")
    response = office.get(f"{EXPORT}?format=csv&kind=municipality&sort=-name&page=9")
    assert csv_rows(response) == [
        HEAD,
        ["B", "municipality", "", "12345", "", ""],
        ["A", "municipality", "", "", "2026-12-31", ""],
    ]
    assert response["Content-Disposition"] == f'attachment; filename="samples-{today():%Y-%m-%d}.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_ticked_rows_alone_are_taken_when_some_are(office: Client) -> None:
    chosen = new_organisation(name="B")
    new_organisation(name="A")
    assert [row[0] for row in csv_rows(office.get(f"{EXPORT}?format=csv&pick={chosen.pk}"))] == ["Name", "B"]
    everything = office.get(f"{EXPORT}?format=csv&pick={chosen.pk}&all=1")
    assert [row[0] for row in csv_rows(everything)] == ["Name", "A", "B"]


def test_numbers_and_days_are_the_same_in_every_language(office: Client) -> None:
    new_organisation(inhabitants=12345, inhabitants_year=2025, member_since=today(), member_until=today())
    for language in ("cs", "pl", "en"):
        with translation.override(language):
            assert csv_value(Decimal("1605167.50")) == "1605167.50"
            assert csv_value(date(2026, 1, 5)) == "2026-01-05"
            assert csv_value(datetime(2026, 1, 5, 12, 0, tzinfo=UTC)) == "2026-01-05T13:00:00+01:00"
            assert csv_value(-5) == "-5"


@pytest.mark.parametrize("text", ["=1+1", "+420 974", "-5", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1", " =1", "\u00a0=1"])
def test_text_cannot_become_a_formula(office: Client, text: str) -> None:
    new_organisation(name=text)
    assert csv_rows(office.get(f"{EXPORT}?format=csv"))[1][0] == f"'{text}"
    cell = xlsx_rows(office.get(f"{EXPORT}?format=xlsx").getvalue())[1][0]
    assert cell.replace("\r", "\n") == text.replace("\r", "\n")


def test_text_in_a_workbook_is_no_formula(office: Client) -> None:
    from openpyxl import load_workbook

    new_organisation(name="=HYPERLINK(1)")
    sheet = load_workbook(BytesIO(office.get(f"{EXPORT}?format=xlsx").getvalue())).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=HYPERLINK(1)", "s")


@given(st.text())
def test_guarded_text_never_begins_dangerously(text: str) -> None:
    assert not safe_text(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("a;=1+1;b", "a;'=1+1;b"),
        ("a\n=1+1", "a\n'=1+1"),
        ('a; "@x', "a;' \"@x"),
        ("a\t+1;-2", "a\t'+1;'-2"),
        ("1 - 2; 3 = 3", "1 - 2; 3 = 3"),
    ],
)
def test_text_cannot_become_a_formula_where_semicolons_part_cells(text: str, guarded: str) -> None:
    assert safe_text(text) == guarded


@given(st.text(alphabet="a=+-@;\t\n\r \"'"))
def test_no_part_of_a_guarded_text_begins_dangerously(text: str) -> None:
    parts = re.split(r"[;\t\r\n]", safe_text(text))
    assert [part for part in parts if part.lstrip(' "').startswith(("=", "+", "-", "@"))] == []


def test_workbook_has_types(office: Client) -> None:
    new_organisation(
        name="A",
        inhabitants=12345,
        inhabitants_year=2025,
        member_since=date(2020, 1, 1),
        member_until=date(2026, 12, 31),
        phone="+420 1",
    )
    response = office.get(f"{EXPORT}?format=xlsx")
    content = response.getvalue()
    assert xlsx_rows(content) == [
        tuple(HEAD),
        ("A", "municipality", None, 12345, datetime(2026, 12, 31, tzinfo=UTC).replace(tzinfo=None), "+420 1"),
    ]
    assert response["Content-Disposition"] == f'attachment; filename="samples-{today():%Y-%m-%d}.xlsx"'


def test_workbook_values() -> None:
    noon = datetime(2026, 7, 5, 12, 0, tzinfo=UTC)
    assert xlsx_value(noon) == (noon + timedelta(hours=2)).replace(tzinfo=None)
    assert xlsx_value(noon.replace(tzinfo=None)) == noon.replace(tzinfo=None)
    assert xlsx_value("a\x00\x0bb") == "ab"
    assert len(xlsx_value("x" * 40_000)) == 32_767


def test_name_of_a_sheet_loses_what_workbooks_refuse() -> None:
    from openpyxl import load_workbook

    columns = [Column(key="name", label="Name", kind=Kind.TEXT)]
    made = xlsx_file(columns, Organisation.objects.none(), title="A/B: [x]? and a very long title of a list")
    assert load_workbook(made).sheetnames == ["A B   x   and a very long title"]


def test_long_list_goes_out_in_parts(office: Client, count_queries: QueryCounter) -> None:
    for _number in range(3):
        new_organisation()
    csv_rows(office.get(f"{EXPORT}?format=csv"))
    with count_queries() as few:
        csv_rows(office.get(f"{EXPORT}?format=csv"))
    for _number in range(ROWS_AT_ONCE + 1):
        new_organisation()
    with count_queries() as many:
        response = office.get(f"{EXPORT}?format=csv")
        assert len(csv_rows(response)) == ROWS_AT_ONCE + 5
    assert len(few) == len(many)


def test_bad_filter_leads_back_to_the_list(office: Client) -> None:
    response = office.get(f"{EXPORT}?format=csv&until=x")
    assert (response.status_code, response["Location"]) == (302, "/en/office/samples/?until=x")


def test_list_says_where_its_files_are(office: Client) -> None:
    new_organisation()
    page = office.get("/en/office/samples/?kind=municipality").content.decode()
    assert 'href="/en/office/samples/export/?kind=municipality&amp;format=csv"' in page


def test_taking_data_away_is_noted(office: Client, caplog: pytest.LogCaptureFixture) -> None:
    new_organisation()
    with caplog.at_level("INFO", logger="security"):
        office.get(f"{EXPORT}?format=xlsx")
    lines = [record.security for record in caplog.records if record.name == "security"]
    assert [
        (line["event.action"], line["safe_county.what"], line["safe_county.rows"], line["safe_county.format"])
        for line in lines
    ] == [("export", "samples:office-samples", 1, "xlsx")]
