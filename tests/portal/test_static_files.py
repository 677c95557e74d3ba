"""Of Plotly's package one file is served; very large files are compressed in a bearable time."""

from __future__ import annotations

import brotli
from django.contrib.staticfiles import finders

from portal.static_files import LARGE, PLOTLY, PlotlyFinder, SizedCompressor


def test_plotly_is_found_in_its_package() -> None:
    found = finders.find(PLOTLY)
    assert isinstance(found, str)
    assert found.endswith("package_data/plotly.min.js")
    assert finders.find(PLOTLY, find_all=True) == [found]


def test_nothing_else_of_the_package_is_served() -> None:
    assert finders.find("plotly/widgetbundle.js") is None
    assert [name for name, _storage in PlotlyFinder().list([])] == ["plotly.min.js"]
    assert list(PlotlyFinder().list(["*.js"])) == []


def test_large_files_are_compressed_quicker() -> None:
    small, large = b"abc" * 1000, bytes(range(256)) * (LARGE // 256 + 1)
    assert SizedCompressor.compress_brotli(small) == brotli.compress(small, quality=11)
    assert SizedCompressor.compress_brotli(large) == brotli.compress(large, quality=9)
    assert brotli.decompress(SizedCompressor.compress_brotli(large)) == large
