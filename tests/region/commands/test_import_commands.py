from __future__ import annotations

import csv
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from region.domain.content import register
from region.management import progress
from region.management.importing import pairs
from region.management.progress import Bar
from region.models import Address, OfficerAssignment, RegionProfile, SecurityDistrict, Town
from tests.factories.places import square, town

pytestmark = pytest.mark.django_db


def run(command: str, path: Path, *options: str) -> list[str]:
    out = StringIO()
    call_command(command, str(path), *options, stdout=out)
    return out.getvalue().splitlines()


def written(tmp_path: Path, text: str, name: str = "table.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def geojson(tmp_path: Path, *rows: tuple[dict[str, Any], dict[str, Any]]) -> Path:
    features = [{"type": "Feature", "properties": names, "geometry": area} for names, area in rows]
    return written(tmp_path, json.dumps({"type": "FeatureCollection", "features": features}), "file.geojson")


@pytest.fixture(autouse=True)
def _region(county: RegionProfile) -> None:
    """Every test has a county."""


def test_import_towns_is_a_dry_run_until_applied(tmp_path: Path) -> None:
    path = written(tmp_path, "kód;název;obyv 2020\n1;Stod;3 578\n")
    assert run("import_towns", path, "--source", "ČSÚ", "--kind", "town") == [
        "Read as CSV, UTF-8, semicolon; the header is in row 1.",
        (
            "+ 1 Stod: code: 1; name: Stod; kind: town; status: preparation; member_since_precision: day; "
            "inhabitants: 3578; inhabitants_year: 2020; inhabitants_source: ČSÚ"
        ),
        "Added 1, changed 0, unchanged 0, rejected 0.",
        "This was a dry run: nothing was written. Write with --apply.",
    ]
    assert not Town.objects.exists()
    assert run("import_towns", path, "--source", "ČSÚ", "--kind", "town", "--apply")[-1] == "Written."
    assert [(row.code, row.kind) for row in Town.objects.all()] == [("1", "town")]


def test_import_towns_prints_changes(tmp_path: Path) -> None:
    town(code="1", name="Stod", phone="1", email="")
    lines = run("import_towns", written(tmp_path, "kód;telefon;e-mail\n1;;a@example.org\n"))
    assert lines[1] == "~ 1 Stod: phone: 1 → –; email: a@example.org"


def test_import_towns_bad_file_changes_nothing_and_fails(tmp_path: Path) -> None:
    path = written(tmp_path, "kód;název\n1;Stod\n2;\n")
    out = StringIO()
    with pytest.raises(CommandError, match="Nothing was written, because rows were rejected") as caught:
        call_command("import_towns", str(path), "--apply", stdout=out)
    assert (caught.value.returncode, Town.objects.count()) == (1, 0)
    assert "! row 3, column název: This field cannot be blank.\n" in out.getvalue()
    assert run("import_towns", path, "--apply", "--skip-rejected")[-1] == "Written."
    assert Town.objects.count() == 1


def test_import_towns_dry_run_with_rejected_rows_fails_too(tmp_path: Path) -> None:
    path = written(tmp_path, "kód;název\n1;Stod\n2;\n")
    with pytest.raises(CommandError, match="This was a dry run") as caught:
        run("import_towns", path)
    assert (caught.value.returncode, run("import_towns", path, "--skip-rejected")[-1], Town.objects.count()) == (
        1,
        "This was a dry run: nothing was written. Write with --apply.",
        0,
    )


def test_import_towns_names_the_separator_in_the_readers_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("region.wording.gettext", lambda text: {"semicolon": "středník"}.get(text, text))
    lines = run("import_towns", written(tmp_path, "kód;název\n1;Stod\n"))
    assert lines[0] == "Read as CSV, UTF-8, středník; the header is in row 1."


def test_import_towns_lists_a_hundred_unless_all_are_asked_for(tmp_path: Path) -> None:
    path = written(tmp_path, "kód;název\n" + "".join(f"{number};Obec\n" for number in range(101)))
    lines = run("import_towns", path)
    assert (len(lines), lines[-3]) == (104, "+ … and more: 1")
    assert len(run("import_towns", path, "--all")) == 104


def test_import_towns_unknown_columns(tmp_path: Path) -> None:
    path = written(tmp_path, "kód;název;barva\n1;Stod;x\n")
    with pytest.raises(CommandError, match=r"Unknown columns: barva\."):
        run("import_towns", path)
    assert run("import_towns", path, "--ignore", "Barva")[-2] == "Added 1, changed 0, unchanged 0, rejected 0."
    assert run("import_towns", path, "--ignore-unknown")[1] == "Passed over: barva."


def test_import_people_with_options(tmp_path: Path) -> None:
    town(code="1")
    path = written(tmp_path, "kód;jméno;funkce;obec\nP1;Jan Malý;hasič;1\n")
    assert run("import_people", path, "--since", "2024-01-01", "--apply")[-1] == "Written."
    other = written(tmp_path, "kód;jméno;funkce;obec\nP2;Eva Malá;hasič;1\n", "other.csv")
    run("import_people", other, "--since", "2024-01-01", "--end-missing", "2024-12-31", "--apply")
    rows = OfficerAssignment.objects.order_by("officer__code").values_list("officer__code", "until")
    assert [(code, str(until)) for code, until in rows] == [("P1", "2024-12-31"), ("P2", "None")]


def test_import_addresses_writes_rejections_into_a_file(tmp_path: Path) -> None:
    path = written(tmp_path, "obec,číslo,lat,lon\nStod,1,49.6,13.1\n=Stod,-2,x,13.1\n")
    rejected = tmp_path / "rejected.csv"
    lines = run("import_addresses", path, "--apply", "--skip-rejected", "--rejected", str(rejected))
    assert lines[-1] == "Written."
    assert Address.objects.count() == 1
    with rejected.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file, delimiter=";")) == [
            ["row", "column", "value", "reason"],
            ["3", "lat", "x", "This is not a number."],
        ]


