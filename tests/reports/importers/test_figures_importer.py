"""Values of figures through the import screen: one row a value, and statistical tables."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from region.domain.batches import undo_batch
from region.models import ImportBatch, RegionProfile, SavedMapping, User
from reports.asked import Asked
from reports.domain.figures import change_observation
from reports.models import Metric, MetricBreak, Observation, ObservationRevision, SourceDocument
from reports.queries.figures import figure_chart
from tests.factories.batches import at_once, counts, rejections, tried, written
from tests.factories.figures import new_metric, new_source
from tests.factories.places import district, town
from tests.factories.profiles import czech_county
from tests.factories.roles import with_role

pytestmark = pytest.mark.django_db
SAMPLES = os.environ.get("SAFE_COUNTY_SAMPLES", "")
needs_samples = pytest.mark.skipif(not SAMPLES, reason="SAFE_COUNTY_SAMPLES names no folder with real files")
HOME = "/en/office/imports/"
NOTHING = {"source": "", "period_from": "", "period_until": ""}


@pytest.fixture(autouse=True)
def _region(db: None) -> RegionProfile:
    """The county that the statistics are of."""
    return czech_county(name_cs="Plzeňský kraj")


@pytest.fixture
def analyst(db: None) -> User:
    """Who imports values."""
    return with_role("analyst")


@pytest.fixture
def source(db: None) -> SourceDocument:
    return new_source(key="yearbook")


@pytest.fixture
def crimes(db: None) -> Metric:
    """Not yet published, as a figure is while its values come in."""
    return new_metric(key="crimes", is_published=False)


def facts(*names: str) -> list[tuple[Any, ...]]:
    return list(Observation.objects.order_by("period_from", "town__code", "value").values_list(*names))


def test_rows_in_czech_habits_become_values(analyst: User, source: SourceDocument, crimes: Metric) -> None:
    here = town(code="554791")
    district(town=here, code="7")
    text = "ukazatel\tobec\tokrsek\tobdobí\thodnota\tstav\tk datu\tzdroj\tstrana\tcitát\n"
    text += "crimes\t\t\t2023\t7\xa0500,5\tkonečná\t\tyearbook\t12\tbylo 7 500,5\n"
    text += "crimes\t554791\t\t2024\tasi 300\tpředběžná\t\tyearbook\t\t\n"
    text += "crimes\t554791\t7\tleden 2024\ti.d.\t\t\tyearbook\t\t\n"
    batch = written(tried("values", text.encode("utf-16"), NOTHING, by=analyst, name="table.txt"))
    assert counts(batch) == [3, 0, 0, 0]
    first = Observation.objects.get(period_from=date(2023, 1, 1))
    assert (first.value, first.period_until, first.page, first.quote) == (
        Decimal("7500.5"), date(2023, 12, 31), "12", "bylo 7 500,5",
    )  # fmt: skip
    about = Observation.objects.get(town=here)
    assert (about.value, about.precision, about.status) == (Decimal(300), "approximate", "provisional")
    secret = Observation.objects.get(district__code="7")
    assert (secret.value, secret.missing, secret.town, secret.period_until) == (
        None, "confidential", None, date(2024, 1, 31),
    )  # fmt: skip


def test_rows_that_cannot_be_taken_are_told(analyst: User, source: SourceDocument, crimes: Metric) -> None:
    text = "metric;town;period;period from;value;missing;as of;status;source\n"
    text += "nothing;;2024;;1;;;;yearbook\ncrimes;9;2024;;1;;;;yearbook\ncrimes;;2024;;many;;;;yearbook\n"
    text += "crimes;;2024;;1;unknown;;;yearbook\ncrimes;;2024;;;;;;yearbook\ncrimes;;;;1;;;;yearbook\n"
    text += "crimes;;;2024-01-01;1;;;;yearbook\ncrimes;;2022;;1;;;corrected;yearbook\ncrimes;;2021;;1;;;;other\n"
    text += "crimes;;2020;;1;;;;yearbook\ncrimes;;2020;;2;;;;yearbook\ncrimes;;2019;;=A1;;;;yearbook\n"
    batch = tried("values", text, NOTHING, by=analyst)
    found = {row: (column, reason) for row, column, reason in rejections(batch)}
    assert counts(batch) == [1, 0, 0, 11]
    assert found[2] == ("metric", "No figure has this key.")
    assert found[3] == ("town", "No town has this code.")
    assert "“many” is not known here" in found[4][1]
    assert found[5] == ("value", "Give a value, or say why there is none, not both.")
    assert found[6] == ("value", "Give a value, or say why there is none.")
    assert found[7] == ("period", "Say of which period the value is, here or for the whole file.")
    assert found[8][0] == "value"  # to date, and nobody says up to when it was counted
    assert "“corrected” is not known here" in found[9][1]
    assert found[10] == ("source", "No source document has this key.")
    assert found[12] == ("value", "The same stands in rows 11, 12; keep only one.")
    assert found[13][1].startswith("This is a formula without a result.")


def test_second_source_stands_beside_the_first_and_undo_takes_all_back(
    analyst: User, source: SourceDocument, crimes: Metric
) -> None:
    new_source(key="answer")
    first = written(tried("values", "metric;period;value;source\ncrimes;2024;8480;yearbook\n", NOTHING, by=analyst))
    text = "metric;period;value;source\ncrimes;2024;8489;answer\ncrimes;2024;8481;yearbook\ncrimes;2023;1;answer\n"
    second = written(tried("values", text, NOTHING, by=analyst))
    assert counts(second) == [2, 1, 0, 0]
    assert counts(tried("values", text, NOTHING, by=analyst)) == [0, 0, 3, 0]
    undo_batch(batch=second, by=analyst, later=at_once)
    assert facts("value", "source__key") == [(Decimal(8480), "yearbook")]
    assert "remove" in ObservationRevision.objects.values_list("act", flat=True)
    change_observation(observation=Observation.objects.get(), by=analyst, value=Decimal(9))
    refused = undo_batch(batch=first, by=analyst, later=at_once)
    assert (refused.status, Observation.objects.count()) == ("applied", 1)
    assert refused.report["conflicts"] != []


def test_published_value_is_not_changed_by_a_file(analyst: User, source: SourceDocument, crimes: Metric) -> None:
    text = "metric;period;value;source\ncrimes;2024;8480;yearbook\n"
    written(tried("values", text, NOTHING, by=analyst))
    Metric.objects.update(is_published=True)
    batch = tried("values", text.replace("8480", "8481"), NOTHING, by=analyst)
    assert counts(batch) == [0, 0, 0, 1]
    assert rejections(batch)[0][2] == "This value is published. Say why it is wrong, and it will be corrected."
    assert counts(tried("values", text, NOTHING, by=analyst)) == [0, 0, 1, 0]


@pytest.mark.parametrize("is_published", [True, False])
def test_whoever_adds_to_a_published_figure_is_told_before(
    *, is_published: bool, analyst: User, source: SourceDocument, crimes: Metric
) -> None:
    Metric.objects.update(is_published=is_published, name_en="Crimes")
    batch = tried("values", "metric;period;value;source\ncrimes;2024;8480;yearbook\n", NOTHING, by=analyst)
    told = [note for note in batch.report["notes"] if note.startswith("Readers see values of “Crimes” at once")]
    assert len(told) == is_published
    undone = undo_batch(batch=written(batch), by=analyst, later=at_once)
    assert (undone.status == "applied") is is_published


def order(source: SourceDocument, *lines: tuple[str, str, str], **more: str) -> dict[str, str]:
    told = {"source": str(source.pk), "town": "", "period_from": "", "period_until": ""}
    told |= {"status": "final", "precision": "exact", **more}
    for number, line in enumerate(lines):
        told |= {f"{part}-{number}": value for part, value in zip(("metric", "row", "measure"), line, strict=True)}
    return told


def test_each_row_is_an_area_and_each_column_a_year(analyst: User, source: SourceDocument, crimes: Metric) -> None:
    stod, plasy = town(code="1", name="Stod"), town(code="2", name="Plasy")
    text = "Obec;2014;2015\nPlzeňský kraj;60;71\nStod;10;11\nPlasy;20;-\nOther place;30;40\nCelkem;60;71\n"
    told = order(source, ("crimes", "*areas", "*years"))
    batch = written(tried("crosstab", text, told, by=analyst))
    assert (batch.error, counts(batch)) == ("", [6, 0, 0, 0])
    assert "Rows that name no town of ours, passed over: 1." in batch.report["notes"]
    assert "Sums of other rows, left out: 1." in batch.report["notes"]
    found = {(row[0], row[1].year): row[2:] for row in facts("town", "period_from", "value", "missing", "page")}
    assert found == {
        (None, 2014): (Decimal(60), "", "B2"),
        (None, 2015): (Decimal(71), "", "C2"),
        (stod.pk, 2014): (Decimal(10), "", "B3"),
        (stod.pk, 2015): (Decimal(11), "", "C3"),
        (plasy.pk, 2014): (Decimal(20), "", "B4"),
        (plasy.pk, 2015): (None, "did_not_occur", "C4"),
    }


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def upload(client: Client, content: bytes, name: str) -> ImportBatch:
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"{HOME}new/", {"importer": "crosstab", "file": file, "form_key": str(uuid4())})
    assert answer.status_code == 302, text_of(answer)
    return ImportBatch.objects.order_by("-created_at")[0]


def test_statistical_table_is_kept_and_next_year_read_the_same(
    client: Client, analyst: User, source: SourceDocument, crimes: Metric
) -> None:
    client.force_login(analyst)
    rows = "Crime, period 1.1. - 31.12.{}\n\nCode;What;Found;\n;;all;solved\n101;Murder;{};1\n102;Robbery;{};2\n"
    rows += "{};All crime celkem;{};3\n"
    batch = upload(client, rows.format(2015, 5, 7, "101-102", 12).encode(), "t.csv")
    address = f"{HOME}{batch.pk}/columns/"
    page = text_of(client.get(address))
    assert "Found all" in page
    assert 'value="1. 1. 2015"' in page
    told = order(source, ("crimes", "101 102|all crime celkem", "found all"), period_from="1.1.2015")
    data = {"encoding": "utf-8", "separator": ";", "header_row": "4", "header_depth": "2", "do": "check"}
    data |= {"column-0": "code", "column-1": "label", "column-2": "", "column-3": "", **told}
    answer = client.post(address, data)
    assert (answer.status_code, "Give both days of the period." in text_of(answer)) == (422, True)
    answer = client.post(address, {**data, "period_until": "31.12.2015", "keep_as": "Crime by code"}, follow=True)
    assert "What would change" in text_of(answer)
    client.post(f"{HOME}{batch.pk}/confirm/")
    assert set(SavedMapping.objects.get().values) >= {"metric-0", "row-0", "measure-0"}
    # Next year's file: another code and other places, the same words.
    batch = upload(client, rows.format(2016, 6, 8, "100-199", 14).encode(), "u.csv")
    address = f"{HOME}{batch.pk}/columns/"
    page = text_of(client.get(address))
    assert "Read as “Crime by code”" in page
    assert '<option value="100 199|all crime celkem" selected>' in page
    assert 'value="1. 1. 2016"' in page
    told = order(source, ("crimes", "100 199|all crime celkem", "found all"))
    data |= {**told, "period_from": "1.1.2016", "period_until": "31.12.2016"}
    client.post(address, data, follow=True)
    client.post(f"{HOME}{batch.pk}/confirm/")
    assert facts("value", "page") == [(Decimal(12), "C7"), (Decimal(14), "C7")]


def test_row_that_next_years_file_lacks_is_named(client: Client, analyst: User, source: SourceDocument) -> None:
    new_metric(key="crimes")
    SavedMapping.objects.create(
        importer="crosstab",
        name="Kept",
        headings=["what", "x", "y"],
        reading={"columns": {"label": ["what", "What"]}},
        values={"metric-0": "crimes", "row-0": "7|arson", "measure-0": "x"},
        created_by=analyst,
    )
    client.force_login(analyst)
    batch = upload(client, b"What;x;y\nMurder;1;2\nRobbery;3;4\n", "t.csv")
    page = text_of(client.get(f"{HOME}{batch.pk}/columns/"))
    assert "Kept for such files, and not found in this one" in page
    assert "<p>7 arson</p>" in page


@needs_samples
def test_police_statistics_of_two_years_and_the_break_between(client: Client, analyst: User, crimes: Metric) -> None:
    crimes.is_published = True
    crimes.save()
    MetricBreak.objects.create(metric=crimes, year=2016, words_en="Counted in another way from 2016 on.")
    folder = Path(SAMPLES) / "interventions"
    police = new_source(key="police")
    reads = (
        ("pcr_kriminalita_2015.xls", "a_I03____", ("101 903|celkova kriminalita", "zjisteno"), 2015),
        ("pcr_kriminalita_2016.xlsx", "Plzeňský", ("100 999|celkova kriminalita", "registrovano pocet"), 2016),
    )
    for name, sheet, place, year in reads:
        told = order(police, ("crimes", *place), period_from=f"1.1.{year}", period_until=f"31.12.{year}")
        reading = {"sheet": sheet}
        batch = tried("crosstab", (folder / name).read_bytes(), told, by=analyst, name=name, reading=reading)
        assert (batch.error, counts(batch)) == ("", [1, 0, 0, 0])
        written(batch)
    assert facts("period_from", "value") == [(date(2015, 1, 1), Decimal(10512)), (date(2016, 1, 1), Decimal(9679))]
    assert "CELKOVÁ KRIMINALITA" in Observation.objects.get(value=9679).quote
    assert Observation.objects.get(value=9679).page == "Plzeňský, C221"
    chart = figure_chart("crimes", Asked())
    assert chart is not None
    assert [(chart.categories[one.at], one.text) for one in chart.breaks] == [
        ("2016", "Counted in another way from 2016 on.")
    ]


@needs_samples
def test_census_of_districts_gives_the_county_and_nothing_else(analyst: User, crimes: Metric) -> None:
    census = new_source(key="census")
    told = order(census, ("crimes", "*areas", "obyvatelstvo celkem"), period_from="26.3.2011", period_until="26.3.2011")
    content = (Path(SAMPLES) / "messy" / "csu_sldb2011_zvcr034.xls").read_bytes()
    batch = written(tried("crosstab", content, told, by=analyst, name="census.xls"))
    assert facts("town", "value", "page") == [(None, Decimal(570401), "Data, C30")]
    assert counts(batch) == [1, 0, 0, 0]


def test_months_in_rows_and_years_in_columns(analyst: User, source: SourceDocument, crimes: Metric) -> None:
    text = "Měsíc;2022;2023*\nleden;10;12 p\núnor;–;30*\nCelkem;10;42\n"
    batch = written(tried("crosstab", text, order(source, ("crimes", "*periods", "*years")), by=analyst))
    assert facts("period_from", "period_until", "value", "missing") == [
        (date(2022, 1, 1), date(2022, 1, 31), Decimal(10), ""),
        (date(2022, 2, 1), date(2022, 2, 28), None, "did_not_occur"),
        (date(2023, 2, 1), date(2023, 2, 28), Decimal(30), ""),
    ]
    assert rejections(batch) == [(2, "2023*", "This is not a number.")]
    assert "Rows and columns that say no period, passed over: Celkem." in batch.report["notes"]


def test_thousands_with_a_point_are_not_taken_for_decimals(
    analyst: User, source: SourceDocument, crimes: Metric
) -> None:
    text = "Rok;Počet;Podíl\n2021;1.200;0.125\n2022;12.400;1.250\n"
    told = order(source, ("crimes", "*periods", "pocet"))
    batch = tried("crosstab", text, told, by=analyst)
    assert {reason[:23] for _row, _column, reason in rejections(batch)} == {"The number is ambiguous"}
    told = order(source, ("crimes", "*periods", "podil"))
    assert counts(tried("crosstab", text, told, by=analyst)) == [2, 0, 0, 0]
