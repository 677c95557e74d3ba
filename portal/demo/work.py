"""What every step of loading a region's pages needs at hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from portal.demo.markup import BlockKind, block_html
from portal.demo.records import Language, Page, RegionContent, Rich
from portal.domain.pages import ensure_page, put_page
from portal.models import Topic
from portal.pages.base import SitePage
from region import clock
from region.models import Town, User

Words = dict[str, dict[str, Any]]
Blocks = list[tuple[str, Any]]


@dataclass(slots=True)
class Work:
    """One loading: the content, who loads it, and what stands already."""

    content: RegionContent
    by: User
    today: date
    pages: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    topics: dict[str, Topic] = field(default_factory=dict)
    towns: dict[str, Town] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[Language, ...]:
        """Languages of the region's site."""
        return self.content.profile.languages

    def each(self, **make: Callable[[Language], Any]) -> Words:
        """Fields in each language, every value made by its function of the language."""
        return {code: {name: function(code) for name, function in make.items()} for code in self.languages}

    def outlined(self, page: Page, **make: Callable[[Language], Any]) -> Words:
        """Fields of a page that the outline has put up already, with more of them."""
        slugs = self.pages[page.key]
        return self.each(
            heading=lambda code: page.title[code],
            slug=lambda code: slugs[code].slug,
            lead=lambda code: page.lead[code],
            **make,
        )

    def put(self, kind: type[SitePage], parent: str, words: Words, *, keep: bool = False, **shared: Any) -> None:
        """Create or mend one page in every language below the outline's page ``parent``."""
        source = self.pages[parent][self.content.profile.default_language]
        write = ensure_page if keep else put_page
        fields = {code: {**shared, **own} for code, own in words.items()}
        write(kind=kind, parent=source, words=fields, by=self.by)


def moment(day: date, at: time) -> datetime:
    """That day and time in the region's time zone."""
    return datetime.combine(day, at, tzinfo=clock.zone())


def body_of(text: Rich | None, code: Language) -> Blocks:
    """Blocks of a page's body from the demo's little markup."""
    if text is None:
        return []
    return [
        ("heading", {"text": block.lines[0], "level": "h2"})
        if block.kind is BlockKind.HEADING
        else ("paragraph", block_html(block))
        for block in text.blocks(code)
    ]