def test_import_addresses_keeps_formulas_out_of_the_file_of_rejections(tmp_path: Path) -> None:
    path = written(tmp_path, "obec,číslo,lat,lon\nStod,1,=1+1,13.1\nStod,1,49.6,13.1\n")
    rejected = tmp_path / "rejected.csv"
    run("import_addresses", path, "--skip-rejected", "--rejected", str(rejected))
    assert rejected.read_text(encoding="utf-8-sig").splitlines()[1].startswith("2;lat;'=1+1;")


def test_import_boundaries_of_towns_with_aliases(tmp_path: Path) -> None:
    for code, name in (("XII", "Bieżanów-Prokocim"), ("XVII", "Wzgórza Krzesławickie")):
        town(code=code, name=name, lon=None, lat=None)
    names = ("Dzielnica XII Biezanow-Prokocim", "Dzielnica XVII Wzgórza Krzeszławickie")
    path = geojson(tmp_path, *(({"name": name}, square(13.0 + place, 49.5)) for place, name in enumerate(names)))
    aliases = tmp_path / "aliases.csv"
    options = ("--as", "towns", "--match", "name", "--skip-rejected")
    lines = run("import_boundaries", path, *options, "--suggest-aliases", str(aliases))
    assert lines[0] == f"Aliases proposed in {aliases}: 2. Check each, then use --alias-file."
    assert lines[-2] == "Added 0, changed 0, unchanged 0, rejected 2."
    options = ("--as", "towns", "--match", "name", "--apply")
    assert run("import_boundaries", path, *options, "--alias-file", str(aliases))[-1] == "Written."
    again = run(
        "import_boundaries", path, *options, "--alias", "Biezanow-Prokocim=XII", "--alias", f"{names[1]} = XVII"
    )
    assert again[-2:] == ["Added 0, changed 0, unchanged 2, rejected 0.", "Written."]
    assert {row.boundary_source for row in Town.objects.all()} == {"file.geojson"}


def test_import_boundaries_of_districts_with_every_option(tmp_path: Path) -> None:
    town(code="554791", name="Plzeň", lon=13.4, lat=49.7)
    path = geojson(
        tmp_path,
        ({"nazev": "Plzeň 1", "kraj": "CZ032"}, square(49.7, 13.3)),
        ({"nazev": "Praha 1", "kraj": "CZ010"}, square(50.0, 14.4)),
    )
    options = ("--as", "districts", "--town", "554791", "--match", "nazev", "--pattern", r"Plzeň (\d+)")
    more = ("--where", "kraj=CZ032", "--crs", "4326", "--axes", "yx", "--source", "SITMP", "--schematic", "--apply")
    assert run("import_boundaries", path, *options, *more) == [
        "Features passed over by --where: 1.",
        "Latitude stands before longitude; the two were swapped.",
        "“Plzeň 1” was taken as 1.",
        "+ 1 Plzeň 1: boundary: 80.16 km², 5 corners; source: SITMP",
        "Added 1, changed 0, unchanged 0, rejected 0.",
        "Written.",
    ]
    found = SecurityDistrict.objects.get()
    assert (found.code, found.boundary_source, found.boundary_is_schematic) == ("1", "SITMP", True)


