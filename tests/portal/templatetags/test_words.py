"""Numbers, dates, hours and units as people write them in each language."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.template import engines
from django.utils import timezone, translation

from portal.templatetags import words

DAY = date(2026, 1, 30)


def shown(text: str) -> str:
    """No-break spaces made visible."""
    return text.replace("\u00a0", "~")


@pytest.mark.parametrize(
    ("code", "value", "decimals", "expected"),
    [
        ("cs", 1480250, 0, "1~480~250"),
        ("pl", 7208, 0, "7~208"),
        ("en", 1480250, 0, "1,480,250"),
        ("cs", "1605167.445", 2, "1~605~167,45"),
        ("en", Decimal("0.25"), 1, "0.3"),
        ("cs", -5, 0, "\u22125"),
        ("cs", None, 0, ""),
        ("cs", "", 0, ""),
        ("de", 1234, 0, "1,234"),
    ],
)
def test_number_by_language(code: str, value: object, decimals: int, expected: str) -> None:
    with translation.override(code):
        assert shown(words.number(value, decimals)) == expected


@pytest.mark.parametrize(("code", "expected"), [("cs", "54,1~%"), ("pl", "54,1%"), ("en", "54.1%")])
def test_percent_by_language(code: str, expected: str) -> None:
    with translation.override(code):
        assert shown(words.percent(54.05, 1)) == expected
        assert words.percent(None) == ""


@pytest.mark.parametrize(
    ("code", "value", "currency", "expected"),
    [
        ("cs", Decimal("800000.00"), "CZK", "800~000~Kč"),
        ("cs", "1605167.44", "CZK", "1~605~167,44~Kč"),
        ("pl", 920, "PLN", "920~zł"),
        ("en", 920, "PLN", "PLN~920"),
        ("pl", 5, "EUR", "5~€"),
        ("cs", 5, "USD", "5~USD"),
        ("cs", None, "CZK", ""),
    ],
)
def test_money_by_language(code: str, value: object, currency: str, expected: str) -> None:
    with translation.override(code):
        assert shown(words.money_filter(value, currency)) == expected


def test_money_tag_counts_in_the_region_currency() -> None:
    with translation.override("pl"):
        assert shown(words.money_tag({"region": SimpleNamespace(currency="PLN")}, 1200)) == "1~200~zł"


@pytest.mark.parametrize(
    ("code", "expected"), [("cs", "30.~ledna~2026"), ("pl", "30~stycznia~2026"), ("en", "30~January~2026")]
)
def test_day_by_language(code: str, expected: str) -> None:
    with translation.override(code):
        assert shown(words.day(DAY)) == expected
        assert words.day(None) == ""


def test_day_of_a_moment_is_the_local_one() -> None:
    with timezone.override("Europe/Prague"):
        assert shown(words.day(datetime(2026, 1, 30, 23, 30, tzinfo=UTC))) == "31~January~2026"
        assert words.hour(datetime(2026, 1, 30, 23, 30, tzinfo=UTC)) == "0:30"


@pytest.mark.parametrize(
    ("code", "precision", "alone", "after"),
    [
        ("cs", "month", "leden~2026", "ledna~2026"),
        ("pl", "month", "styczeń~2026", "stycznia~2026"),
        ("en", "month", "January~2026", "January~2026"),
        ("cs", "year", "2026", "2026"),
        ("cs", "day", "30.~ledna~2026", "30.~ledna~2026"),
    ],
)
def test_dated_is_as_precise_as_the_date(code: str, precision: str, alone: str, after: str) -> None:
    with translation.override(code):
        assert shown(words.dated(DAY, precision)).lower() == alone.lower()
        assert shown(words.dated_from(DAY, precision)) == after


def test_dated_of_nothing_is_empty() -> None:
    assert (words.dated(None), words.dated_from(None, "month"), words.weekday(None), words.month_short(None)) == (
        "",
    ) * 4


@pytest.mark.parametrize(
    ("code", "last", "expected"),
    [
        ("cs", None, "30.~ledna~2026"),
        ("cs", date(2026, 1, 31), "30.\u201331.~ledna~2026"),
        ("pl", date(2026, 1, 31), "30\u201331~stycznia~2026"),
        ("en", date(2026, 2, 2), "30~January \u2013 2~February~2026"),
        ("cs", date(2027, 1, 1), "30.~ledna~2026 \u2013 1.~ledna~2027"),
    ],
)
def test_day_range_does_not_repeat_itself(code: str, last: date | None, expected: str) -> None:
    with translation.override(code):
        assert shown(words.day_range(DAY, last)) == expected


@pytest.mark.parametrize(
    ("code", "expected"), [("cs", ("pátek", "8.05")), ("pl", ("piątek", "8.05")), ("en", ("Friday", "8:05"))]
)
def test_weekday_and_hour_by_language(code: str, expected: tuple[str, str]) -> None:
    with translation.override(code):
        assert (words.weekday(DAY), words.hour(time(8, 5))) == expected
        assert words.hour(None) == ""


def test_month_short_is_small() -> None:
    assert words.month_short(DAY) == "jan"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kamery u nádraží a u školy", "Kamery u~nádraží a~u~školy"),
        ("V roce 2012 šlo 20 500 000 Kč", "V~roce 2012 šlo 20~500~000~Kč"),
        ("asi 30 % lidí", "asi 30~% lidí"),
        ("Nemá co spojit", "Nemá co spojit"),
    ],
)
def test_nbsp_joins_what_belongs_together(text: str, expected: str) -> None:
    assert shown(words.nbsp(text)) == expected


def test_nbsp_leaves_escaping_to_the_template() -> None:
    template = engines["django"].from_string("{{ text|nbsp }}")
    assert shown(template.render({"text": "k <b>"})) == "k~&lt;b&gt;"


@pytest.mark.parametrize(
    ("size", "expected"), [(None, ""), (12, "1~kB"), (240_000, "240~kB"), (999_600, "1.0~MB"), (1_120_000, "1.1~MB")]
)
def test_file_size_in_words(size: int | None, expected: str) -> None:
    assert shown(words.file_size(size)) == expected


@pytest.mark.parametrize(
    ("number", "expected", "link"),
    [
        ("974 000 001", "974~000~001", "tel:974000001"),
        ("+420974000001", "+420~974~000~001", "tel:+420974000001"),
        ("+48 126 000 111", "+48~126~000~111", "tel:+48126000111"),
        ("112", "112", "tel:112"),
        ("", "", "tel:"),
    ],
)
def test_phone_is_grouped_and_dialled(number: str, expected: str, link: str) -> None:
    assert (shown(words.phone(number)), words.tel(number)) == (expected, link)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([[0, "15:00", "17:00"], [2, "15:00", "17:00"]], "Monday and Wednesday~15:00\u201317:00"),
        ([[index, "08:00", "15:00"] for index in range(5)], "working days~8:00\u201315:00"),
        ([[index, "07:00", "19:00"] for index in range(7)], "daily~7:00\u201319:00"),
        ([[index, "07:00", "19:00"] for index in (1, 2, 3)], "Tuesday\u2013Thursday~7:00\u201319:00"),
        ([[index, "07:00", "19:00"] for index in (0, 2, 4)], "Monday, Wednesday and Friday~7:00\u201319:00"),
        ([[4, "09:00", "11:00"], [1, "08:30", "11:00"]], "Tuesday~8:30\u201311:00, Friday~9:00\u201311:00"),
        ([[1, "13:00", "17:00"], [1, "08:00", "11:00"]], "Tuesday~8:00\u201311:00 and 13:00\u201317:00"),
        ("by appointment", "by appointment"),
        (None, ""),
    ],
)
def test_office_hours_are_grouped(rows: object, expected: str) -> None:
    assert shown(words.office_hours(rows)) == expected


@pytest.mark.parametrize(
    ("code", "rows", "expected"),
    [
        ("cs", [[1, "09:00", "11:00"]], "úterý~9\u201311"),
        ("pl", [[1, "09:00", "11:30"]], "wtorek~9.00\u201311.30"),
    ],
)
def test_office_hours_are_short_in_czech_and_polish(code: str, rows: object, expected: str) -> None:
    with translation.override(code):
        assert shown(words.office_hours(rows)) == expected


@pytest.mark.parametrize(
    ("kind", "what", "count", "expected"),
    [
        ("county", "member", 1, "1~town"),
        ("county", "member", 27, "27~towns"),
        ("city", "member", 18, "18~city districts"),
        ("county", "district", 5, "5~security districts"),
    ],
)
def test_units_follow_the_kind_of_region(kind: str, what: str, count: int, expected: str) -> None:
    assert shown(words.units({"region": SimpleNamespace(kind=kind)}, count, what=what)) == expected


@pytest.mark.parametrize(
    ("kind", "what", "title", "name"),
    [
        ("county", "member", "Towns and municipalities", "town"),
        ("city", "member", "City districts", "city district"),
        ("city", "district", "Security districts", "security district"),
    ],
)
def test_units_title_and_name_follow_the_kind_of_region(kind: str, what: str, title: str, name: str) -> None:
    context = {"region": SimpleNamespace(kind=kind)}
    assert (words.units_title(context, what=what), words.unit_name(context, what=what)) == (title, name)


@pytest.mark.parametrize(
    ("written", "shown_as"),
    [
        ("o 13–18 % více", "o 13–\u206018 % více"),
        ("3.–15. prosince", "3.–\u206015. prosince"),
        ("8 480–8 489", "8 480–\u20608 489"),
        ("Plzeň – Bory, 3–", "Plzeň – Bory, 3–"),
    ],
)
def test_ranges_of_numbers_stay_on_one_line(written: str, shown_as: str) -> None:
    assert words.ranges(written) == shown_as
