from __future__ import annotations

import pytest

from region.messages import Problem
from region.tables.headers import Column, check_headers, find_header_row, match_headers

COLUMNS = (
    Column("code", ("kód obce", "csu code"), required=True),
    Column("name", ("název", "nazwa"), required=True),
    Column("inhabitants", ("obyv", "population"), dated=True),
)


def test_match_headers_whatever_case_accents_and_marks() -> None:
    headers = match_headers(["KOD_OBCE", "Název\n", "", "obyv_2020"], COLUMNS)
    assert dict(headers.places) == {"code": 0, "name": 1, "inhabitants": 3}
    assert dict(headers.written) == {"code": "KOD_OBCE", "name": "Název", "inhabitants": "obyv_2020"}
    assert dict(headers.years) == {"inhabitants": 2020}
    assert headers.unknown == ()


def test_match_headers_with_a_whole_date() -> None:
    assert dict(match_headers(["population_2019_12_31"], COLUMNS).years) == {"inhabitants": 2019}


def test_match_headers_with_a_year_where_none_belongs() -> None:
    assert match_headers(["nazwa 2020"], COLUMNS).unknown == ("nazwa 2020",)


def test_match_headers_passes_over_what_is_ignored() -> None:
    headers = match_headers(["code", "nazwa", "stav"], COLUMNS, ignored={"stav", "nazwa"})
    assert (dict(headers.places), headers.unknown) == ({"code": 0}, ())


def test_find_header_row_below_titles() -> None:
    rows = [["Seznam obcí k 1. 1."], ["", "název"], ["kód obce", "název", "obyv"], ["1", "název", "2"]]
    assert find_header_row(rows, COLUMNS) == 2


def test_find_header_row_that_is_not_there() -> None:
    assert find_header_row([["a", "b"], ["c"]], COLUMNS) == -1


def test_check_headers_missing_names_what_was_found() -> None:
    with pytest.raises(Problem) as caught:
        check_headers(match_headers(["nazwa", "x"], COLUMNS), COLUMNS, allow_unknown=True)
    assert str(caught.value) == "Missing columns: code (kód obce, csu code). The file has: nazwa, x."


def test_check_headers_missing_column_without_other_names() -> None:
    with pytest.raises(Problem, match=r"Missing columns: lat\. The file has: –\."):
        check_headers(match_headers([], ()), (Column("lat", required=True),), allow_unknown=True)


def test_check_headers_doubled() -> None:
    headers = match_headers(["code", "nazwa", "Název"], COLUMNS)
    with pytest.raises(Problem, match=r"twice: Název\."):
        check_headers(headers, COLUMNS, allow_unknown=True)


def test_check_headers_unknown() -> None:
    headers = match_headers(["code", "nazwa", "barva"], COLUMNS)
    with pytest.raises(Problem, match=r"Unknown columns: barva\. Known are: code, name, inhabitants\."):
        check_headers(headers, COLUMNS, allow_unknown=False)
    check_headers(headers, COLUMNS, allow_unknown=True)