def test_import_boundaries_again_keeps_the_credited_source(tmp_path: Path) -> None:
    town(code="1", lon=None, lat=None)
    path = geojson(tmp_path, ({"kod": "1"}, square(13, 49)))
    run("import_boundaries", path, "--as", "towns", "--source", "ČÚZK 2026", "--schematic", "--apply")
    lines = run("import_boundaries", path, "--as", "towns", "--apply")
    assert lines[-2] == "Added 0, changed 0, unchanged 1, rejected 0."
    assert [(row.boundary_source, row.boundary_is_schematic) for row in Town.objects.all()] == [("ČÚZK 2026", True)]


def test_import_boundaries_in_an_unknown_encoding(tmp_path: Path) -> None:
    path = geojson(tmp_path, ({"id": 1}, square(13, 49)))
    with pytest.raises(CommandError, match=r"cannot be read in the encoding foo\."):
        run("import_boundaries", path, "--as", "towns", "--encoding", "foo")


def test_import_commands_say_which_file_cannot_be_written(tmp_path: Path) -> None:
    town(code="1", name="Stod")
    outlines = geojson(tmp_path, ({"name": "Stot"}, square(13, 49)))
    nowhere = str(tmp_path / "none" / "out.csv")
    with pytest.raises(CommandError, match=r"A file cannot be read or written: .*out\.csv"):
        run("import_boundaries", outlines, "--as", "towns", "--match", "name", "--suggest-aliases", nowhere)
    addresses = written(tmp_path, "obec,číslo,lat,lon\nStod,1,49.6,13.1\n")
    with pytest.raises(CommandError, match=r"A file cannot be read or written: .*out\.csv"):
        run("import_addresses", addresses, "--rejected", nowhere)


def test_import_boundaries_of_an_unknown_town(tmp_path: Path) -> None:
    path = geojson(tmp_path, ({"id": 1}, square(13, 49)))
    with pytest.raises(CommandError, match=r"No town has the code 5\."):
        run("import_boundaries", path, "--as", "districts", "--town", "5")


def test_import_boundaries_of_the_region(tmp_path: Path) -> None:
    path = geojson(tmp_path, ({}, square(13, 49)))
    assert run("import_boundaries", path, "--as", "region", "--apply")[-1] == "Written."
    assert RegionProfile.objects.get().boundary == square(13, 49)


def test_import_commands_say_what_is_wrong_with_a_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="There is no file"):
        run("import_towns", tmp_path / "none.csv")


def test_import_commands_tell_that_content_changed(
    tmp_path: Path, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr("region.domain.content._register", [])
    register(lambda: told.append("changed"))
    path = written(tmp_path, "kód;název\n1;Stod\n")
    with django_capture_on_commit_callbacks(execute=True):
        run("import_towns", path)
    assert told == []
    with django_capture_on_commit_callbacks(execute=True):
        run("import_towns", path, "--apply")
    assert told == ["changed"]


@pytest.mark.parametrize("text", ["abc", "=1", "a="])
def test_pairs_written_wrongly(text: str) -> None:
    with pytest.raises(CommandError, match=r"--alias is written as NAME=VALUE"):
        pairs([text], "--alias")


def test_pairs_keep_equals_signs_in_names() -> None:
    assert pairs(["a = b = c"], "--where") == {"a = b": "c"}


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    stream = Terminal()
    bar = Bar(stream)
    bar(1, 4)
    bar(1, 4)
    bar(4, 4)
    bar(0, 0)
    bar.close()
    bar.close()
    first, full = f"\r[{'#' * 10}{'.' * 30}]  25%", f"\r[{'#' * 40}] 100%"
    assert stream.getvalue() == f"{first}{full}\n"


def test_bar_elsewhere_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "_PATIENCE", -1.0)
    stream = StringIO()
    bar = Bar(stream)
    for done in (0, 5, 10, 1):
        bar(done, 10)
    bar.close()
    assert stream.getvalue() == "50%\n100%\n10%\n"


def test_bar_of_short_work_shows_nothing() -> None:
    stream = StringIO()
    Bar(stream)(1, 2)
    assert stream.getvalue() == ""
