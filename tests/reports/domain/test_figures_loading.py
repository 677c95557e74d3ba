"""Loading figures from a file: twice is once, a trial writes nothing, mistakes name their entry."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from portal.demo.reading import CONTENT
from reports.asked import Asked
from reports.domain.figures_loading import FiguresError, load_figures
from reports.models import Correction, Metric, MetricBreak, Observation, ObservationRevision, Resolution
from reports.queries.figures import figure_page
from tests.factories.places import district, town

if TYPE_CHECKING:
    from pathlib import Path

    from region.models import RegionProfile

pytestmark = pytest.mark.django_db


def krakow() -> dict[str, Any]:
    """Facts of Kraków as the demo has them."""
    return tomllib.loads((CONTENT / "krakow" / "metrics.toml").read_text(encoding="utf-8"), parse_float=Decimal)


def facts(**observation: Any) -> dict[str, Any]:
    """One metric, one document, one value."""
    known = {"metric": "cameras", "source": "report", "year": 2024, "value": 5}
    return {
        "metric": [
            {
                "key": "cameras",
                "topic": "cameras",
                "counting_unit": "camera",
                "is_published": True,
                "name": {"cs": "Kamery", "en": "Cameras"},
                "definition": {"en": "Cameras of the city."},
                "unit": {"en": "cameras"},
                "breaks": [{"year": 2020, "words": {"en": "New rules"}}],
            }
        ],
        "source": [{"key": "report", "issuer": "Office", "title": {"en": "Report"}}],
        "observation": [{**known, **observation}],
    }


def test_real_facts_of_krakow(city: RegionProfile) -> None:
    loaded = load_figures(facts=krakow(), by=None)
    assert loaded.counts["observation", "added"] == Observation.objects.count() == 15
    assert loaded.counts["metric", "added"] == Metric.objects.count() == 12
    interventions = figure_page("interventions-by-camera", Asked())
    assert interventions is not None
    assert interventions.title == "Interventions prompted by cameras: 13–18% more in 2024 than in 2023"
    per_point = figure_page("cost-per-camera-point", Asked())
    assert per_point is not None
    assert per_point.title == "Price of one camera point: 23,605.40\u00a0zł per point (since May\u00a02024)"
    # One document says "from all districts", the other "from each district": two definitions, two figures.
    samples = [figure_page(f"safety-survey-sample{part}", Asked()) for part in ("", "-of-a-district")]
    assert [one.title for one in samples if one] == [
        "Sample of the survey on feeling safe: whole city: 1,800 (2025)",
        "Sample of the survey on feeling safe: each district: 1,800 (2025)",
    ]


def test_real_facts_of_plzen(county: RegionProfile) -> None:
    town(name="Stříbro", slug="stribro")
    text = (CONTENT / "plzen" / "metrics.toml").read_text(encoding="utf-8")
    load_figures(facts=tomllib.loads(text, parse_float=Decimal), by=None)
    cameras = figure_page("plzen-cameras", Asked())
    assert cameras is not None
    assert cameras.title == "Cameras in the city system of Plzeň: about 300 (2024)"
    systems = figure_page("programme-camera-systems", Asked())
    assert systems is not None
    assert systems.kicker == "Cameras, Stříbro"


def test_twice_is_once(city: RegionProfile) -> None:
    load_figures(facts=krakow(), by=None)
    again = load_figures(facts=krakow(), by=None)
    assert again.changed == 0
    assert ObservationRevision.objects.count() == Observation.objects.count()


def test_a_trial_writes_nothing() -> None:
    loaded = load_figures(facts=facts(), by=None, apply=False)
    assert loaded.counts["observation", "added"] == 1
    assert not Observation.objects.exists()
    assert not Metric.objects.exists()


def test_a_published_value_is_corrected_only_with_a_reason() -> None:
    load_figures(facts=facts(), by=None)
    with pytest.raises(FiguresError, match=r"observation cameras report 2024: Say why"):
        load_figures(facts=facts(value=6), by=None)
    loaded = load_figures(facts=facts(value=6, correction={"en": "A slip."}), by=None)
    assert loaded.counts["observation", "corrected"] == 1
    assert Correction.objects.get().reason == "A slip."


def test_what_stands_beside_is_changed() -> None:
    load_figures(facts=facts(), by=None)
    assert load_figures(facts=facts(quote="five cameras"), by=None).counts["observation", "changed"] == 1
    assert MetricBreak.objects.get().words == "New rules"


def test_areas_are_found_by_their_keys() -> None:
    place = town(slug="stod")
    okrsek = district(town=place, code="7")
    load_figures(facts=facts(town="stod"), by=None)
    load_figures(facts=facts(town="stod", district=7), by=None)
    assert {(one.town, one.district) for one in Observation.objects.all()} == {(place, None), (None, okrsek)}


def test_decisions_are_loaded_once() -> None:
    told = facts()
    told["source"].append({"key": "other", "issuer": "Office", "title": {"en": "Other"}})
    told["observation"].append({"metric": "cameras", "source": "other", "year": 2024, "value": 7})
    decision = {"metric": "cameras", "source": "other", "year": 2024, "reason": "x", "public_note": {"en": "Newer."}}
    for expected in ("added", "left"):
        assert load_figures(facts={**told, "resolution": [decision]}, by=None).counts["resolution", expected] == 1
    assert Resolution.objects.get().public_note == "Newer."
    with pytest.raises(FiguresError, match="no such value"):
        load_figures(facts={"resolution": [{**decision, "year": 1999}]}, by=None)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"town": "nowhere"}, "observation cameras report 2024: Town matching"),
        ({"nonsense": 1}, "observation cameras report 2024: .*nonsense"),
        ({"value": "many"}, "observation cameras report 2024"),
        ({"note": {"de": "x"}}, "languages are"),
    ],
)
def test_mistakes_name_their_entry(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(FiguresError, match=words):
        load_figures(facts=facts(**wrong), by=None)
    assert not Metric.objects.exists()


def test_unknown_sections_are_refused() -> None:
    with pytest.raises(FiguresError, match="numbers"):
        load_figures(facts={"numbers": []}, by=None)


def test_the_command_tries_first_and_writes_when_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "figures.json"
    path.write_text(json.dumps(facts(value=1.5)), encoding="utf-8")
    call_command("load_figures", str(path))
    assert "nothing was written" in capsys.readouterr().out
    assert not Observation.objects.exists()
    call_command("load_figures", str(path), apply=True)
    assert "observation: 1 added" in capsys.readouterr().out
    assert Observation.objects.get().value == Decimal("1.5")
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(CommandError, match="one object"):
        call_command("load_figures", str(path))
