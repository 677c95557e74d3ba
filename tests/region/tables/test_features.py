from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest

from region.messages import Problem
from region.tables.features import feature_rows, is_features


def rows(document: Any) -> list[list[str]]:
    file = BytesIO(json.dumps(document).encode())
    assert is_features(file)
    return [list(cells) for _number, cells in feature_rows(file)]


RECORDS = [{"date": "2024-01-05", "what": "noise"}, {"date": "2024-01-06", "place": {"a": 1}, "solved": True}]
TABLE = [["date", "what", "place", "solved"], ["2024-01-05", "noise", "", ""], ["2024-01-06", "", '{"a": 1}', "true"]]


@pytest.mark.parametrize(
    "document",
    [RECORDS, {"success": True, "result": {"records": RECORDS, "fields": ["x"]}}, {"value": RECORDS}],
    ids=["list", "ckan", "odata"],
)
def test_records_of_plain_json(document: Any) -> None:
    assert rows(document) == TABLE


def test_features_of_an_esri_server() -> None:
    features = [
        {"attributes": {"druh": "hluk", "datum": 1704446700000}, "geometry": {"x": -822000.5, "y": -1070000.0}},
        {"attributes": {"druh": "rvačka", "datum": None}},
    ]
    assert rows({"geometryType": "esriGeometryPoint", "features": features}) == [
        ["druh", "datum", "lon", "lat"],
        ["hluk", "1704446700000", "-822000.5", "-1070000"],
        ["rvačka", "", "", ""],
    ]


def test_json_without_features_or_records() -> None:
    for document in ({"a": 1}, {"one": RECORDS, "other": RECORDS}, [{}, 1]):
        file = BytesIO(json.dumps(document).encode())
        with pytest.raises(Problem):
            list(feature_rows(file))
