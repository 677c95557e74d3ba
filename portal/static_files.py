"""Static files: Plotly's script out of its installed package, and large files compressed in a bearable time."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import brotli
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

PLOTLY = "plotly/plotly.min.js"
# From so many bytes on the last two per cent of compression are not worth ten seconds of every installation.
LARGE, LARGE_QUALITY = 1_000_000, 9


class PackageStorage(FileSystemStorage):
    """A folder of an installed package, collected under another name."""

    prefix = "plotly"


class PlotlyFinder(BaseFinder):
    """The one file of the package that pages may ask for; nothing else of it is collected."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = PackageStorage(location=settings.PLOTLY_FOLDER)

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:
        """Path of the file when it is the one asked for."""
        if path != PLOTLY:
            return []
        found = self.storage.path(Path(PLOTLY).name)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """The one file."""
        name = Path(PLOTLY).name
        if not matches_patterns(name, list(ignore_patterns or ())):
            yield name, self.storage


class SizedCompressor(Compressor):
    """Brotli at its best for what is loaded at first, quicker for very large files."""

    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        """The compressed bytes."""
        return brotli.compress(data, quality=LARGE_QUALITY if len(data) >= LARGE else 11)


class SiteStaticFiles(CompressedManifestStaticFilesStorage):
    """Files under names that hold their fingerprint, compressed once."""

    def create_compressor(self, **kwargs: Any) -> Compressor:
        """What compresses them."""
        return SizedCompressor(**kwargs)
